import type { IncomingMessage } from 'node:http'
import type { Session } from '@ory/client'
import { cookieValue, ourCookie } from '#lib/cookies.ts'
import type { Env } from '#lib/env.ts'
import { KNOWN_TTL, knownAccount, openKnown, sealKnown, withKnown } from '#lib/known-accounts.ts'

/** A sign-in does not wait longer for this, in ms. */
const TIMEOUT = 1_000

/** Kratos's other cookies: against forged requests, and for what is kept on the way to a provider. */
const NO_SESSION = /^csrf_token|continuity/

/**
 * What an answer of Kratos's that signs somebody in adds to the cookies of the browser: this account among those that are
 * known here. Asks Kratos who that is, with the session that it has just given.
 *
 * @param environment where Kratos is, and whether cookies are secure
 * @param setCookies the Set-Cookie headers of Kratos's answer
 * @returns a Set-Cookie header; undefined when nobody was signed in, or Kratos does not say who
 */
export async function rememberAccount(
  environment: Pick<Env, 'KRATOS_PUBLIC_URL' | 'secureCookies'>,
  request: IncomingMessage,
  setCookies: readonly string[],
): Promise<string | undefined> {
  const cookie = sessionOf(setCookies)
  if (!cookie) return undefined
  try {
    const answer = await fetch(`${environment.KRATOS_PUBLIC_URL.replace(/\/$/, '')}/sessions/whoami`, {
      headers: { Accept: 'application/json', Connection: 'close', Cookie: cookie },
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const account = answer.ok ? knownAccount((await answer.json()) as Session) : undefined
    if (!account) return undefined
    const known = await openKnown(cookieValue(request.headers.cookie, 'known', environment))
    const sealed = await sealKnown(withKnown(known, account))
    const { name, value, path, maxAge, secure } = ourCookie('known', sealed, KNOWN_TTL, environment)
    return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  } catch {
    // Whoever signs in must not suffer for this.
    return undefined
  }
}

/** What the browser will send from now on, if that holds a session. */
function sessionOf(setCookies: readonly string[]): string | undefined {
  const pairs = setCookies
    .map((header) => header.split(';', 1)[0] ?? '')
    // A cookie that is taken away has no value.
    .filter((pair) => !NO_SESSION.test(pair) && /=./.test(pair))
  return pairs.length > 0 ? pairs.join('; ') : undefined
}
