/**
 * Our own cookies. None has `csrf` in its name: tests that people bring along delete the first cookie with that word
 * and expect it to be Kratos's.
 */
export const OUR_PREFIX = 'ksui_'

/** Set by the bounce, looked for one redirect later: shows whether the browser keeps cookies at all. */
export const CHECK_COOKIE = `${OUR_PREFIX}check`

/** Sealed: what a restarted flow should say on its first page. */
export const FLASH_COOKIE = `${OUR_PREFIX}flash`

/** The language that somebody chose: no secret, so it is not sealed, and read against the list of languages. */
export const LOCALE_COOKIE = `${OUR_PREFIX}locale`

/** `light` or `dark`, where somebody chose one; no secret either. */
export const THEME_COOKIE = `${OUR_PREFIX}theme`

/** Sealed: who signed in on this device before (lib/known-accounts.ts). */
export const KNOWN_COOKIE = `${OUR_PREFIX}known`
/** Sealed: which browser a consent page was shown to (lib/consent-browser.ts). */
export const CONSENT_COOKIE = `${OUR_PREFIX}consent`

/** Sealed: the latest starts of one flow type (lib/start-note.ts). */
export function startCookie(type: string): string {
  return `${OUR_PREFIX}start_${type}`
}

/** What all our cookies have in common: for us alone, and not along with another site's requests. */
export function cookieOptions(secure: boolean, maxAge: number) {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge } as const
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
  const rest = pairs(header).filter((pair) => !name(pair).startsWith(OUR_PREFIX))
  return rest.length > 0 ? rest.join(';').trim() : undefined
}

/**
 * The value of one of our cookies, off the header. On a page that proxy.ts ran for, Next's `cookies()` writes the header anew
 * and encodes what is in it, after which Kratos no longer knows its own cookies.
 */
export function cookieValue(header: string | null | undefined, wanted: string): string | undefined {
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
  return pairs(header).some((pair) => !name(pair).startsWith(OUR_PREFIX) && !name(pair).startsWith('csrf_token'))
}

/** Whether a Cookie header holds Kratos's CSRF cookie (`csrf_token_<hash>`). */
export function holdsKratosCsrf(header: string | null | undefined): boolean {
  return pairs(header).some((pair) => name(pair).startsWith('csrf_token'))
}
