import { isFormToken } from '#lib/form-token.ts'
import { askLogout } from '#lib/hydra/logout.ts'
import { logoutTokenOf, planLogout } from '#lib/hydra/logout-plan.ts'
import { endOwnSession, getSession } from '#lib/kratos/get-session.ts'
import { readForm } from '../../form.ts'
import { getCaller } from '../../request.ts'
import { sayAt, seeOther } from '../../see-other.ts'

/** Somebody who opens the address itself. */
export const GET = () => seeOther('/logout')

/**
 * The answer to a sign-out that an application asked for: the form of app/logout/oauth2-logout.tsx. The session at Kratos
 * ends first, so that whatever fails can be tried again from the page, and then the browser goes where Hydra says.
 */
export async function POST(request: Request): Promise<Response> {
  const [caller, form] = [await getCaller(), await readForm(request)]
  const challenge = form.get('challenge')
  if (!challenge) return seeOther('/logout')
  const back = (said: 'refused' | 'failed') =>
    sayAt(`/logout?${new URLSearchParams({ logout_challenge: challenge })}`, 'logout', said)

  const session = await getSession(caller)
  if (session.kind === 'unavailable') return back('failed')
  if (!(await isFormToken(form.get('token'), 'logout', logoutTokenOf(challenge, session)))) return back('refused')
  if (form.get('answer') !== 'yes') {
    await askLogout(challenge, caller.requestId, 'reject')
    return seeOther('/')
  }
  const result = await askLogout(challenge, caller.requestId)
  // What else it can be, the page says.
  if (result.kind !== 'request') return back('failed')
  if (planLogout(result.request, session).session === 'end' && !(await endOwnSession(caller))) return back('failed')
  const accepted = await askLogout(challenge, caller.requestId, 'accept')
  return accepted.kind === 'redirect' ? seeOther(accepted.to) : back('failed')
}
