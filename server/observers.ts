import type { Env } from '../lib/env.ts'
import { logRequest } from './request-log.ts'
import type { Observer } from './served.ts'

/** What is told of each request: the log, and what the environment turns on. What is off is not even loaded. */
export async function createObservers(environment: Env): Promise<Observer[]> {
  const { METRICS_PORT: port, METRICS_HOST: host, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = environment
  const observers: Observer[] = [logRequest]
  if (port !== undefined) {
    const { createMetrics, serveMetrics } = await import('./metrics.ts')
    const { registry, observe } = createMetrics()
    await serveMetrics(registry, port, host)
    observers.push(observe)
  }
  if (endpoint) {
    const { OTEL_EXPORTER_OTLP_HEADERS: headers, OTEL_SERVICE_NAME: service } = environment
    observers.push((await import('./traces.ts')).createTraces({ endpoint, headers, service }))
  }
  return observers
}
