import 'server-only'
import { headers } from 'next/headers'
import { hasHydra } from '#lib/hydra/client.ts'
import { clientOf, uiLocalesOf } from '#lib/kratos/application.ts'
import { ownTarget, REQUEST_TARGET, targetUrl } from '#lib/request-target.ts'
import { getConsent } from './consent-data.ts'
import { getFlowData } from './flow-data.ts'

/** Path and query of this page, as the entry tells them; `/` on hosts without the entry. */
export async function getTarget(): Promise<string> {
  return ownTarget((await headers()).get(REQUEST_TARGET))
}

/** For whom a page is, besides the person: an OAuth2 client, the languages that it asks for, an organization. */
export type Asker = { client?: string | undefined; organization?: string; uiLocales?: readonly string[] }

/**
 * Who asked for a page: of a login, a registration or a consent. Flow and request are asked for once a request, so this costs
 * such a page nothing.
 *
 * @param target path and query of the page; of the language menu, what it goes back to counts
 */
export async function getAsker(target: string): Promise<Asker> {
  const { pathname, searchParams } = targetUrl(target)
  const [flow, challenge] = [searchParams.get('flow'), searchParams.get('consent_challenge')]
  if (pathname === '/preferences') return getAsker(ownTarget(searchParams.get('back')))
  if (pathname === '/consent' && challenge && hasHydra()) return askerOfConsent(challenge)
  return flow && (pathname === '/login' || pathname === '/registration')
    ? askerOfFlow(pathname === '/login' ? 'login' : 'registration', flow)
    : {}
}

async function askerOfConsent(challenge: string): Promise<Asker> {
  const result = await getConsent(challenge)
  if (result.kind !== 'request') return {}
  const { client, uiLocales } = result.request
  return { client: client.client_id, uiLocales }
}

async function askerOfFlow(type: 'login' | 'registration', id: string): Promise<Asker> {
  const [result] = await getFlowData(type, id)
  if (result.kind !== 'flow') return {}
  const { flow } = result
  const organization = 'organization_id' in flow ? flow.organization_id : undefined
  return { client: clientOf(flow)?.client_id, ...(organization ? { organization } : {}), uiLocales: uiLocalesOf(flow) }
}
