import type { RequestListener } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { onceAConnection, serve } from '../tools/http/loopback.ts'

afterEach(() => vi.useRealTimers())

async function healthOf(origin: string, hydra = '') {
  vi.resetModules()
  vi.stubEnv('KRATOS_PUBLIC_URL', origin)
  vi.stubEnv('HYDRA_ADMIN_URL', hydra)
  return await import('#lib/get-health.ts')
}

test.each<[string, RequestListener, object]>([
  ['is ready', (_q, r) => r.end('{"status":"ok"}'), { ready: true }],
  [
    'is not ready yet',
    (_q, r) => r.writeHead(503).end(),
    { ready: false, reason: 'Kratos answered 503 to /health/ready' },
  ],
  [
    'is something else',
    (_q, r) => r.writeHead(302).end(),
    { ready: false, reason: 'Kratos answered 302 to /health/ready' },
  ],
  ['hangs up', (q) => q.socket.destroy(), { ready: false, reason: 'Kratos cannot be reached (ECONNRESET)' }],
  ['says nothing', () => undefined, { ready: false, reason: 'Kratos did not answer within 1 s' }],
])('when Kratos %s', async (_name, listener, expected) => {
  const { getHealth } = await healthOf((await serve(listener)).origin)
  expect(await getHealth()).toEqual(expected)
})

test('when Kratos is not there', async () => {
  const { getHealth } = await healthOf('http://127.0.0.1:1')
  expect(await getHealth()).toEqual({ ready: false, reason: 'Kratos cannot be reached (ECONNREFUSED)' })
})

test('Kratos is asked under its base path, and twice a second at most', async () => {
  const asked: (string | undefined)[] = []
  const { origin } = await serve((request, response) => {
    asked.push(request.url)
    response.end()
  })
  const { getHealth } = await healthOf(`${origin}/base/`)
  vi.useFakeTimers({ toFake: ['performance'] })
  await Promise.all([getHealth(), getHealth()])
  vi.advanceTimersByTime(500)
  await getHealth()
  expect(asked).toEqual(['/base/health/ready'])
  vi.advanceTimersByTime(1)
  await getHealth()
  expect(asked).toHaveLength(2)
})

test('a connection that Kratos closes between two probes', async () => {
  const { origin } = await serve(onceAConnection((_request, response) => response.end()))
  for (let probe = 0; probe < 2; probe++) {
    const { getHealth } = await healthOf(origin)
    expect(await getHealth()).toEqual({ ready: true })
  }
})

const ready: RequestListener = (_request, response) => response.end('{"status":"ok"}')
const unready: RequestListener = (_request, response) => response.writeHead(503).end()

test.each<[string, RequestListener, RequestListener, object]>([
  ['both are ready', ready, ready, { ready: true }],
  ['Hydra is not', ready, unready, { ready: false, reason: 'Hydra answered 503 to /health/ready' }],
  [
    'neither is',
    unready,
    (request) => request.socket.destroy(),
    { ready: false, reason: 'Kratos answered 503 to /health/ready; Hydra cannot be reached (ECONNRESET)' },
  ],
])('with a Hydra: %s', async (_name, kratos, hydra, expected) => {
  const { getHealth } = await healthOf((await serve(kratos)).origin, (await serve(hydra)).origin)
  expect(await getHealth()).toEqual(expected)
})
