import 'server-only'
import type { OAuth2Client } from '@ory/client'
import { askAbout } from '#lib/hydra/client.ts'
import { toHydraResult } from '#lib/hydra/results.ts'

/** What Hydra tells of a sign-out that was asked for. */
export type LogoutRequest = {
  /** whose session at Hydra is to end: an identity's id; empty when nobody is signed in there */
  subject: string
  /** the application that asks; undefined when somebody opened Hydra's logout URL by hand */
  client: OAuth2Client | undefined
}

/**
 * The sign-out that a challenge is for, or what an answer to it comes to. `accept` ends the session at Hydra, once the browser
 * goes where the result says. With `reject` the person stays signed in; Hydra has nothing to say to that.
 */
export async function askLogout(challenge: string, requestId: string | null, answer?: 'accept' | 'reject') {
  const reply = await askAbout('logout', challenge, requestId, answer)
  return toHydraResult<LogoutRequest>(reply, ({ subject, client }) =>
    answer ? undefined : { subject: String(subject ?? ''), client: (client as OAuth2Client | null) ?? undefined },
  )
}
