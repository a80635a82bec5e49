import { expect, test, vi } from 'vitest'
import { send, serve } from '../tools/http/loopback.ts'
import { makeStandalone } from '../tools/testing/standalone.ts'

const start = makeStandalone(`
  const call = startCall('kratos', 'get login flow')
  setTimeout(() => {
    call.end(403, { error: { id: 'security_csrf_violation', reason: 'jane@example.org' } })
    note({ start: 'login' })
    response.statusCode = Number(request.headers['x-status'] ?? 403)
    if (request.url !== '/hang') response.end('hunter2')
  }, 30)
`)

const ENVIRONMENT = { COOKIE_SECRET: 'x'.repeat(32), HOST: '127.0.0.1', KRATOS_BROWSER_URL: '/' }
/** What must not be in a log, wherever it came from. */
const PERSONAL = {
  cookie: 'ory_kratos_session=a-session-token',
  'x-forwarded-for': '198.51.100.7',
  'user-agent': 'a-browser',
  referer: 'http://localhost/login?flow=a-flow-id',
}
const SECRETS = /a-flow-id|jane|hunter2|a-session|198\.51|a-browser/

async function linesOf(path: string, environment = {}, headers = {}) {
  const ui = start({ ...ENVIRONMENT, ...environment })
  const { port } = await ui.up()
  await send(port, { path, headers: { ...PERSONAL, 'x-request-id': 'request-1', ...headers } })
  // The line is written when the answer is out.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(ui.printed.out + ui.printed.error).not.toMatch(SECRETS)
  return ui.lines().filter(({ msg }) => msg === 'request')
}

test('one line a request, with nothing of a person in it', async () => {
  const lines = await linesOf('/login?flow=a-flow-id&identifier=jane@example.org')
  expect(lines).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      requestId: 'request-1',
      method: 'GET',
      route: '/login',
      status: 403,
      ms: expect.any(Number),
      upstreamMs: expect.any(Number),
      upstreamCalls: 1,
      errorId: 'security_csrf_violation',
      start: 'login',
      msg: 'request',
    },
  ])
  const { ms, upstreamMs } = lines[0] as { ms: number; upstreamMs: number }
  expect(upstreamMs).toBeGreaterThanOrEqual(29)
  expect(ms).toBeGreaterThanOrEqual(upstreamMs)
})

test('what passes through to Kratos has its line, too', async () => {
  const kratos = await serve((_request, response) =>
    response.writeHead(303, { Location: '/login?flow=a-flow-id' }).end(),
  )
  const lines = await linesOf('/self-service/login/browser?return_to=jane', { KRATOS_PUBLIC_URL: kratos.origin })
  expect(lines).toMatchObject([{ route: '/self-service/login/browser', status: 303, upstreamCalls: 1 }])
})

test.each([
  ['a path of nobody', '/jane@example.org', 'other'],
  ['a refused path', '//jane@example.org', 'other'],
  ['a session', '/sessions/a-session-id', '/sessions/[id]'],
])('%s is named by its route', async (_name, path, route) => {
  expect(await linesOf(path)).toMatchObject([{ route }])
})

test.each([
  ['/health/alive', 'info', {}, 0],
  ['/health/alive', 'debug', {}, 1],
  ['/health/ready', 'info', { 'x-status': '503' }, 1],
  ['/_next/static/a.js', 'info', {}, 0],
  ['/login', 'warn', {}, 0],
])('%s at LOG_LEVEL=%s %j: %i lines', async (path, level, headers, count) => {
  expect(await linesOf(path, { LOG_LEVEL: level }, headers)).toHaveLength(count)
})

test('who goes away before the answer is told apart', async () => {
  const ui = start(ENVIRONMENT)
  const { port } = await ui.up()
  await expect(fetch(`http://127.0.0.1:${port}/hang`, { signal: AbortSignal.timeout(1_000) })).rejects.toThrow()
  await vi.waitFor(
    () => expect(ui.lines()).toContainEqual(expect.objectContaining({ route: 'other', aborted: true })),
    5_000,
  )
})
