import type { OAuth2Client } from '@ory/client'
import { webUrl } from '#lib/hydra/results.ts'
import type { Flow } from '#lib/kratos/flows.ts'

/** The application that somebody is signing in to, as its client metadata has it: anybody's words, shown as text. */
export type Application = {
  name: string
  /** an image on a host that the operator allows */
  logo?: string
  /** http(s) links */
  policy?: string
  terms?: string
}

const MAX_NAME = 100

/**
 * An application by its client metadata, as Hydra has it.
 *
 * @param client the metadata; each field may be anything
 * @param logoHosts hosts (with their port) from which logos may be shown
 * @returns undefined for none, and for one without a name or id
 */
export function toApplication(client: OAuth2Client | undefined, logoHosts: readonly string[]): Application | undefined {
  const name = plain(client?.client_name) || plain(client?.client_id)
  if (!client || !name) return undefined
  const [logo, policy, terms] = [logoOf(client.logo_uri, logoHosts), webUrl(client.policy_uri), webUrl(client.tos_uri)]
  return { name, ...(logo ? { logo } : {}), ...(policy ? { policy } : {}), ...(terms ? { terms } : {}) }
}

/**
 * The languages that the application asks for, by `ui_locales`, the best first.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export function uiLocalesOf(flow: Flow): string[] {
  const request = 'oauth2_login_request' in flow ? flow.oauth2_login_request : undefined
  const locales: unknown = request?.oidc_context?.ui_locales
  return Array.isArray(locales) ? locales.filter((locale) => typeof locale === 'string') : []
}

/** Schemes that are no application's: browsers run, read or show what stands in such URLs. */
const NO_APPLICATION = /^(about|blob|data|file|filesystem|ftp|https?|javascript|vbscript|view-source|wss?):$/

/** So many sources are added at most: a header has its limits, and client metadata is anybody's. */
const MAX_SOURCES = 10

/**
 * The sources that `form-action` needs besides the usual ones, so that the browser may follow the redirect into a native
 * application after the form's POST: schemes of its own, and loopback addresses with whatever port.
 *
 * @param client its metadata
 * @param field where it says to which URIs the browser may be sent
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7
 */
export function nativeFormActions(
  client: OAuth2Client | undefined,
  field: 'redirect_uris' | 'post_logout_redirect_uris' = 'redirect_uris',
): string[] {
  const uris: unknown = client?.[field]
  const sources = (Array.isArray(uris) ? uris : []).flatMap((uri) => {
    const url = URL.parse(String(uri))
    if (!url) return []
    if (!NO_APPLICATION.test(url.protocol)) return [url.protocol]
    const isLoopback = url.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname)
    return isLoopback ? [`http://${url.hostname}:*`] : []
  })
  return [...new Set(sources)].slice(0, MAX_SOURCES)
}

/** The client that asked for a flow, if one did: only logins and registrations can belong to an application. */
export function clientOf(flow: Flow): OAuth2Client | undefined {
  return 'oauth2_login_request' in flow ? flow.oauth2_login_request?.client : undefined
}

/** One line of text that stays within its place: no control characters, none that turns the direction of others. */
export function plain(value: unknown): string {
  if (typeof value !== 'string') return ''
  const text = value.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').trim()
  const letters = [...text]
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME).join('')}…` : text
}

function logoOf(value: unknown, hosts: readonly string[]): string | undefined {
  const url = URL.parse(webUrl(value) ?? '')
  if (!url || !hosts.includes(url.host)) return undefined
  return url.protocol === 'https:' || url.hostname === 'localhost' ? url.href : undefined
}
