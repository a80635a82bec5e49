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
  const answer = await askKratos('whoami', caller, (api, options) => api.toSession({}, options))
  const body = answer.body as { id?: unknown; identity?: unknown; error?: { id?: string } } | undefined
  if (answer.status === 200 && typeof body === 'object' && typeof body?.id === 'string') {
    return { kind: 'session', session: body as Session }
  }
  if (answer.status === 403 && body?.error?.id === 'session_aal2_required') {
    // Kratos's own redirect_browser_to knows no way back: the page starts the step-up itself.
    return { kind: 'aal2' }
  }
  return answer.status === 401 ? { kind: 'none' } : { kind: 'unavailable' }
}

/**
 * The other sessions of the signed-in person, newest first; Kratos leaves out the current one.
 *
 * @returns undefined when Kratos does not say
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/listMySessions
 */
export async function getOtherSessions(caller: Caller): Promise<Session[] | undefined> {
  if (!mayHoldSession(caller.cookie)) return undefined
  const answer = await askKratos('list sessions', caller, (api, options) =>
    api.listMySessions({ perPage: 50 }, options),
  )
  return answer.status === 200 && Array.isArray(answer.body) ? (answer.body as Session[]) : undefined
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
  const answer = await askKratos('start logout', caller, (api, options) =>
    api.createBrowserLogoutFlow(returnTo ? { returnTo } : {}, options),
  )
  const url = (answer.body as { logout_url?: unknown } | undefined)?.logout_url
  if (answer.status === 200 && typeof url === 'string') return { kind: 'url', url }
  if (answer.status === 401) return { kind: 'none' }
  return { kind: answer.status === 400 ? 'refused' : 'unavailable' }
}
