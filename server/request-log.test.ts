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

/** The log lines of requests to one process, in their order. */
async function linesOf(paths: readonly string[], environment = {}) {
  const ui = start({ ...ENVIRONMENT, ...environment })
  const { port } = await ui.up()
  for (const path of paths) {
    const [target = '', status] = path.split(' ')
    const headers = { ...PERSONAL, 'x-request-id': 'request-1', ...(status ? { 'x-status': status } : {}) }
    await send(port, { path: target, headers })
  }
  ui.child.kill('SIGTERM')
  await ui.exited
  expect(ui.printed.out + ui.printed.error).not.toMatch(SECRETS)
  return ui.lines().filter(({ msg }) => msg === 'request')
}

test('one line a request, with nothing of a person in it', async () => {
  const lines = await linesOf(['/login?flow=a-flow-id&identifier=jane@example.org'])
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

test('routes stand for paths; what asks all the time is left out while it is well', async () => {
  const paths = ['/jane@example.org', '//jane@example.org', '/sessions/jane', '/_next/static/a.js', '/health/alive']
  const kratos = await serve((_request, response) => response.writeHead(303, { Location: '/?flow=a-flow-id' }).end())
  const environment = { KRATOS_PUBLIC_URL: kratos.origin }
  const routes = ['other', 'other', '/sessions/[id]']
  expect((await linesOf([...paths, '/health/ready 503'], environment)).map(({ route }) => route)).toEqual([
    ...routes,
    '/health/ready',
  ])
  const all = await linesOf(paths, { ...environment, LOG_LEVEL: 'debug' })
  expect(all.map(({ route }) => route)).toEqual([...routes, '/_next/static/[file]', '/health/alive'])
  expect(all[2]).toMatchObject({ status: 303, upstreamCalls: 1 })
})

test('LOG_LEVEL=warn leaves the requests out', async () => {
  expect(await linesOf(['/login'], { LOG_LEVEL: 'warn' })).toEqual([])
})

test('who goes away before the answer is told apart', async () => {
  const ui = start(ENVIRONMENT)
  const { port } = await ui.up()
  await expect(fetch(`http://127.0.0.1:${port}/hang`, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow()
  const line = expect.objectContaining({ route: 'other', aborted: true })
  await vi.waitFor(() => expect(ui.lines()).toContainEqual(line), 5_000)
})
