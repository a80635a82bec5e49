import { createServer, maxHeaderSize } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseEnv } from '../lib/env.ts'
import { bodyOf, sendRaw, serve } from '../tools/http/loopback.ts'
import { createHandler } from './handler.ts'

// Requests that two servers could read in two ways, and those that never end: what the entry makes of them, with node's parser
// before it and a Kratos behind it that notes every request it is given.

async function start(timeouts: { requestTimeout?: number; headersTimeout?: number } = {}) {
  const seen: string[] = []
  const kratos = await serve(async (incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url} ${await bodyOf(incoming).catch(() => 'cut off')}`)
    outgoing.end('kratos')
  })
  const environment = parseEnv({
    KRATOS_PUBLIC_URL: kratos.origin,
    KRATOS_BROWSER_URL: '/',
    COOKIE_SECRET: 'x'.repeat(32),
    NODE_ENV: 'production',
  })
  const handler = createHandler(environment, (request, response) => {
    seen.push(`page ${request.url}`)
    response.end('page')
  })
  const server = createServer({ ...timeouts, connectionsCheckingInterval: 20 }, handler)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, seen }
}

const HIDDEN = 'GET /sessions/hidden HTTP/1.1\r\nHost: x\r\n\r\n'
const length = HIDDEN.length
const chunked = `${length.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`

describe('a request in which another is hidden', () => {
  const post = (headers: string, body: string) =>
    `POST /self-service/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n\r\n${body}`
  test.each([
    ['a length and chunks', post(`Content-Length: 5\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${HIDDEN}`), 400],
    ['chunks and a length', post(`Transfer-Encoding: chunked\r\nContent-Length: ${length}`, `0\r\n\r\n${HIDDEN}`), 400],
    ['two lengths', post(`Content-Length: 0\r\nContent-Length: ${length}`, HIDDEN), 400],
    ['two lengths in one', post(`Content-Length: 0, ${length}`, HIDDEN), 400],
    ['a length with a sign', post(`Content-Length: +${length}`, HIDDEN), 400],
    ['a length that is negative', post('Content-Length: -1', HIDDEN), 400],
    ['chunks that are not the last coding', post('Transfer-Encoding: chunked, identity', chunked), 400],
    ['chunks that are called otherwise', post('Transfer-Encoding: xchunked', chunked), 400],
    ['a blank before the colon', post('Transfer-Encoding : chunked', chunked), 400],
    [
      'a header that goes on in the next line',
      post('X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0', chunked),
      400,
    ],
    ['a coding that goes on in the next line', post('Transfer-Encoding:\r\n chunked', chunked), 400],
    ['lines that end without a return', post('Content-Length: 0\nTransfer-Encoding: chunked', chunked), 400],
    ['a return within a header', post('X: a\rTransfer-Encoding: chunked\r\nContent-Length: 0', chunked), 400],
    ['a NUL within a header', post('X: a\0b\r\nContent-Length: 0', ''), 400],
    ['a chunk of no size', post('Transfer-Encoding: chunked', `x\r\n${HIDDEN}`), 400],
    ['a chunk with a sign', post('Transfer-Encoding: chunked', `+5\r\nhello\r\n0\r\n\r\n`), 400],
    ['a chunk of too many digits', post('Transfer-Encoding: chunked', `10000000000000005\r\nhello\r\n0\r\n\r\n`), 400],
    ['a chunk whose line ends without a return', post('Transfer-Encoding: chunked', `5\nhello\r\n0\r\n\r\n`), 400],
    ['a chunk that is longer than it says', post('Transfer-Encoding: chunked', `1\r\nhello\r\n0\r\n\r\n`), 400],
    ['no host', `GET /sessions/whoami HTTP/1.1\r\nConnection: close\r\n\r\n`, 400],
    ['another version', 'GET /sessions/whoami HTTP/1.2\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['a preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ])('by %s is one request, or none', async (_name, text, status) => {
    const { port, seen } = await start()
    const answer = await sendRaw(port, text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
    expect(seen.filter((one) => one.startsWith('GET /sessions/hidden'))).toEqual([])
    // What was refused may have begun at Kratos, but it never ended there.
    if (status === 400) expect(seen.filter((one) => !one.endsWith('cut off'))).toEqual([])
  })
})

describe('what never ends is cut off', () => {
  test('a header', async () => {
    const { port, seen } = await start()
    const answer = await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(maxHeaderSize)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect([seen, maxHeaderSize]).toEqual([[], 16_384])
  })

  test('headers that come drop by drop', async () => {
    const { port, seen } = await start({ headersTimeout: 100, requestTimeout: 200 })
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: x\r\nX')).toMatch(/^HTTP\/1\.1 408 /)
    expect(seen).toEqual([])
  })

  test('a body that comes drop by drop', async () => {
    const { port, seen } = await start({ headersTimeout: 100, requestTimeout: 200 })
    const text = 'POST /self-service/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf'
    expect(await sendRaw(port, text)).not.toContain('kratos')
    await expect.poll(() => seen).toEqual(['POST /self-service/login cut off'])
  })

  test('by node’s own limits, which nothing takes away', async () => {
    const { requestTimeout, headersTimeout } = createServer()
    expect([requestTimeout, headersTimeout]).toEqual([300_000, 60_000])
  })
})
