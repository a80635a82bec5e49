import 'server-only'
import { headers } from 'next/headers'
import type { Flow } from '#lib/kratos/flows.ts'
import { ownTarget, REQUEST_TARGET, targetUrl } from '#lib/request-target.ts'
import { getFlowData } from './flow-data.ts'

/** Path and query of this page, as the entry tells them; `/` on hosts without the entry. */
export async function getTarget(): Promise<string> {
  return ownTarget((await headers()).get(REQUEST_TARGET))
}

/**
 * The login or registration that a page shows: what may be for an application or an organization. The flow is asked for once
 * a request, so this costs such a page nothing.
 *
 * @param target path and query of the page; of the language menu, what it goes back to counts
 */
export async function getTargetFlow(target: string): Promise<Flow | undefined> {
  const { pathname, searchParams } = targetUrl(target)
  if (pathname === '/preferences') return getTargetFlow(ownTarget(searchParams.get('back')))
  const type = pathname.slice(1)
  const id = searchParams.get('flow')
  if (!id || (type !== 'login' && type !== 'registration')) return undefined
  const [result] = await getFlowData(type, id)
  return result.kind === 'flow' ? result.flow : undefined
}
