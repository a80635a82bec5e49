import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeStandalone } from '../tools/testing/standalone.ts'
import { STAND_IN, TEMPLATES } from './base-path.ts'

let standalone: string
const start = makeStandalone(`setTimeout(() => response.end('page'), 100)`, (folder, serverJs) => {
  standalone = folder
  mkdirSync(join(folder, '.next/static'), { recursive: true })
  writeFileSync(join(folder, '.next/static/chunk.js'), 'chunk')
  mkdirSync(join(folder, 'public'))
  writeFileSync(join(folder, 'public/logo.svg'), '<svg/>')
  mkdirSync(join(folder, TEMPLATES, '.next'), { recursive: true })
  // The copy stands alone: it has no #lib.
  const alone = serverJs.replace(/import \{ note.*\n/, '').replace('page', `page at ${STAND_IN}`)
  writeFileSync(join(folder, TEMPLATES, 'server.js'), alone)
  writeFileSync(
    join(folder, TEMPLATES, '.next/manifest.json'),
    JSON.stringify({ matcher: STAND_IN.replace('/', '\\/') }),
  )
})

test.each([
  ['nothing', {}, 'COOKIE_SECRET: found nothing, expected a secret of at least 8 characters'],
  [
    'a wrong proxy',
    { COOKIE_SECRET: '12345678', TRUSTED_PROXIES: 'nginx' },
    'TRUSTED_PROXIES: found "nginx", expected addresses, CIDR ranges, loopback or private',
  ],
])('a wrong environment (%s) ends the process with one line', async (_name, environment, problem) => {
  const { printed, exited } = start(environment)
  expect(await exited).toEqual([1, null])
  expect(printed.error).toBe(`Wrong environment: ${problem}\n`)
})

test('a branding file that cannot be used ends the process with one line', async () => {
  const { printed, exited } = start({ COOKIE_SECRET: '12345678', BRANDING_FILE: 'nowhere.json' })
  expect(await exited).toEqual([1, null])
  expect(printed.error).toBe('BRANDING_FILE: found nowhere.json: nowhere.json cannot be read\n')
})

test.each(['PORT', 'METRICS_PORT'])('a %s that is in use ends the process with one line', async (name) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as AddressInfo
  const { printed, exited } = start({ COOKIE_SECRET: 'x'.repeat(32), HOST: '127.0.0.1', [name]: String(port) })
  expect(await exited).toEqual([1, null])
  expect(printed.error).toBe(`${name}: found ${port}, which is in use, expected a free port\n`)
})

test('serves behind the entry, and on SIGTERM answers what is under way and exits with 0', async () => {
  const { child, printed, exited, up } = start({
    COOKIE_SECRET: '12345678',
    HOST: '127.0.0.1',
    HOSTNAME: 'pod-1',
  })
  const { address, port } = await up()
  expect(address).toBe('127.0.0.1')
  expect(printed.error).toBe('warning: COOKIE_SECRET is shorter than 32 characters\n')
  const before = await fetch(`http://127.0.0.1:${port}/`)
  expect([await before.text(), before.headers.get('keep-alive')]).toEqual(['page', 'timeout=75'])
  const answer = fetch(`http://127.0.0.1:${port}/`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  child.kill('SIGTERM')
  const response = await answer
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await response.text()).toBe('page')
  expect(await exited).toEqual([0, null])
})

/** A certificate for localhost and its key, made by openssl: Node cannot make one. */
function makeCertificate(name: string) {
  const [cert, key] = [join(standalone, `${name}.pem`), join(standalone, `${name}.key`)]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' })
  return { cert, key }
}

test('with a certificate it speaks https and nothing else, and ends as without one', async () => {
  const { cert, key } = makeCertificate('right')
  const { child, exited, up } = start({
    COOKIE_SECRET: 'x'.repeat(32),
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://localhost',
    TLS_CERT_PATH: cert,
    TLS_KEY_PATH: key,
  })
  const { port } = await up()
  const request = https.get({ host: '127.0.0.1', servername: 'localhost', port, ca: readFileSync(cert), agent: false })
  const [response] = await once(request, 'response')
  expect(response.socket.authorized).toBe(true)
  expect(response.headers['strict-transport-security']).toContain('max-age=')
  expect((await response.toArray()).join('')).toBe('page')
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

test('a certificate that cannot be used ends the process with one line', async () => {
  const [one, other] = [makeCertificate('one'), makeCertificate('other')]
  const errorOf = async (environment: Record<string, string>) => {
    const { printed, exited } = start({ COOKIE_SECRET: '12345678', ...environment })
    expect(await exited).toEqual([1, null])
    return printed.error
  }
  expect(await errorOf({ TLS_CERT_PATH: one.cert })).toBe(
    'Wrong environment: TLS_KEY_PATH: found nothing, expected both TLS_CERT_PATH and TLS_KEY_PATH, or none of them\n',
  )
  expect(await errorOf({ TLS_CERT_PATH: 'nowhere.pem', TLS_KEY_PATH: one.key })).toBe(
    'TLS_CERT_PATH: found nowhere.pem, which cannot be read (ENOENT), expected a certificate (PEM)\n',
  )
  expect(await errorOf({ TLS_CERT_PATH: one.cert, TLS_KEY_PATH: other.key })).toBe(
    `TLS_CERT_PATH, TLS_KEY_PATH: found ${one.cert} and ${other.key}, expected two that belong together\n`,
  )
})

test('under a base path it serves a copy, which goes with the process', async () => {
  const temporary = join(standalone, 'tmp')
  mkdirSync(temporary)
  const { child, exited, up } = start({
    COOKIE_SECRET: 'x'.repeat(32),
    HOST: '127.0.0.1',
    BASE_PATH: '/id/auth',
    TMPDIR: temporary,
  })
  const { port } = await up()
  const folder = join(temporary, readdirSync(temporary)[0] ?? '')
  expect(readFileSync(join(folder, '.next/static/chunk.js'), 'utf8')).toBe('chunk')
  expect(readFileSync(join(folder, 'public/logo.svg'), 'utf8')).toBe('<svg/>')
  expect(JSON.parse(readFileSync(join(folder, '.next/manifest.json'), 'utf8'))).toEqual({ matcher: '\\/id\\/auth' })
  expect(await (await fetch(`http://127.0.0.1:${port}/id/auth/login`)).text()).toBe('page at /id/auth')
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  expect(existsSync(folder)).toBe(false)
})

test('under a base path, without a place for the copy, it ends with one line', async () => {
  const { printed, exited } = start({ COOKIE_SECRET: 'x'.repeat(32), BASE_PATH: '/auth', TMPDIR: '/nowhere' })
  expect(await exited).toEqual([1, null])
  expect(printed.error).toMatch(/^BASE_PATH: found \/auth, expected room for a copy: ENOENT: .*\/nowhere\/ksui-\S+\n$/)
})
