import { isFormToken } from '#lib/form-token.ts'
import { revokeAccess } from '#lib/hydra/connected.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { readForm } from '../../form.ts'
import { getCaller } from '../../request.ts'
import { sayAt, seeOther } from '../../see-other.ts'
import { signInUrl } from '../../sign-in-url.ts'

/** Somebody who opens the address itself. */
export const GET = () => seeOther('/applications')

/**
 * Takes back the access of an application, or of all: the form of app/applications/page.tsx, with its token, which is
 * bound to this session. Always leads back to that page, which says what came of it: the words `applications.<said>`.
 */
export async function POST(request: Request): Promise<Response> {
  const [caller, form] = [await getCaller(), await readForm(request)]
  const back = (said: 'revoked' | 'revoked-all' | 'refused' | 'failed') => sayAt('/applications', 'applications', said)
  const current = await getSession(caller)
  if (current.kind === 'unavailable') return back('failed')
  if (current.kind !== 'session') return seeOther(signInUrl('/applications', current.kind))
  const { id, identity } = current.session
  const [client, isAll] = [form.get('client') ?? '', form.get('all') === 'true']
  const isOurs = await isFormToken(form.get('token'), 'revoke', id)
  if (!isOurs || !identity || (client === '' && !isAll)) return back('refused')
  const isRevoked = await revokeAccess(identity.id, isAll ? undefined : client, caller.requestId)
  return back(isRevoked ? (isAll ? 'revoked-all' : 'revoked') : 'failed')
}
