import { isFormToken } from '#lib/form-token.ts'
import { acceptDevice } from '#lib/hydra/device.ts'
import { readForm } from '../../form.ts'
import { getCaller } from '../../request.ts'
import { sayAt, seeOther } from '../../see-other.ts'

/** Somebody who opens the address itself. */
export const GET = () => seeOther('/device')

/** The code of a device: the form of app/device/page.tsx. Leads on to Hydra, or back to say what is wrong. */
export async function POST(request: Request): Promise<Response> {
  const [caller, form] = [await getCaller(), await readForm(request)]
  const challenge = form.get('challenge')
  if (!challenge) return seeOther('/device')
  // Not the code as well: it must not stand in a URL of ours.
  const back = (said: 'refused' | 'wrong' | 'failed') =>
    sayAt(`/device?${new URLSearchParams({ device_challenge: challenge })}`, 'device', said)

  if (!(await isFormToken(form.get('token'), 'device', challenge))) return back('refused')
  const result = await acceptDevice(challenge, form.get('user_code') ?? '', caller.requestId)
  if (result.kind === 'redirect') return seeOther(result.to)
  if (result.kind === 'over') return sayAt('/device', 'device', 'over')
  return back(result.kind === 'wrong' ? 'wrong' : 'failed')
}
