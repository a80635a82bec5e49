import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FlowType } from '#lib/kratos/flows.ts'
import { secondsOf } from '#lib/kratos/results.ts'
import { currentResponse } from '#lib/page-status.ts'
import type { Decision } from '#lib/start-note.ts'

/** A call to Kratos or Hydra that has ended. */
type UpstreamCall = {
  upstream: 'kratos' | 'hydra'
  /** what was asked for: one of a few names, never with an id or a query */
  name: string
  /** ms since the epoch */
  startedAt: number
  ms: number
  /** 0: no answer */
  status: number
  errorId?: string
  /** of a 429, in seconds; 0: it does not say */
  retryAfter?: number
  spanId?: string | undefined
}

/** Where a request stands among the spans of a trace (W3C Trace Context). */
export type Trace = { traceId: string; spanId: string; parentId?: string; sampled: boolean }

/** What is noted of a request while it is served. The log line, the metrics and the spans are made of it (server/). */
export type RequestRecord = {
  calls: UpstreamCall[]
  /** ms during which at least one call was under way */
  upstreamMs: number
  /** the flow that was started */
  start?: FlowType
  /** why a start was stopped */
  stop?: Extract<Decision, { kind: 'diagnosis' }>['why']
  /** undefined: nothing is traced */
  trace?: Trace
  open: number
  openSince: number
}

// On the response, which the entry and Next's bundles share, though each has a copy of this module.
const KEY = Symbol.for('kratos-selfservice-ui-next.record')

/** The record of the request that this response answers. */
export function recordOf(response: ServerResponse & { [KEY]?: RequestRecord }): RequestRecord {
  response[KEY] ??= { calls: [], upstreamMs: 0, open: 0, openSince: 0 }
  return response[KEY]
}

/** Notes something of the request that is being served. Without the entry there is no record, and nothing happens. */
export function note(values: Pick<RequestRecord, 'start' | 'stop'>): void {
  const response = currentResponse()
  if (response) Object.assign(recordOf(response), values)
}

/** How long Kratos or Hydra wants to be left alone, in seconds: 0 when it does not say, undefined when neither wants that. */
export function askedToWait(): number | undefined {
  const response = currentResponse()
  return response && recordOf(response).calls.find(({ status }) => status === 429)?.retryAfter
}

/**
 * Notes a call to Kratos or Hydra.
 *
 * @param upstream who is asked
 * @param name for what
 * @param response of the request that the call serves
 * @returns the headers that carry the trace on, and a function for its end: the status, the body if it was read, and Retry-After;
 *   only its first call counts
 */
export function startCall(upstream: UpstreamCall['upstream'], name: string, response = currentResponse()) {
  const record = response && recordOf(response)
  if (!record) return { headers: {}, end() {} }
  const { trace } = record
  const [startedAt, from] = [Date.now(), performance.now()]
  const spanId = trace && randomBytes(8).toString('hex')
  if (record.open++ === 0) record.openSince = from
  let ended = false
  return {
    headers: trace ? { traceparent: `00-${trace.traceId}-${spanId}-0${trace.sampled ? 1 : 0}` } : {},
    end(status: number, body?: unknown, retryAfter?: string | null) {
      if (ended) return
      ended = true
      const now = performance.now()
      if (--record.open === 0) record.upstreamMs += now - record.openSince
      const wait = status === 429 ? { retryAfter: secondsOf(retryAfter) } : {}
      record.calls.push({ upstream, name, startedAt, ms: now - from, status, ...errorIdOf(body), ...wait, spanId })
    },
  }
}

/** Kratos has `{error: {id}}`, Hydra `{error}`; both are fixed words, and nothing else gets into the log. */
function errorIdOf(body: unknown): { errorId?: string } {
  const error = (body as { error?: unknown } | null | undefined)?.error
  const id = typeof error === 'string' ? error : (error as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' && /^[a-z][a-z0-9_]{1,63}$/.test(id) ? { errorId: id } : {}
}
