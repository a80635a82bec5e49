import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect, type TLSSocket } from 'node:tls'
import { findNginx } from '../tools/nginx/find-nginx.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { type Background, startInBackground } from '../tools/process.ts'
import { startUi, type Ui } from '../tools/ui/start-ui.ts'
import { waitUntilReady } from '../tools/wait-until-ready.ts'
import { expect, test } from './fixtures.ts'
import { selfSigned } from './support/certificate.ts'

// The nginx lines of docs/operations.md, as they stand there, in front of a UI of its own and a Kratos that tells what it got.
test.describe.configure({ mode: 'serial' })

const UI_PORT = 4895
const PORT = 4896
const ORIGIN = `https://localhost:${PORT}`
const FOLDER = join(CACHE, 'e2e', 'nginx')

let nginx: Background
let ui: Ui
let got: IncomingHttpHeaders[] = []
const kratos = createServer((request, response) => {
  got.push(request.headers)
  const answer = () => response.writeHead(request.url === '/health/ready' ? 200 : 303, { Location: '/welcome' }).end()
  request.resume().on('end', answer)
})

test.beforeAll(async () => {
  test.setTimeout(180_000)
  await new Promise<void>((resolve) => kratos.listen(0, '127.0.0.1', resolve))
  ui = await startUi({
    port: UI_PORT,
    env: {
      KRATOS_PUBLIC_URL: `http://127.0.0.1:${(kratos.address() as AddressInfo).port}`,
      KRATOS_BROWSER_URL: '/',
      PUBLIC_URL: ORIGIN,
      COOKIE_SECRET: 'x'.repeat(32),
    },
    logFile: join(FOLDER, 'ui.log'),
  })
  nginx = await startNginx()
  await waitUntilReady(`http://127.0.0.1:${PORT + 1}/`, nginx)
})

test.afterAll(async () => {
  await nginx?.stop()
  await ui?.stop()
  kratos.close()
  kratos.closeAllConnections()
})

test.use({ baseURL: ORIGIN, ignoreHTTPSErrors: true })
test.beforeEach(() => {
  got = []
})

test('forwarded headers are the proxy’s, and a request has one id from nginx to Kratos', async ({ request }) => {
  const answer = await request.get('/self-service/login/browser?return_to=/a-secret', {
    headers: { 'X-Forwarded-For': '192.0.2.66', 'X-Request-Id': 'chosen-by-me', Forwarded: 'for=192.0.2.66' },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  const id = answer.headers()['x-request-id'] ?? ''
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(got).toHaveLength(1)
  expect(got[0]).toMatchObject({
    'x-request-id': id,
    'x-forwarded-for': expect.stringMatching(/^127\.0\.0\.1, /),
    'x-forwarded-host': `localhost:${PORT}`,
    'x-forwarded-proto': 'https',
  })
  expect(JSON.stringify(got)).not.toContain('192.0.2.66')
  const [nginxLog, uiLog] = ['access.log', 'ui.log'].map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  expect(nginxLog).toContain(`"GET /self-service/login/browser" 303`)
  expect(nginxLog).toContain(id)
  expect(uiLog).toContain(`"requestId":"${id}","method":"GET","route":"/self-service/login/browser","status":303`)
  expect(`${nginxLog}${uiLog}`).not.toContain('a-secret')
})

test('too many forms get our page with status 429, Retry-After and a way back', async ({ request }) => {
  expect((await request.get('/health/ready')).status(), 'probes do not come this way').toBe(404)
  const send = () =>
    request.post('/self-service/login?flow=1', {
      headers: { Accept: 'text/html', Referer: `${ORIGIN}/login?flow=1` },
      form: { password: 'x'.repeat(100_000) },
      maxRedirects: 0,
    })
  const answers = await Promise.all(Array.from({ length: 60 }, send))
  const accepted = answers.filter((answer) => answer.status() === 303).length
  // The first, and the burst; a slow machine lets a few more through.
  expect(accepted).toBeGreaterThanOrEqual(10)
  const limited = answers.filter((answer) => answer.status() === 429)
  expect(limited.length).toBe(60 - accepted)
  for (const answer of limited) {
    expect(answer.headers()['retry-after']).toBe('10')
    const html = await answer.text()
    expect(html).toContain('Please wait 10 seconds before you try again.')
    expect(html).toContain('href="/login?flow=1"')
    expect(html).toContain(answer.headers()['x-request-id'])
  }
  // Kratos has seen none of those, and pages are not forms.
  expect(got).toHaveLength(accepted)
  expect((await request.get('/problem/400')).status()).toBe(400)
})

test('too many pages can be asked for again where they are', async () => {
  // All connections first, and then all requests at once: more than the burst, however slow the machine is.
  const connections = await Promise.all(Array.from({ length: 200 }, connectToNginx))
  const answers = await Promise.all(
    connections.map((connection) => {
      connection.write(`GET /brand/none?q HTTP/1.1\r\nHost: localhost:${PORT}\r\nConnection: close\r\n\r\n`)
      return text(connection)
    }),
  )
  const limited = answers.filter((answer) => answer.startsWith('HTTP/1.1 429 '))
  expect(limited.length).toBeGreaterThan(0)
  for (const answer of limited) expect(answer).toContain('href=""')
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 404 '))).toHaveLength(200 - limited.length)
})

async function connectToNginx(): Promise<TLSSocket> {
  const connection = connect({ host: '127.0.0.1', port: PORT, rejectUnauthorized: false })
  await once(connection, 'secureConnect')
  return connection
}

async function startNginx(): Promise<Background> {
  const bin = await findNginx({ log: () => {} })
  const docs = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8')
  const block = /tested by e2e\/nginx\.spec\.ts -->\s+```nginx\n([\s\S]+?)\n```/.exec(docs)?.[1] ?? ''
  mkdirSync(FOLDER, { recursive: true })
  const { key, cert } = selfSigned()
  writeFileSync(join(FOLDER, 'tls.key'), key)
  writeFileSync(join(FOLDER, 'tls.crt'), cert)
  writeFileSync(join(FOLDER, 'access.log'), '')
  // Nothing else is changed.
  const places: [string, string][] = [
    ['listen 443 ssl;', `listen 127.0.0.1:${PORT} ssl;`],
    ['server 127.0.0.1:3000;', `server 127.0.0.1:${UI_PORT};`],
    ['/etc/ssl/login.example.org.crt', join(FOLDER, 'tls.crt')],
    ['/etc/ssl/login.example.org.key', join(FOLDER, 'tls.key')],
    ['/var/log/nginx/login.log', join(FOLDER, 'access.log')],
  ]
  let config = block
  for (const [from, to] of places) {
    expect(config.split(from), from).toHaveLength(2)
    config = config.replace(from, to)
  }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(FOLDER, name)};`,
  )
  const file = join(FOLDER, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; pid ${join(FOLDER, 'nginx.pid')}; error_log stderr;
    events { worker_connections 4096; }
    http { access_log off; ${temporary.join(' ')}
    server { listen 127.0.0.1:${PORT + 1}; return 200; }
    ${config}
    }`,
  )
  return startInBackground({
    name: 'nginx',
    command: bin,
    args: ['-p', FOLDER, '-c', file, '-e', 'stderr'],
    logFile: join(FOLDER, 'nginx.log'),
  })
}
