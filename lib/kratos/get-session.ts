import 'server-only'
import type { Session } from '@ory/client'
import { mayHoldSession } from '#lib/cookies.ts'
import { askKratos, type Caller } from '#lib/kratos/client.ts'

/** What Kratos says of the person at the browser. An outage and a missing second factor are not "signed out". */
export type SessionResult =
  | { kind: 'session'; session: Session }
  | { kind: 'none' }
  | { kind: 'aal2' }
  | { kind: 'unavailable' }

/**
 * Asks Kratos who is signed in. Without a cookie that could be a session nothing is asked.
 *
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/toSession
 */
export async function getSession(caller: Caller): Promise<SessionResult> {
  if (!mayHoldSession(caller.cookie)) return { kind: 'none' }
  const answer = await askKratos('whoami', caller, '/sessions/whoami')
  const body = answer.body as { id?: unknown; identity?: unknown } | undefined
  if (answer.status === 200 && typeof body === 'object' && typeof body?.id === 'string') {
    return { kind: 'session', session: body as Session }
  }
  if (answer.status === 403 && isAal2(body)) {
    // Kratos's own redirect_browser_to knows no way back: the page starts the step-up itself.
    return { kind: 'aal2' }
  }
  return answer.status === 401 ? { kind: 'none' } : { kind: 'unavailable' }
}

/** How many of the other sessions stand on a page. */
const PER_PAGE = 20

/** A page of the other sessions of the signed-in person, and how many pages there are. */
export type OtherSessions = { sessions: Session[]; page: number; pages: number }

/**
 * The other sessions of the signed-in person, the latest sign-in first; Kratos leaves out the current one.
 *
 * @param page from 1
 * @returns undefined when Kratos does not say
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/listMySessions
 */
export async function getOtherSessions(page: number, caller: Caller): Promise<OtherSessions | undefined> {
  if (!mayHoldSession(caller.cookie)) return undefined
  const answer = await askKratos('list sessions', caller, `/sessions?per_page=${PER_PAGE}&page=${page}`)
  if (answer.status !== 200 || !Array.isArray(answer.body)) return undefined
  const pages = Math.max(1, Math.ceil(Number(answer.total ?? 0) / PER_PAGE))
  return { sessions: answer.body as Session[], page, pages }
}

/** What came of ending a session: `gone` means that there was none to end. */
export type Ending = 'ended' | 'gone' | 'none' | 'aal2' | 'unavailable'

/**
 * Ends another session of the signed-in person, or all others.
 *
 * @param id the session's id, or `others`
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/disableMySession
 */
export async function endSession(id: string, caller: Caller): Promise<Ending> {
  const path = id === 'others' ? '/sessions' : `/sessions/${encodeURIComponent(id)}`
  const { status, body } = await askKratos('end session', caller, path, { method: 'DELETE' })
  if (status === 200 || status === 204) return 'ended'
  if (status === 401) return 'none'
  if (status === 403 && isAal2(body)) return 'aal2'
  return status >= 400 && status < 500 && status !== 429 ? 'gone' : 'unavailable'
}

/**
 * Where the browser signs out, with Kratos's logout token in the query.
 *
 * @param returnTo where Kratos sends the browser afterwards; Kratos checks it against its allow-list
 * @returns the URL, `none` when nobody is signed in, `unavailable` when Kratos does not say, `refused` for return_to
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/createBrowserLogoutFlow
 */
export async function getLogoutUrl(
  returnTo: string | undefined,
  caller: Caller,
): Promise<{ kind: 'url'; url: string } | { kind: 'none' | 'refused' | 'unavailable' }> {
  if (!mayHoldSession(caller.cookie)) return { kind: 'none' }
  const query = returnTo ? `?${new URLSearchParams({ return_to: returnTo })}` : ''
  const answer = await askKratos('start logout', caller, `/self-service/logout/browser${query}`)
  const url = (answer.body as { logout_url?: unknown } | undefined)?.logout_url
  if (answer.status === 200 && typeof url === 'string') return { kind: 'url', url }
  if (answer.status === 401) return { kind: 'none' }
  return { kind: answer.status === 400 ? 'refused' : 'unavailable' }
}

/**
 * Ends the session of the browser without sending it to Kratos: for a sign-out that goes on at Hydra, to where Kratos need
 * not lead (docs/decisions/0029). The cookie stays, and is worth nothing.
 *
 * @returns whether there is no session any more
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/updateLogoutFlow
 */
export async function endOwnSession(caller: Caller): Promise<boolean> {
  const logout = await getLogoutUrl(undefined, caller)
  if (logout.kind !== 'url') return logout.kind === 'none'
  const token = URL.parse(logout.url, 'http://relative.invalid')?.searchParams.get('token') ?? ''
  const { status } = await askKratos('logout', caller, `/self-service/logout?${new URLSearchParams({ token })}`)
  return status === 204 || status === 401
}

function isAal2(body: unknown): boolean {
  return (body as { error?: { id?: string } } | undefined)?.error?.id === 'session_aal2_required'
}
