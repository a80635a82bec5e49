import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { parseEnv } from '../lib/env.ts'
import { setStatus } from '../lib/page-status.ts'
import { bodyOf, send, sendRaw, serve } from '../tools/http/loopback.ts'
import { createHandler } from './handler.ts'

type Seen = { by: string; method: string; url: string; headers: Record<string, string> }

const teller =
  (by: string): RequestListener =>
  async (request, response) => {
    await bodyOf(request).catch(() => 'cut off')
    const { method, url, headers } = request
    response.end(JSON.stringify({ by, method, url, headers }))
  }

/** The entry between a real Kratos stand-in and a real stand-in for Next's handler. */
async function start(environment: Record<string, string> = {}, next: RequestListener = teller('next')) {
  const kratos = await serve(teller('kratos'))
  const parsed = parseEnv({
    KRATOS_PUBLIC_URL: kratos.origin,
    KRATOS_BROWSER_URL: '/',
    COOKIE_SECRET: 'x'.repeat(32),
    NODE_ENV: 'production',
    ...environment,
  })
  const { port } = await serve(createHandler(parsed, next))
  const ask = async (sending: Parameters<typeof send>[1]) => {
    const reply = await send(port, sending)
    return { ...reply, seen: JSON.parse(reply.body) as Seen }
  }
  return { port, ask, kratos }
}

const STRANGER = { TRUSTED_PROXIES: '203.0.113.7' }

describe('who answers', () => {
  test.each([
    ['/self-service/login/browser?aal=aal2', 'kratos', '/self-service/login/browser?aal=aal2'],
    ['/sessions/whoami', 'kratos', '/sessions/whoami'],
    ['/schemas/x', 'kratos', '/schemas/x'],
    ['/.well-known/ory/webauthn.js', 'kratos', '/.well-known/ory/webauthn.js'],
    ['/sessions', 'next', '/sessions'],
    ['/sessions/', 'next', '/sessions/'],
    ['/sessions?page=2', 'next', '/sessions?page=2'],
    ['/login?flow=1&x=%2F', 'next', '/login?flow=1&x=%2F'],
    ['/health/ready', 'next', '/health/ready'],
    ['/self-service/../admin', 'next', '/problem/400?again'],
    ['/self-service%2flogin', 'next', '/problem/400?again'],
    ['//evil.example/', 'next', '/problem/400?again'],
    [`/${'x'.repeat(8192)}`, 'next', '/problem/400?again'],
  ])('%s: %s', async (path, by, url) => {
    const { ask } = await start()
    expect((await ask({ path })).seen).toMatchObject({ by, url })
  })

  test('a Kratos on an origin of its own gets nothing from here', async () => {
    const { ask } = await start({ KRATOS_BROWSER_URL: 'https://kratos.example' })
    expect((await ask({ path: '/self-service/login/browser' })).seen.by).toBe('next')
  })

  test('the absolute form of a target is refused', async () => {
    const { port } = await start()
    const answer = await sendRaw(port, 'GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(answer).toContain('"url":"/problem/400?again"')
  })

  test.each([
    ['POST', 'GET'],
    ['DELETE', 'GET'],
    ['HEAD', 'HEAD'],
  ])('a refused %s is shown its page by %s', async (method, shown) => {
    let asked: string | undefined
    const { port } = await start({}, (request, response) => {
      asked = request.method
      response.end()
    })
    await send(port, { method, path: '//' })
    expect(asked).toBe(shown)
  })
})

describe('under a base path', () => {
  test.each([
    ['/auth/login?flow=1', 'next', '/auth/login?flow=1', '/login?flow=1'],
    ['/auth', 'next', '/auth', '/'],
    ['/auth/self-service/login/browser?aal=aal2', 'kratos', '/self-service/login/browser?aal=aal2', undefined],
    ['/auth/self-service/../x', 'next', '/auth/problem/400?again', '/self-service/../x'],
    // Outside of it, Next says that there is nothing; but probes are answered.
    ['/login', 'next', '/login', '/login'],
    ['/authors', 'next', '/authors', '/authors'],
    ['/self-service/login/browser', 'next', '/self-service/login/browser', '/self-service/login/browser'],
    ['/health/ready', 'next', '/auth/health/ready', '/health/ready'],
  ])('%s: %s', async (path, by, url, target) => {
    const { ask } = await start({ BASE_PATH: '/auth' })
    const { seen } = await ask({ path })
    expect([seen.by, seen.url, seen.headers['x-ksui-target']]).toEqual([by, url, target])
  })

  test('a Kratos that is down is a page there, from which the same can be asked again', async () => {
    const { ask } = await start({ BASE_PATH: '/auth', KRATOS_PUBLIC_URL: 'http://127.0.0.1:1' })
    const { seen } = await ask({ path: '/auth/self-service/login/browser', headers: { accept: 'text/html' } })
    expect(seen).toMatchObject({
      url: '/auth/problem/503?again',
      headers: { 'x-ksui-target': '/self-service/login/browser' },
    })
  })
})

test.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
  'a page of ours has no %s: it is shown ours for 405',
  async (method) => {
    const { ask } = await start()
    const { seen } = await ask({ method, path: '/login' })
    expect(seen).toMatchObject({ by: 'next', method: 'GET', url: '/problem/405' })
  },
)

