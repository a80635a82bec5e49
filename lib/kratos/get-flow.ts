import 'server-only'
import type { FrontendApi } from '@ory/client'
import { env } from '#lib/env.ts'
import { formAction } from '#lib/kratos/browser-url.ts'
import { askKratos, type Caller } from '#lib/kratos/client.ts'
import type { Flow, FlowType } from '#lib/kratos/flows.ts'
import { isHidden, isInput } from '#lib/kratos/nodes.ts'
import { type FlowResult, fromStoredError, toFlowResult } from '#lib/kratos/results.ts'
import { log } from '#lib/log.ts'
import type { CallOptions, Reply } from '#lib/upstream.ts'

type Getter = (api: FrontendApi, id: string, options: CallOptions) => Promise<Reply>

// Cookies travel in the options, not in the SDK's cookie argument: one way for all calls.
const GETTERS: Record<FlowType, Getter> = {
  login: (api, id, options) => api.getLoginFlow({ id }, options),
  registration: (api, id, options) => api.getRegistrationFlow({ id }, options),
  settings: (api, id, options) => api.getSettingsFlow({ id }, options),
  recovery: (api, id, options) => api.getRecoveryFlow({ id }, options),
  verification: (api, id, options) => api.getVerificationFlow({ id }, options),
}

/** Longer ids are none of Kratos's (36 characters); they are not sent. */
const MAX_ID = 100

/**
 * Fetches a flow of Kratos.
 *
 * @returns the flow, or what to do instead; never throws for anything that Kratos or the network does
 * @see https://www.ory.sh/docs/reference/api#tag/frontend GET /self-service/<type>/flows
 */
export async function getFlow(type: FlowType, id: string, caller: Caller): Promise<FlowResult> {
  if (id.length > MAX_ID) return { kind: 'restart', reason: 'missing' }
  const answer = await askKratos(`get ${type} flow`, caller, (api, options) => GETTERS[type](api, id, options))
  const result = toFlowResult(answer)
  if (result.kind !== 'flow') return result
  const { ui } = result.flow
  // What has passed leads on by a link: its action is that way on, and there is nothing to send.
  const isForm = ui.nodes.some((node) => isInput(node) && !isHidden(node))
  const action = formAction(env(), ui.action) ?? (isForm ? undefined : '')
  if (action !== undefined) return { kind: 'flow', flow: { ...result.flow, ui: { ...ui, action } } as Flow }
  const { origin, pathname } = URL.parse(ui.action) ?? {}
  log().error({ type, origin, pathname, requestId: caller.requestId }, 'The form of a flow does not lead to Kratos')
  return { kind: 'problem', problem: 'foreign-form', status: 502 }
}

/**
 * Fetches an error that Kratos stored for us before it sent the browser to `/error?id=`.
 *
 * @returns what to do or show; `undefined` when Kratos does not know the id (any more)
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/getFlowError
 */
export async function getStoredError(id: string, caller: Caller) {
  if (id.length > MAX_ID) return undefined
  const answer = await askKratos('get flow error', caller, (api, options) => api.getFlowError({ id }, options))
  const body = answer.body as { id?: unknown; error?: object } | undefined
  if (answer.status === 200 && body?.error) {
    return { result: fromStoredError(body as Parameters<typeof fromStoredError>[0]), details: body.error }
  }
  if (answer.status === 404 || answer.status === 403) return undefined
  return { result: toFlowResult(answer) }
}
