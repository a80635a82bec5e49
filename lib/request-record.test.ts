import { ServerResponse } from 'node:http'
import { expect, test, vi } from 'vitest'
import { withResponse } from '#lib/page-status.ts'
import { askedToWait, note, recordOf, startCall } from '#lib/request-record.ts'

const response = () => new ServerResponse({ method: 'GET' } as never)

test('calls are noted on the response that is being served, with the time during which any was under way', () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: 1_000 })
  const served = response()
  withResponse(served, () => {
    const first = startCall('kratos', 'a')
    vi.advanceTimersByTime(10)
    const second = startCall('hydra', 'b')
    vi.advanceTimersByTime(10)
    first.end(200)
    vi.advanceTimersByTime(10)
    second.end(0)
    second.end(200)
    vi.advanceTimersByTime(10)
    startCall('kratos', 'c').end(404)
  })
  vi.useRealTimers()
  expect(recordOf(served)).toMatchObject({
    upstreamMs: 30,
    calls: [
      { upstream: 'kratos', name: 'a', startedAt: 1_000, ms: 20, status: 200 },
      { upstream: 'hydra', name: 'b', startedAt: 1_010, ms: 20, status: 0 },
      { upstream: 'kratos', name: 'c', startedAt: 1_040, ms: 0, status: 404 },
    ],
  })
})

test.each([
  [{ error: { id: 'session_inactive', message: 'jane@example.org' } }, 'session_inactive'],
  [{ error: 'invalid_request', error_description: 'jane@example.org' }, 'invalid_request'],
  [{ error: { id: 'jane@example.org' } }, undefined],
  [{ error: 'A sentence.' }, undefined],
  [{ error: null }, undefined],
  [{ id: 'a_flow' }, undefined],
  ['<html>', undefined],
  [null, undefined],
])('the error id of %j is %s', (body, errorId) => {
  const served = response()
  startCall('kratos', 'x', served).end(400, body)
  expect(recordOf(served).calls[0]?.errorId).toBe(errorId)
})

test('the trace goes on, with a span of its own for each call', () => {
  const served = response()
  recordOf(served).trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true }
  const [first, second] = [startCall('kratos', 'x', served), startCall('kratos', 'y', served)]
  expect(first.headers.traceparent).toMatch(/^00-a{32}-[0-9a-f]{16}-01$/)
  expect(second.headers).not.toEqual(first.headers)
  first.end(200)
  expect(first.headers.traceparent).toContain(recordOf(served).calls[0]?.spanId)
  expect(startCall('kratos', 'x', response()).headers).toEqual({})
})

test('without the entry nothing is noted', () => {
  expect(() => note({ start: 'login' })).not.toThrow()
  expect(() => startCall('kratos', 'x').end(200)).not.toThrow()
})

test('what a start comes to', () => {
  const served = response()
  withResponse(served, () => note({ stop: 'loop' }))
  expect(recordOf(served)).toMatchObject({ stop: 'loop' })
})

test.each([
  [[[200], [404]], undefined],
  [[[200], [429, '30']], 30],
  [[[429, 'Wed, 21 Oct 2026 07:28:00 GMT']], 0],
] as [[number, string?][], number | undefined][])('after answers %j the wait is %s', (answers, wait) => {
  withResponse(response(), () => {
    for (const [status, retryAfter] of answers) startCall('kratos', 'x').end(status, undefined, retryAfter)
    expect(askedToWait()).toBe(wait)
  })
  expect(askedToWait()).toBeUndefined()
})
