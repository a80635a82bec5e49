import { log } from '../lib/log.ts'
import type { Observer, Served } from './served.ts'

/** How often spans are sent, in ms, and how many wait at most: more are dropped, so that a slow collector costs no memory. */
const PACE = 1_000
const MAX_WAITING = 5_000
const TIMEOUT = 5_000

type Options = { endpoint: string; headers: Readonly<Record<string, string>>; service: string }

/**
 * Sends a span for each request and one for each call to Kratos and Hydra, by OTLP over HTTP, as JSON (docs/decisions/0044).
 *
 * @param options where to, with which headers, and the name of this service
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function createTraces({ endpoint, headers, service }: Options): Observer {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const resource = { attributes: attributes({ 'service.name': service }) }
  const scope = { name: 'kratos-selfservice-ui-next' }
  let waiting: object[] = []
  let failing = false

  async function flush(): Promise<void> {
    if (waiting.length === 0) return
    const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans: waiting }] }] })
    waiting = []
    const options = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body }
    const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT) }).catch(() => undefined)
    await answer?.body?.cancel()
    // Once, not once a second.
    if (!answer?.ok && !failing) log().warn({ status: answer?.status }, 'the collector does not take traces')
    failing = !answer?.ok
  }
  setInterval(flush, PACE).unref()

  return (served) => {
    if (!served.record.trace?.sampled) return
    waiting.push(...spansOf(served).slice(0, MAX_WAITING - waiting.length))
  }
}

const [SERVER, CLIENT, FAILED] = [2, 3, 2]

/** The spans of a request: its own, and one a call. No URL, no query, nothing of a person. */
function spansOf({ method, route, status, startedAt, ms, requestId, record }: Served): object[] {
  const { trace, calls } = record
  if (!trace) return []
  const { traceId, spanId, parentId } = trace
  const own = {
    traceId,
    spanId,
    ...(parentId ? { parentSpanId: parentId } : {}),
    name: `${method} ${route}`,
    kind: SERVER,
    ...times(startedAt, ms),
    attributes: attributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'request.id': requestId,
    }),
    ...(status >= 500 ? { status: { code: FAILED } } : {}),
  }
  return [
    own,
    ...calls.map((call) => ({
      traceId,
      spanId: call.spanId,
      parentSpanId: spanId,
      name: `${call.upstream}: ${call.name}`,
      kind: CLIENT,
      ...times(call.startedAt, call.ms),
      attributes: attributes({
        'peer.service': call.upstream,
        'http.response.status_code': call.status,
        'error.type': call.errorId,
      }),
      ...(call.status === 0 || call.status >= 500 ? { status: { code: FAILED } } : {}),
    })),
  ]
}

/** In ns, as text: they are larger than what a number holds exactly. */
function times(startedAt: number, ms: number) {
  const nanoseconds = (time: number) => `${Math.round(time * 1_000)}000`
  return { startTimeUnixNano: nanoseconds(startedAt), endTimeUnixNano: nanoseconds(startedAt + ms) }
}

function attributes(values: Readonly<Record<string, string | number | undefined>>) {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return []
    return [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }]
  })
}
