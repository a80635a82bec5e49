import type { OAuth2Client, OAuth2ConsentSession } from '@ory/client'
import { type Application, plain, toApplication } from '#lib/kratos/application.ts'

/** An application that somebody has given access to. */
export type Connected = {
  /** the id of the client */
  client: string
  application: Application
  /** all that was granted to it, each once */
  scopes: string[]
  /** the first and the latest consent, as points in time */
  since: string | undefined
  latest: string | undefined
  /** until when it need not ask again; `always`, or `never` when each sign-in asks */
  remembered: string | 'always' | 'never'
}

/**
 * Sums up consents by application, the latest first. Hydra has one for each time that somebody consented.
 *
 * @param consents as Hydra lists them: any of their fields may be missing or strange
 */
export function toConnected(consents: readonly unknown[]): Connected[] {
  const all = consents.map((one) => (one ?? {}) as OAuth2ConsentSession)
  // So the applications come in this order, too.
  all.sort((a, b) => (b.handled_at ?? '').localeCompare(a.handled_at ?? ''))
  const byClient = Map.groupBy(all, (consent) => clientOf(consent)?.client_id)
  return [...byClient].flatMap(([client, own]) => (client ? [sumUp(client, own)] : []))
}

/** @param all the consents for one client, the latest first; at least one */
function sumUp(client: string, all: readonly OAuth2ConsentSession[]): Connected {
  const scopes = all.flatMap(({ grant_scope }) => (Array.isArray(grant_scope) ? grant_scope.map(plain) : []))
  const newest = all[0] ? clientOf(all[0]) : undefined
  return {
    client,
    application: toApplication(newest, []) ?? { name: client },
    scopes: [...new Set(scopes.filter(Boolean))],
    since: all.at(-1)?.handled_at,
    latest: all[0]?.handled_at,
    remembered: rememberedUntil(all),
  }
}

function rememberedUntil(all: readonly OAuth2ConsentSession[]): Connected['remembered'] {
  const ends = all
    .filter(({ remember }) => remember)
    .map(({ remember_for: seconds, handled_at: at }) =>
      seconds ? Date.parse(at ?? '') + seconds * 1000 : Number.POSITIVE_INFINITY,
    )
    .filter((end) => !Number.isNaN(end))
  if (ends.length === 0) return 'never'
  const last = Math.max(...ends)
  return last === Number.POSITIVE_INFINITY ? 'always' : new Date(last).toISOString()
}

function clientOf(consent: OAuth2ConsentSession): OAuth2Client | undefined {
  return consent.consent_request?.client
}
