import type { RequestListener } from 'node:http'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Loopback, onceAConnection, serve } from '../../tools/http/loopback.ts'

beforeEach(() => vi.resetModules())

/** The client of a process whose Kratos is the given server. */
async function clientFor({ origin }: Pick<Loopback, 'origin'>) {
  vi.stubEnv('KRATOS_PUBLIC_URL', `${origin}/`)
  vi.stubEnv('LOG_LEVEL', 'silent')
  return await import('#lib/kratos/client.ts')
}

const CALLER = { cookie: null, requestId: null }

type Caller = { cookie: string | null; requestId: string | null }

/** @param timeout only where no answer is expected: a busy machine may take its time for one */
async function ask(listener: RequestListener, caller: Caller = CALLER, timeout = 30_000) {
  const { askKratos } = await clientFor(await serve(listener))
  return await askKratos('test', caller, (api, options) => api.getLoginFlow({ id: 'a b&c' }, options), timeout)
}

const noAnswer = { status: 0, body: undefined }
const slowly: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const drip = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(drip))
}

describe('whatever Kratos does is data', () => {
  test.each<[string, RequestListener, object]>([
    ['a flow', (_q, r) => r.end('{"id":"x"}'), { status: 200, body: { id: 'x' } }],
    [
      'an error',
      (_q, r) => r.writeHead(403).end('{"error":{"id":"e"}}'),
      { status: 403, body: { error: { id: 'e' } } },
    ],
    ['500', (_q, r) => r.writeHead(500).end('{}'), { status: 500, body: {} }],
    ['429', (_q, r) => r.writeHead(429, { 'Retry-After': '7' }).end(), { status: 429, retryAfter: '7' }],
    ['HTML', (_q, r) => r.writeHead(502).end('<html>'), { status: 502, body: '<html>' }],
    ['a redirect, not followed', (_q, r) => r.writeHead(303, { Location: '/x' }).end(), { status: 303 }],
    ['JSON that breaks off, with no length', (_q, r) => r.end('{"id":'), { status: 200, body: '{"id":' }],
    ['half a body, by its length', (_q, r) => r.writeHead(200, { 'Content-Length': 99 }).end('{"id"'), noAnswer],
    [
      'half a body, by its chunks',
      (_q, r) => {
        r.write('{"id"')
        setTimeout(() => r.destroy(), 20)
      },
      noAnswer,
    ],
    ['a connection that is closed', (q) => q.socket.destroy(), noAnswer],
    ['bytes that are no HTTP', (q) => q.socket.end('SSH-2.0-x\r\n'), noAnswer],
    ['an answer that is too large', (_q, r) => r.end(`"${'x'.repeat(4 * 1024 * 1024)}"`), noAnswer],
  ])('%s', async (_name, listener, expected) => {
    expect(await ask(listener)).toMatchObject(expected)
  })

  test.each<[string, RequestListener]>([
    ['no answer in time', () => undefined],
    ['an answer that never ends', slowly],
  ])('%s', async (_name, listener) => {
    expect(await ask(listener, CALLER, 400)).toEqual(noAnswer)
  })

  test('a Kratos that is not there', async () => {
    const { askKratos } = await clientFor({ origin: 'http://127.0.0.1:1' })
    const call = askKratos('test', CALLER, (api, options) => api.getLoginFlow({ id: 'x' }, options))
    expect(await call).toEqual(noAnswer)
  })
})

describe('what Kratos is sent', () => {
  const echo: RequestListener = (request, response) =>
    response.end(JSON.stringify({ url: request.url, headers: request.headers }))

  test('the cookies without ours, and the request id', async () => {
    const cookie = 'ksui_flash=1; csrf_token_1=a==; ory_kratos_session=s'
    const { body } = await ask(echo, { cookie, requestId: 'request-1' })
    expect(body).toMatchObject({
      url: '/self-service/login/flows?id=a+b%26c',
      headers: {
        cookie: 'csrf_token_1=a==; ory_kratos_session=s',
        'x-request-id': 'request-1',
        accept: 'application/json',
      },
    })
  })

  test.each([[null], ['ksui_flash=1']])('no Cookie header for %j', async (cookie) => {
    const { body } = await ask(echo, { cookie, requestId: null })
    expect((body as { headers: object }).headers).not.toHaveProperty('cookie')
    expect((body as { headers: object }).headers).not.toHaveProperty('x-request-id')
  })

  test('calls share a connection', async () => {
    const ports = new Set<number | undefined>()
    const kratosServer = await serve((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('{}')
    })
    const { askKratos } = await clientFor(kratosServer)
    for (let call = 0; call < 3; call++) {
      await askKratos('test', CALLER, (api, options) => api.toSession({}, options))
    }
    expect(ports.size).toBe(1)
  })

  test('once more, when a kept connection is closed as a call goes out on it', async () => {
    const { askKratos } = await clientFor(await serve(onceAConnection((_request, response) => response.end('{}'))))
    const call = () => askKratos('test', CALLER, (api, options) => api.toSession({}, options))
    await call()
    expect(await call()).toMatchObject({ status: 200 })
    // Two that are kept, and both are closed.
    await Promise.all([call(), call()])
    expect(await Promise.all([call(), call()])).toMatchObject([{ status: 200 }, { status: 200 }])
  })

  test('a proxy for other traffic (HTTP_PROXY) is not used', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1')
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1')
    expect(await ask((_request, response) => response.end('{}'))).toMatchObject({ status: 200 })
  })
})
