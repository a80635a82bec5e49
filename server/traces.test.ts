import { describe, expect, test, vi } from 'vitest'
import { parseEnv } from '../lib/env.ts'
import { startCall } from '../lib/request-record.ts'
import { bodyOf, send, serve } from '../tools/http/loopback.ts'
import { createHandler } from './handler.ts'
import { traceOf } from './trace-context.ts'
import { createTraces } from './traces.ts'

const [TRACE, PARENT] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']

describe('the trace of a request', () => {
  test.each([
    [`00-${TRACE}-${PARENT}-01`, { traceId: TRACE, parentId: PARENT, sampled: true }],
    [`00-${TRACE}-${PARENT}-00`, { traceId: TRACE, parentId: PARENT, sampled: false }],
    [`cc-${TRACE}-${PARENT}-03-later`, { traceId: TRACE, parentId: PARENT, sampled: true }],
  ])('goes on: %s', (header, expected) => {
    expect(traceOf(header)).toMatchObject({ ...expected, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) })
  })

  test.each([
    [undefined],
    [`00-${'0'.repeat(32)}-${PARENT}-01`],
    [`00-${TRACE}-${'0'.repeat(16)}-01`],
    [`00-${TRACE.toUpperCase()}-${PARENT}-01`],
    ['nonsense'],
    [[`00-${TRACE}-${PARENT}-01`]],
  ])('begins here: %j', (header) => {
    const trace = traceOf(header)
    expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(trace.traceId).not.toBe(TRACE)
    expect(trace).not.toHaveProperty('parentId')
    expect(trace.sampled).toBe(true)
  })
})

type Span = { traceId: string; spanId: string; parentSpanId?: string; name: string; kind: number; attributes: object[] }

/** The UI between a Kratos and a collector, both of which tell what they got. */
async function start(environment: Record<string, string> = {}) {
  const toKratos: Record<string, unknown>[] = []
  const kratos = await serve((request, response) => {
    toKratos.push(request.headers)
    response.writeHead(303, { Location: '/' }).end()
  })
  const spans: Span[] = []
  const seen: object[] = []
  const collector = await serve(async (request, response) => {
    const text = await bodyOf(request)
    seen.push({ url: request.url, type: request.headers['content-type'], key: request.headers['x-key'], text })
    for (const { scopeSpans } of JSON.parse(text).resourceSpans) spans.push(...scopeSpans[0].spans)
    response.end('{}')
  })
  const parsed = parseEnv({
    KRATOS_PUBLIC_URL: kratos.origin,
    KRATOS_BROWSER_URL: '/',
    COOKIE_SECRET: 'x'.repeat(32),
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.origin}/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20secret',
    ...environment,
  })
  const { OTEL_EXPORTER_OTLP_HEADERS: headers, OTEL_SERVICE_NAME: service } = parsed
  const observers = [createTraces({ endpoint: `${collector.origin}/`, headers, service })]
  const handler = createHandler(
    parsed,
    (_request, response) => {
      startCall('kratos', 'whoami').end(401, { error: { id: 'session_inactive' } })
      response.end()
    },
    observers,
  )
  const { port } = await serve(handler)
  return { port, spans, seen, toKratos }
}

const ASKED = { path: '/self-service/login/browser?return_to=a-secret', headers: { 'x-request-id': 'request-1' } }
const theirs = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'vendor=1' }

test('a collector gets a span of the request and of its call, and Kratos the context', async () => {
  const { port, spans, seen, toKratos } = await start()
  await send(port, { ...ASKED, headers: { ...ASKED.headers, ...theirs } })
  await vi.waitFor(() => expect(spans).toHaveLength(2), 5_000)
  const [own, call] = spans
  expect(own).toMatchObject({
    traceId: TRACE,
    parentSpanId: PARENT,
    name: 'GET /self-service/login/browser',
    kind: 2,
    startTimeUnixNano: expect.stringMatching(/^\d{19}$/),
    endTimeUnixNano: expect.stringMatching(/^\d{19}$/),
    attributes: [
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'http.route', value: { stringValue: '/self-service/login/browser' } },
      { key: 'http.response.status_code', value: { intValue: '303' } },
      { key: 'request.id', value: { stringValue: 'request-1' } },
    ],
  })
  expect(call).toMatchObject({ traceId: TRACE, parentSpanId: own?.spanId, name: 'kratos: pass-through', kind: 3 })
  expect(toKratos).toMatchObject([{ traceparent: `00-${TRACE}-${call?.spanId}-01`, tracestate: 'vendor=1' }])
  expect(seen).toMatchObject([{ url: '/v1/traces', type: 'application/json', key: 'a secret' }])
  expect(JSON.stringify(seen)).not.toContain('a-secret')
})

test('the calls of a page are in its trace', async () => {
  const { port, spans } = await start()
  await send(port, { path: '/welcome' })
  await vi.waitFor(() => expect(spans).toHaveLength(2), 5_000)
  expect(spans[1]).toMatchObject({ traceId: spans[0]?.traceId, name: 'kratos: whoami' })
  expect(spans[1]?.attributes).toContainEqual({ key: 'error.type', value: { stringValue: 'session_inactive' } })
})

test('a stranger does not choose the trace', async () => {
  const { port, spans, toKratos } = await start({ TRUSTED_PROXIES: '203.0.113.7' })
  await send(port, { ...ASKED, headers: { ...theirs, traceparent: `00-${TRACE}-${PARENT}-00` } })
  await vi.waitFor(() => expect(spans).toHaveLength(2), 5_000)
  expect(spans[0]?.traceId).not.toBe(TRACE)
  expect(toKratos[0]).not.toHaveProperty('tracestate')
})

test('what a proxy does not sample is not sent, but Kratos is told', async () => {
  const { port, spans, toKratos } = await start()
  await send(port, { ...ASKED, headers: { traceparent: `00-${TRACE}-${PARENT}-00` } })
  await send(port, { path: '/welcome' })
  await vi.waitFor(() => expect(spans).toHaveLength(2), 5_000)
  expect(spans.map(({ traceId }) => traceId)).not.toContain(TRACE)
  expect(toKratos).toMatchObject([{ traceparent: expect.stringMatching(`^00-${TRACE}-[0-9a-f]{16}-00$`) }])
})

test('without an endpoint there is no trace', async () => {
  const { port, toKratos } = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })
  await send(port, ASKED)
  expect(toKratos[0]).not.toHaveProperty('traceparent')
})

test('a collector that is away costs one line of log, and nothing else', async () => {
  const warn = vi.fn()
  vi.doMock('../lib/log.ts', () => ({ log: () => ({ warn }) }))
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['setInterval'] })
  const { createTraces: create } = await import('./traces.ts')
  const observe = create({ endpoint: 'http://127.0.0.1:1', headers: {}, service: 'x' })
  for (let flush = 1; flush <= 3; flush++) {
    observe({
      requestId: 'request-1',
      method: 'GET',
      route: '/login',
      status: 200,
      startedAt: 0,
      ms: 1,
      aborted: false,
      record: { calls: [], upstreamMs: 0, open: 0, openSince: 0, trace: traceOf(undefined) },
    })
    vi.advanceTimersByTime(1_000)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  vi.useRealTimers()
  vi.doUnmock('../lib/log.ts')
  expect(warn.mock.calls).toEqual([[{ status: undefined }, 'the collector does not take traces']])
})
