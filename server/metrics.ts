import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { portError } from '../lib/env.ts'
import type { Observer, Served } from './served.ts'

/** Seconds: a page takes some 10 ms, a Kratos that hashes a password a second. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** So many results of Kratos and Hydra get series of their own: there are some 50. */
const MAX_RESULTS = 200

/**
 * The metrics of this process (docs/operations.md has the table). Every label has a bounded set of values: a route is one of
 * route-of.ts's, a result is an error id or a status.
 *
 * @returns the registry, and what tells it of each request
 */
export function createMetrics(): { registry: Registry; observe: Observer } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })
  const seconds = <Label extends string>(name: string, help: string, label: Label) =>
    new Histogram({ name, help, labelNames: [label], buckets: BUCKETS, registers })
  const requests = counter('ksui_http_requests_total', 'Requests by route and status', 'route', 'status')
  const durationHelp = 'Time until the whole answer was sent, by route'
  const durations = seconds('ksui_http_request_duration_seconds', durationHelp, 'route')
  const upstream = seconds('ksui_upstream_duration_seconds', 'Time that Kratos and Hydra took to answer', 'upstream')
  const errorsHelp = 'Calls without an answer (status 0), and answers 429 and 5xx'
  const errors = counter('ksui_upstream_errors_total', errorsHelp, 'upstream', 'status')
  const resultsHelp = 'Answers of Kratos and Hydra by error id, or by status where there is none'
  const results = counter('ksui_upstream_results_total', resultsHelp, 'upstream', 'result')
  const starts = counter('ksui_flow_starts_total', 'Flows that were started, by type', 'type')
  const stops = counter('ksui_loop_breaks_total', 'Starts that ended on the diagnosis page, by reason', 'reason')
  const known = new Set<string>()
  const bounded = (result: string) => {
    if (known.size < MAX_RESULTS) known.add(result)
    return known.has(result) ? result : 'other'
  }

  const observe = ({ route, status, ms, record }: Served) => {
    requests.inc({ route, status })
    durations.observe({ route }, ms / 1000)
    for (const call of record.calls) {
      upstream.observe({ upstream: call.upstream }, call.ms / 1000)
      results.inc({ upstream: call.upstream, result: bounded(call.errorId ?? String(call.status)) })
      if (call.status === 0 || call.status === 429 || call.status >= 500) {
        errors.inc({ upstream: call.upstream, status: call.status })
      }
    }
    if (record.start) starts.inc({ type: record.start })
    if (record.stop) stops.inc({ reason: record.stop })
  }
  return { registry, observe }
}

/** Serves `/metrics`, and nothing else, on a port of its own, so that it is not on the internet by mistake. */
export function serveMetrics(registry: Registry, port: number, host: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const isMetrics = request.url?.split('?', 1)[0] === '/metrics' && request.method === 'GET'
    if (!isMetrics) return response.writeHead(404).end()
    const body = await registry.metrics()
    response.writeHead(200, { 'Content-Type': registry.contentType }).end(body)
  })
  // The process ends when the UI's own server does.
  server.unref()
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError('METRICS_PORT', port, error)))
    server.listen(port, host, () => resolve(server))
  })
}
