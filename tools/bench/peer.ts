import { holderOf } from '../port.ts'
import { NAVIGATION, type Target, type Visitor } from './targets.ts'

/**
 * The login page of another UI, which runs already and uses the Kratos of the bench (http://127.0.0.1:4603).
 *
 * @param url its origin
 * @throws Error when it does not show the flow
 */
export async function makePeer(url: string, { login, cookies }: Visitor): Promise<Target> {
  const page = new URL(`/login?flow=${login}`, url)
  const headers = { ...NAVIGATION, cookie: cookies.anonymous }
  const answer = await fetch(page, { redirect: 'manual', headers })
  await answer.arrayBuffer()
  if (answer.status !== 200)
    throw new Error(`PEER_URL: ${page.origin}/login?flow=… answered ${answer.status}, expected 200`)
  // Its CPU is known where it runs on this machine, in a process that may be looked at.
  const pid = holderOf(Number(page.port || 80))
  return { name: `login page of ${page.host}`, url: page.href, headers, status: 200, pid }
}
