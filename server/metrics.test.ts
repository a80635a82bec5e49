import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parseEnv } from '../lib/env.ts'
import { note, startCall } from '../lib/request-record.ts'
import { send, serve } from '../tools/http/loopback.ts'
import { createHandler } from './handler.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import type { Served } from './served.ts'

const served = (values: Partial<Served> = {}): Served => ({
  requestId: 'request-1',
  method: 'GET',
  route: '/login',
  status: 200,
  startedAt: 0,
  ms: 20,
  aborted: false,
  record: { calls: [], upstreamMs: 0, open: 0, openSince: 0 },
  ...values,
})

const call = { upstream: 'kratos', name: 'x', startedAt: 0, ms: 10 } as const

/** The lines of a metric, without those of its buckets. */
async function linesOf({ registry }: ReturnType<typeof createMetrics>, name: string) {
  return (await registry.metrics()).split('\n').filter((line) => line.startsWith(name) && !line.includes('_bucket'))
}

test('what is counted', async () => {
  const metrics = createMetrics()
  const calls = [
    { ...call, status: 200 },
    { ...call, status: 403, errorId: 'security_csrf_violation' },
    { ...call, status: 0 },
    { ...call, upstream: 'hydra' as const, status: 429 },
  ]
  metrics.observe(served({ record: { calls, upstreamMs: 20, open: 0, openSince: 0, start: 'login' } }))
  metrics.observe(served({ status: 303, record: { calls: [], upstreamMs: 0, open: 0, openSince: 0, stop: 'loop' } }))
  expect(await linesOf(metrics, 'ksui_')).toEqual([
    'ksui_http_requests_total{route="/login",status="200"} 1',
    'ksui_http_requests_total{route="/login",status="303"} 1',
    'ksui_http_request_duration_seconds_sum{route="/login"} 0.04',
    'ksui_http_request_duration_seconds_count{route="/login"} 2',
    'ksui_upstream_duration_seconds_sum{upstream="kratos"} 0.03',
    'ksui_upstream_duration_seconds_count{upstream="kratos"} 3',
    'ksui_upstream_duration_seconds_sum{upstream="hydra"} 0.01',
    'ksui_upstream_duration_seconds_count{upstream="hydra"} 1',
    'ksui_upstream_errors_total{upstream="kratos",status="0"} 1',
    'ksui_upstream_errors_total{upstream="hydra",status="429"} 1',
    'ksui_upstream_results_total{upstream="kratos",result="200"} 1',
    'ksui_upstream_results_total{upstream="kratos",result="security_csrf_violation"} 1',
    'ksui_upstream_results_total{upstream="kratos",result="0"} 1',
    'ksui_upstream_results_total{upstream="hydra",result="429"} 1',
    'ksui_flow_starts_total{type="login"} 1',
    'ksui_loop_breaks_total{reason="loop"} 1',
  ])
})

test('1,000 paths of strangers, and error ids without end, do not make more series', async () => {
  const { registry, observe } = createMetrics()
  const environment = parseEnv({
    KRATOS_PUBLIC_URL: 'http://127.0.0.1:1',
    COOKIE_SECRET: 'x'.repeat(32),
  })
  let asked = 0
  const handler = createHandler(
    environment,
    (_request, response) => {
      asked++
      startCall('kratos', 'x').end(400, { error: { id: `made_up_${asked % 5}` } })
      note({ start: 'login' })
      response.statusCode = 404
      response.end()
    },
    [observe],
  )
  const { port } = await serve(handler)
  const ask = (paths: string[]) => Promise.all(paths.map((path) => send(port, { path })))
  const series = async () => (await registry.metrics()).split('\n').filter((line) => line.startsWith('ksui_')).length
  const random = () => Math.random().toString(36).slice(2)
  const places = ['', 'sessions/', 'self-service/', 'schemas/', 'brand/', '_next/static/', 'login/', 'problem/', '%2f']
  await ask(places.map((place) => `/${place}${random()}`))
  const before = await vi.waitFor(series)
  for (let round = 0; round < 20; round++) {
    await ask(Array.from({ length: 50 }, (_, index) => `/${places[index % places.length]}${random()}?q=${random()}`))
  }
  expect(asked).toBe(1_000 + places.length)
  expect(await series()).toBe(before)

  for (let id = 0; id < 1_000; id++) {
    observe(served({ record: { ...served().record, calls: [{ ...call, status: 400, errorId: `id_${id}` }] } }))
  }
  expect((await linesOf({ registry, observe }, 'ksui_upstream_results_total')).length).toBe(201)
}, 60_000)

test('are served at /metrics, and nothing else is', async () => {
  const server = await serveMetrics(createMetrics().registry, 0, '127.0.0.1')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const { status, headers, body } = await send(port, { path: '/metrics' })
  expect([status, headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)])
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds \S+$/m)
  expect(body).toMatch(/^process_resident_memory_bytes \d+$/m)
  for (const other of [{ path: '/' }, { path: '/metrics/x' }, { path: '/metrics', method: 'POST' }]) {
    expect((await send(port, other)).status).toBe(404)
  }
})

test('the table of docs/operations.md has each of them, and no other', async () => {
  const names = createMetrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
  const docs = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8')
  const told = [...docs.matchAll(/^\| `((?:ksui|process|nodejs)_\w+)`/gm)].map(([, name]) => name)
  expect(told.filter((name) => name?.startsWith('ksui_'))).toEqual(names.filter((name) => name.startsWith('ksui_')))
  expect(names).toEqual(expect.arrayContaining(told))
})
