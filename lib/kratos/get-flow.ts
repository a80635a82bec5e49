import 'server-only'
import { askKratos, type Caller } from '#lib/kratos/client.ts'
import type { FlowType } from '#lib/kratos/flows.ts'
import { type FlowResult, fromStoredError, toFlowResult } from '#lib/kratos/results.ts'

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
  const path = `/self-service/${type}/flows?${new URLSearchParams({ id })}`
  return toFlowResult(await askKratos(`get ${type} flow`, caller, path))
}

/**
 * Fetches an error that Kratos stored for us before it sent the browser to `/error?id=`.
 *
 * @returns what to do or show; `undefined` when Kratos does not know the id (any more)
 * @see https://www.ory.sh/docs/reference/api#tag/frontend/operation/getFlowError
 */
export async function getStoredError(
  id: string,
  caller: Caller,
): Promise<{ result: FlowResult; details?: unknown } | undefined> {
  if (id.length > MAX_ID) return undefined
  const path = `/self-service/errors?${new URLSearchParams({ id })}`
  const answer = await askKratos('get flow error', caller, path)
  const body = answer.body as { id?: unknown; error?: object } | undefined
  if (answer.status === 200 && body?.error) {
    return { result: fromStoredError(body as Parameters<typeof fromStoredError>[0]), details: body.error }
  }
  if (answer.status === 404 || answer.status === 403) return undefined
  return { result: toFlowResult(answer) }
}
