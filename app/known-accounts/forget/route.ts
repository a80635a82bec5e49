import { ourCookie } from '#lib/cookies.ts'
import { KNOWN_TTL, sealKnown, withoutKnown } from '#lib/known-accounts.ts'
import { readForm } from '../../form.ts'
import { getKnownAccounts } from '../../request.ts'
import { seeOther } from '../../see-other.ts'

const PAGE = '/known-accounts'

/** Somebody who opens the address itself. */
export const GET = () => seeOther(PAGE)

/**
 * Forgets an account on this device, or all. It acts on nobody's account, so it asks for no token; but what a browser says
 * comes from another site changes nothing (docs/decisions/0031).
 */
export async function POST(request: Request): Promise<Response> {
  const [form, known] = [await readForm(request), await getKnownAccounts()]
  const response = seeOther(PAGE)
  if (form.size === 0) return response
  const left = form.has('all') ? [] : withoutKnown(known, form.get('account') ?? '')
  response.cookies.set(ourCookie('known', left.length > 0 ? await sealKnown(left) : '', KNOWN_TTL))
  return response
}
