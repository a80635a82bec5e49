import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseEnv } from '../lib/env.ts'
import { send, serve } from '../tools/http/loopback.ts'
import { createHandler } from './handler.ts'
import { staticFiles } from './static-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'static-'))
const TEXT = '/* a script, or a stylesheet */\n'.repeat(100)

beforeAll(() => {
  mkdirSync(join(folder, 'chunks'))
  for (const file of ['chunks/a.js', 'chunks/b.css']) {
    writeFileSync(join(folder, file), TEXT)
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(TEXT))
  }
  writeFileSync(join(folder, 'chunks/plain.js'), TEXT)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The entry with these files, and a Next that says that it was asked. */
async function start() {
  const environment = parseEnv({ KRATOS_PUBLIC_URL: 'http://127.0.0.1:1', COOKIE_SECRET: 'x'.repeat(32) })
  const handler = createHandler(environment, (_request, response) => response.end('Next'), [], staticFiles(folder))
  const { origin, port } = await serve(handler)
  // `fetch` decodes what it gets; it asks for brotli on https only.
  const headers = { 'accept-encoding': 'br' }
  return { text: async (path: string) => (await fetch(origin + path, { headers })).text(), port }
}

test.each([
  ['/_next/static/chunks/a.js', 'application/javascript; charset=UTF-8'],
  ['/_next/static/chunks/b.css?dpl=1', 'text/css; charset=UTF-8'],
])('%s is sent as it was compressed, to be kept for ever', async (path, type) => {
  const { text, port } = await start()
  expect(await text(path)).toBe(TEXT)
  const { status, headers } = await send(port, { path, headers: { 'accept-encoding': 'gzip, br' } })
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': type,
    'content-encoding': 'br',
    'content-length': String(brotliCompressSync(TEXT).length),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  })
})

test('HEAD gets the headers alone', async () => {
  const { port } = await start()
  const sending = { method: 'HEAD', path: '/_next/static/chunks/a.js', headers: { 'accept-encoding': 'br' } }
  expect(await send(port, sending)).toMatchObject({ status: 200, body: '', headers: { 'content-encoding': 'br' } })
})

test.each([
  ['GET', '/_next/static/chunks/a.js', 'gzip, deflate'],
  ['GET', '/_next/static/chunks/a.js', ''],
  ['GET', '/_next/static/chunks/a.js', 'gzip, br;q=0'],
  ['GET', '/_next/static/chunks/a.js', 'br; q=0.000, gzip'],
  ['GET', '/_next/static/chunks/a.js', 'brotli'],
  ['GET', '/_next/static/chunks/plain.js', 'br'],
  ['GET', '/_next/static/chunks/a.js.br', 'br'],
  ['GET', '/_next/static/chunks', 'br'],
  ['GET', '/chunks/a.js', 'br'],
  ['GET', '/login', 'br'],
  ['POST', '/_next/static/chunks/a.js', 'br'],
])('%s %s with Accept-Encoding: %s is left to Next', async (method, path, accepted) => {
  const { port } = await start()
  const { status, body } = await send(port, { method, path, headers: { 'accept-encoding': accepted } })
  expect([status, body]).toEqual([200, 'Next'])
})

test('a weight of more than nothing is a yes', async () => {
  const { port } = await start()
  const sending = { path: '/_next/static/chunks/a.js', headers: { 'accept-encoding': 'gzip;q=0.5, br;q=0.8' } }
  expect((await send(port, sending)).headers['content-encoding']).toBe('br')
})
