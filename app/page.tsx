import { startUrl } from '#lib/kratos/flows.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { getCaller, goTo } from './request.ts'

/** The front door: to the account, or to the login. */
export default async function HomePage() {
  const { kind } = await getSession(await getCaller())
  if (kind === 'none') goTo('/login')
  if (kind === 'aal2') goTo(startUrl('login', { aal: 'aal2' }))
  goTo('/welcome')
}