test('Kratos decides which methods its paths take', async () => {
  const { ask } = await start()
  const { seen } = await ask({ method: 'DELETE', path: '/sessions/x' })
  expect(seen).toMatchObject({ by: 'kratos', method: 'DELETE' })
})

describe('when the way to Kratos fails', () => {
  test('a body that is too large gets the page for 413', async () => {
    const { ask } = await start()
    const { seen } = await ask({
      method: 'POST',
      path: '/self-service/login',
      body: 'x'.repeat(1024 * 1024 + 1),
    })
    expect(seen).toMatchObject({ by: 'next', method: 'GET', url: '/problem/413' })
  })

  test('chunks that are too large get it as well', async () => {
    const { ask } = await start()
    const chunks = ['x'.repeat(1024 * 1024), 'x']
    const { seen } = await ask({ method: 'POST', path: '/self-service/login', chunks })
    expect(seen).toMatchObject({ by: 'next', method: 'GET', url: '/problem/413' })
  })

  test('a Kratos that is down gets the page for 503', async () => {
    const { ask } = await start({ KRATOS_PUBLIC_URL: 'http://127.0.0.1:1' })
    const { seen } = await ask({ method: 'POST', path: '/self-service/login?flow=1', body: 'a=1' })
    expect(seen).toMatchObject({ by: 'next', method: 'GET', url: '/problem/503' })
  })
})

describe('when Kratos has enough', () => {
  const busy = (wait: string) =>
    serve((request, response) => response.writeHead(429, { 'Retry-After': wait }).end(request.url))

  test.each([
    ['GET', '30', '/problem/429?again&wait=30'],
    ['POST', '30', '/problem/429?wait=30'],
    ['GET', 'Wed, 21 Oct 2026 07:28:00 GMT', '/problem/429?again&wait=Wed%2C%2021%20Oct%202026%2007%3A28%3A00%20GMT'],
  ])('%s gets the page that says for how long (%s), and so does a program', async (method, wait, url) => {
    const { ask } = await start({ KRATOS_PUBLIC_URL: (await busy(wait)).origin })
    const { seen, headers } = await ask({ method, path: '/self-service/login', headers: { accept: 'text/html' } })
    expect(seen).toMatchObject({ by: 'next', url })
    expect(headers['retry-after']).toBe(wait)
  })
})

describe('what was asked for', () => {
  test.each<[string, Parameters<typeof send>[1], string]>([
    ['path and query', { path: '/login?flow=1&x=%2F' }, '/login?flow=1&x=%2F'],
    ["never the client's own word", { path: '/login', headers: { 'x-ksui-target': '/evil' } }, '/login'],
    ['what was refused', { path: '/x/../y' }, '/x/../y'],
    ['nothing that cannot be asked again', { method: 'POST', path: '//' }, '/'],
  ])('is told to Next: %s', async (_name, sending, target) => {
    const { ask } = await start()
    expect((await ask(sending)).seen.headers['x-ksui-target']).toBe(target)
  })

  test('is told of a page in the place of Kratos', async () => {
    const { ask } = await start({ KRATOS_PUBLIC_URL: 'http://127.0.0.1:1' })
    const path = '/self-service/login/browser?return_to=x'
    const { seen } = await ask({ path, headers: { accept: 'text/html' } })
    expect(seen).toMatchObject({ url: '/problem/503?again', headers: { 'x-ksui-target': path } })
  })
})

