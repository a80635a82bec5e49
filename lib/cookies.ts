import { BASE } from '#lib/base-path.ts'
import { type Env, env } from '#lib/env.ts'
import type { FlowType } from '#lib/kratos/flows.ts'

/**
 * Our own cookies. None has `csrf` in its name: tests that people bring along delete the first cookie with that word
 * and expect it to be Kratos's.
 */
export type OurCookie =
  /** set by the bounce, looked for one redirect later: shows whether the browser keeps cookies at all */
  | 'check'
  /** sealed: what a restarted flow should say on its first page */
  | 'flash'
  /** the language that somebody chose: no secret, so it is not sealed, and read against the list of languages */
  | 'locale'
  /** `light` or `dark`, where somebody chose one; no secret either */
  | 'theme'
  /** sealed: who signed in on this device before (lib/known-accounts.ts) */
  | 'known'
  /** sealed: which browser a consent page was shown to (lib/consent-browser.ts) */
  | 'consent'
  /** sealed: the latest starts of one flow type (lib/start-note.ts) */
  | `start_${FlowType}`

/** What the name of each of them contains. */
export const OUR_PREFIX = 'ksui_'

type Place = Pick<Env, 'secureCookies'>
const PATH = `${BASE}/`
const OURS = new RegExp(`^(__Host-|__Secure-)?${OUR_PREFIX}`)

/**
 * The name of a cookie of ours, as the browser has it. On https its prefix makes the browser refuse one that a neighbour on
 * the same domain, or somebody on http, wants to slip in.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-cookie-name-prefixes
 */
export function cookieName(cookie: OurCookie, { secureCookies }: Place = env()): string {
  const prefix = secureCookies ? (PATH === '/' ? '__Host-' : '__Secure-') : ''
  return `${prefix}${OUR_PREFIX}${cookie}`
}

/**
 * A cookie of ours to be set: for us alone, and not along with another site's requests.
 *
 * @param value an empty one takes it away
 * @param maxAge in seconds
 */
export function ourCookie(cookie: OurCookie, value: string, maxAge: number, place: Place = env()) {
  const name = cookieName(cookie, place)
  const age = value === '' ? 0 : maxAge
  return { name, value, httpOnly: true, sameSite: 'lax', secure: place.secureCookies, path: PATH, maxAge: age } as const
}

const name = (pair: string): string => pair.trim().split('=', 1)[0] ?? ''

function pairs(header: string | null | undefined): string[] {
  return header ? header.split(';').filter((pair) => pair.trim() !== '') : []
}

/**
 * A Cookie header without our own cookies, for Kratos.
 *
 * @returns the rest, each pair byte for byte; undefined when nothing is left
 */
export function withoutOurs(header: string | null | undefined): string | undefined {
  const rest = pairs(header).filter((pair) => !OURS.test(name(pair)))
  return rest.length > 0 ? rest.join(';').trim() : undefined
}

/**
 * The value of one of our cookies, off the header. On a page that proxy.ts ran for, Next's `cookies()` writes the header anew
 * and encodes what is in it, after which Kratos no longer knows its own cookies.
 */
export function cookieValue(header: string | null | undefined, cookie: OurCookie, place: Place = env()) {
  const wanted = cookieName(cookie, place)
  return pairs(header)
    .find((pair) => name(pair) === wanted)
    ?.trim()
    .slice(wanted.length + 1)
}

/**
 * Whether a Cookie header may hold a Kratos session: anything beyond our cookies and Kratos's CSRF token. The session
 * cookie's name is configurable in Kratos, so it cannot be looked for by name.
 */
export function mayHoldSession(header: string | null | undefined): boolean {
  return pairs(header).some((pair) => !OURS.test(name(pair)) && !name(pair).startsWith('csrf_token'))
}

/** Whether a Cookie header holds Kratos's CSRF cookie (`csrf_token_<hash>`). */
export function holdsKratosCsrf(header: string | null | undefined): boolean {
  return pairs(header).some((pair) => name(pair).startsWith('csrf_token'))
}
