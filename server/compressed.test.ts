import { once } from 'node:events'
import { get, type RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { serve } from '../tools/http/loopback.ts'
import { compressed } from './compressed.ts'

const PAGE = '<p>Ünlängst</p>'.repeat(200)
const html = { 'Content-Type': 'text/html; charset=utf-8', Vary: 'rsc' }

/** Writes as Next does: headers at once, then pieces, as strings or bytes. */
const inPieces: RequestListener = (_request, response) => {
  for (const [name, value] of Object.entries(html)) response.setHeader(name, value)
  response.flushHeaders()
  const bytes = new TextEncoder().encode(PAGE)
  expect(response.write(bytes.subarray(0, 100))).toBe(true)
  setTimeout(() => {
    response.write(bytes.subarray(100, 999))
    response.end(Buffer.from(bytes.subarray(999)))
  }, 5)
}

async function ask(next: RequestListener, encoding?: string, method = 'GET') {
  const { port } = await serve(compressed(next))
  const request = get({ port, method, agent: false, headers: encoding ? { 'accept-encoding': encoding } : {} })
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}

test.each(['gzip, deflate, br', 'br;q=1.0, gzip;q=0.5'])(
  '%s: compressed, in one go, with its length',
  async (takes) => {
    const { headers, body } = await ask(inPieces, takes)
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) })
    expect(headers.vary).toBe('rsc, Accept-Encoding')
    expect(gunzipSync(body).toString()).toBe(PAGE)
    expect(body.length).toBeLessThan(PAGE.length / 10)
  },
)

test.each([undefined, 'br', 'gzip;q=0', 'gzip; q=0.0, br'])('%s: as it is, with its length', async (takes) => {
  const { headers, body } = await ask(inPieces, takes)
  expect(headers).not.toHaveProperty('content-encoding')
  expect(headers).toMatchObject({ 'content-length': String(body.length), vary: 'rsc, Accept-Encoding' })
  expect(body.toString()).toBe(PAGE)
})

test('what is short is not compressed', async () => {
  const { headers, body } = await ask((_request, response) => {
    response.setHeader('Content-Type', 'application/json').end('{"status":"ok"}')
  }, 'gzip')
  expect([headers['content-encoding'], body.toString()]).toEqual([undefined, '{"status":"ok"}'])
})

test.each<[string, Record<string, string | number>, number]>([
  ['a picture', { 'Content-Type': 'image/png' }, 200],
  ['what is compressed already', { 'Content-Type': 'text/css', 'Content-Encoding': 'br' }, 200],
  ['a stream of events', { 'Content-Type': 'text/event-stream' }, 200],
  ['nothing new', { 'Content-Type': 'text/html' }, 304],
])('%s is left alone', async (_name, headers, status) => {
  const answer = await ask((_request, response) => {
    response.statusCode = status
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.flushHeaders()
    expect(response.headersSent).toBe(true)
    if (status === 304) response.end()
    else Readable.from([Buffer.from(PAGE), Buffer.from(PAGE)]).pipe(response)
  }, 'gzip')
  expect(answer.status).toBe(status)
  expect(answer.body.toString()).toBe(status === 304 ? '' : PAGE + PAGE)
  expect(answer.headers).not.toHaveProperty('vary')
  expect(answer.headers['content-encoding']).toBe(headers['Content-Encoding'])
})

test('headers that were sent stay as they are', async () => {
  const { headers, body } = await ask((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(PAGE) })
    response.end(PAGE)
  }, 'gzip')
  expect([headers['content-encoding'], body.toString()]).toEqual([undefined, PAGE])
})

test('an answer without a body stays one', async () => {
  const redirect = await ask((_request, response) => {
    response.statusCode = 303
    response.setHeader('Location', '/next').end()
  }, 'gzip')
  expect([redirect.status, redirect.headers.location, redirect.body.length]).toEqual([303, '/next', 0])
  const head = await ask(
    (_request, response) => void response.setHeader('Content-Type', 'text/html').end(),
    'gzip',
    'HEAD',
  )
  expect([head.status, head.body.length]).toEqual([200, 0])
})

test('who has written hears of it, and when it is over', async () => {
  const heard: string[] = []
  await ask((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.on('finish', () => heard.push('finish'))
    response.write(PAGE, () => heard.push('written'))
    response.end(() => heard.push('ended'))
  }, 'gzip')
  await expect.poll(() => heard.toSorted()).toEqual(['ended', 'finish', 'written'])
})
