import { isFormToken } from '#lib/form-token.ts'
import { endSession, getSession } from '#lib/kratos/get-session.ts'
import { readForm } from '../form.ts'
import { getCaller } from '../request.ts'
import { sayAt, seeOther } from '../see-other.ts'
import { signInUrl } from '../sign-in-url.ts'

/** What is said on the sessions page afterwards: the words `sessions.<said>`. */
type Said = 'ended' | 'ended-others' | 'gone' | 'refused' | 'failed'

// Not below /sessions: what stands there is Kratos's (server/pass-through.ts).

/** Somebody who opens the address itself. */
export const GET = () => seeOther('/sessions')

/**
 * Ends another session, or all others: the form of app/sessions/page.tsx, with its token, which is bound to this session.
 * Always leads back to that page, which says what came of it.
 */
export async function POST(request: Request): Promise<Response> {
  const [caller, form] = [await getCaller(), await readForm(request)]
  const current = await getSession(caller)
  if (current.kind === 'unavailable') return back(form, 'failed')
  if (current.kind !== 'session') return seeOther(signInUrl('/sessions', current.kind))
  if (!(await isFormToken(form.get('token'), 'end-session', current.session.id))) return back(form, 'refused')
  const id = form.get('session') ?? ''
  const ending = await endSession(id, caller)
  if (ending === 'none' || ending === 'aal2') return seeOther(signInUrl('/sessions', ending))
  if (ending === 'ended') return back(form, id === 'others' ? 'ended-others' : 'ended')
  return back(form, ending === 'gone' ? 'gone' : 'failed')
}

function back(form: URLSearchParams, said: Said): Promise<Response> {
  const page = form.get('page') ?? ''
  return sayAt(/^\d{1,4}$/.test(page) ? `/sessions?page=${page}` : '/sessions', 'sessions', said)
}