describe('the request id', () => {
  const MINE = 'my-request-1'

  test('of a trusted proxy is taken over, told to Next and to the browser', async () => {
    const { ask } = await start()
    const { headers, seen } = await ask({ headers: { 'x-request-id': MINE } })
    expect([seen.headers['x-request-id'], headers['x-request-id']]).toEqual([MINE, MINE])
  })

  test('is told to Kratos', async () => {
    const { ask } = await start()
    const { seen } = await ask({ path: '/sessions/whoami', headers: { 'x-request-id': MINE } })
    expect(seen).toMatchObject({ by: 'kratos', headers: { 'x-request-id': MINE } })
  })

  test.each<[string, Record<string, string>, string]>([
    ['of a stranger', STRANGER, MINE],
    ['that is too short', {}, 'x'],
    ['that is too long', {}, 'x'.repeat(65)],
    ['with odd characters', {}, 'id"><script>'],
  ])('%s is replaced by one of ours', async (_name, environment, id) => {
    const { ask } = await start(environment)
    const { headers, seen } = await ask({ headers: { 'x-request-id': id } })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(seen.headers['x-request-id']).toBe(headers['x-request-id'])
  })
})

describe('forwarded headers', () => {
  const said = {
    'x-forwarded-for': '198.51.100.1',
    'x-forwarded-host': 'other.example',
    'x-forwarded-proto': 'https',
    'x-real-ip': '198.51.100.1',
    forwarded: 'for=198.51.100.1',
  }

  test('of a trusted proxy are kept for Next', async () => {
    const { ask } = await start()
    expect((await ask({ headers: said })).seen.headers).toMatchObject(said)
  })

  test('of a stranger never reach Next', async () => {
    const { ask } = await start(STRANGER)
    const { seen } = await ask({ headers: said })
    expect(Object.keys(seen.headers).filter((name) => name in said)).toEqual([])
  })

  test('of a stranger are replaced by the truth for Kratos', async () => {
    const { ask } = await start(STRANGER)
    const { seen } = await ask({ path: '/sessions/whoami', headers: { ...said, host: 'ui.example' } })
    expect(seen.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'ui.example',
      'x-forwarded-proto': 'http',
    })
    expect(seen.headers).not.toHaveProperty('x-real-ip')
  })
})

describe('the security headers', () => {
  test.each(['/login', '/sessions/whoami', '//refused', '/_next/static/x.js'])('stand on %s', async (path) => {
    const { ask } = await start()
    const { headers } = await ask({ path })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('a policy of the client never reaches Next or Kratos', async () => {
    const { ask } = await start()
    const headers = { 'content-security-policy': "script-src 'nonce-mine'" }
    const page = await ask({ headers })
    expect(page.seen.headers['content-security-policy']).toBe(page.headers['content-security-policy'])
    expect(page.headers['content-security-policy']).not.toContain('mine')
    const passed = await ask({ path: '/sessions/whoami', headers })
    expect(passed.seen.headers).not.toHaveProperty('content-security-policy')
  })

  test('win over those of Kratos, and stand there once', async () => {
    const theirs = { 'X-Frame-Options': 'SAMEORIGIN', 'X-Request-Id': 'theirs-1', 'X-Theirs': '1' }
    const { origin } = await serve((_request, response) => response.writeHead(200, theirs).end())
    const { port } = await start({ KRATOS_PUBLIC_URL: origin })
    const { headers, rawHeaders } = await send(port, { path: '/sessions/whoami' })
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-theirs': '1' })
    expect(rawHeaders.filter((name) => /^x-(frame-options|request-id)$/i.test(name))).toHaveLength(2)
  })

  test('each answer has a nonce of its own, of 128 bits', async () => {
    const { ask } = await start()
    const nonces = new Set<string>()
    for (let view = 0; view < 5; view++) {
      const { headers } = await ask({})
      nonces.add(/'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '')
    }
    expect(nonces.size).toBe(5)
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
  })
})

test('a page can set its status', async () => {
  const { port } = await start({}, (_request, response) => {
    setStatus(410, { 'Retry-After': '7' })
    response.end('x')
  })
  expect(await send(port)).toMatchObject({ status: 410, headers: { 'retry-after': '7' } })
})
