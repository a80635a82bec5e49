import 'server-only'
import type { OAuth2Client } from '@ory/client'
import { askHydra } from '#lib/hydra/client.ts'
import { type HydraResult, toHydraResult } from '#lib/hydra/results.ts'

/** What Hydra tells of a sign-out that was asked for. */
export type LogoutRequest = {
  /** whose session at Hydra is to end: an identity's id; empty when nobody is signed in there */
  subject: string
  /** the application that asks; undefined when somebody opened Hydra's logout URL by hand */
  client: OAuth2Client | undefined
}

/**
 * The sign-out that a challenge is for.
 *
 * @param challenge the `logout_challenge`
 * @param requestId the request that this call serves
 * @see https://www.ory.sh/docs/hydra/reference/api GET /admin/oauth2/auth/requests/logout
 */
export function getLogoutRequest(challenge: string, requestId: string | null): Promise<HydraResult<LogoutRequest>> {
  return ask(challenge, requestId)
}

/** Ends the session at Hydra, once the browser goes where the result says. */
export function acceptLogout(challenge: string, requestId: string | null): Promise<HydraResult<LogoutRequest>> {
  return ask(challenge, requestId, 'accept')
}

/** Tells Hydra that the person stays signed in. It has nothing to say to that, and nothing depends on it. */
export async function rejectLogout(challenge: string, requestId: string | null): Promise<void> {
  await ask(challenge, requestId, 'reject')
}

async function ask(challenge: string, requestId: string | null, answer?: 'accept' | 'reject') {
  const query = new URLSearchParams({ logout_challenge: challenge })
  const path = `/admin/oauth2/auth/requests/logout${answer ? `/${answer}` : ''}?${query}`
  const reply = await askHydra(path, requestId, answer && { method: 'PUT' })
  return toHydraResult(reply ?? { status: 0, body: undefined }, ({ subject, client }) =>
    answer ? undefined : { subject: String(subject ?? ''), client: (client as OAuth2Client | null) ?? undefined },
  )
}
