import { cache } from 'react'
import type { FlowType } from '#lib/kratos/flows.ts'
import { getFlow } from '#lib/kratos/get-flow.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { displayName } from '#lib/kratos/identity.ts'
import { getCaller } from './request.ts'

/**
 * What the page of a flow asks Kratos for: the flow, and who is signed in where that is no matter of course. Both at once,
 * and once a request: the layout needs the flow as well, for its language.
 *
 * @param id the page's `flow`
 */
export const getFlowData = cache(async (type: FlowType, id: string) => {
  const caller = await getCaller()
  return Promise.all([getFlow(type, id, caller), type === 'settings' ? undefined : signedInName()])

  async function signedInName(): Promise<string | undefined> {
    const result = await getSession(caller)
    return result.kind === 'session' ? displayName(result.session.identity) : undefined
  }
})
