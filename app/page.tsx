import { startUrl } from '#lib/kratos/flows.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { getCaller, goTo } from './request.ts'

/** The front door: to the account, or to the login. */
export default async function HomePage() {
  const result = await getSession(await getCaller())
  switch (result.kind) {
    case 'none':
      return goTo('/login')
    case 'aal2':
      return goTo(startUrl('login', { aal: 'aal2' }))
    default:
      return goTo('/welcome')
  }
}
