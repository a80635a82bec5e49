import { readHeaderTable } from '../tools/header-table.ts'
import { expect, test, UI } from './fixtures.ts'

// Every kind of answer has the headers of docs/security.md, whoever makes it: a page, a route, the entry, Next, Kratos.

const { oauth2: ui } = UI
const fault = (value: string) => ({ cookie: `e2e_fault=${value}; session=x`, accept: 'text/html' })

type Answer = [
  name: string,
  request: { path: string; method?: string; headers?: Record<string, string>; data?: string },
  status: number,
]

const ANSWERS: readonly Answer[] = [
  ['a page', { path: '/diagnosis' }, 403],
  ['a page that is looked at without its body', { path: '/diagnosis', method: 'HEAD' }, 403],
  ['a page for whoever is signed out', { path: '/welcome' }, 200],
  ['a page that needs a sign-in', { path: '/sessions' }, 307],
  ['a start', { path: '/login' }, 303],
  ['a flow that is not there', { path: '/login?flow=none' }, 307],
  ['a page that is not there', { path: '/no-such-page' }, 404],
  ['an address that is refused', { path: '//refused' }, 400],
  ['an error of an application', { path: '/error?error=x' }, 400],
  ['a request that is over', { path: '/logout?logout_challenge=none' }, 410],
  ['a loop', { path: '/diagnosis?why=loop' }, 429],
  ['an error of Kratos', { path: '/error?id=stub:500' }, 500],
  ['a form that leads elsewhere', { path: '/login?flow=x', headers: fault('elsewhere') }, 502],
  ['a Kratos that is away', { path: '/welcome', headers: fault('down') }, 503],
  ['a method that a start does not take', { path: '/login', method: 'POST' }, 405],
  ['a method that a route does not take', { path: '/end-session', method: 'PUT' }, 405],
  ['a form of ours', { path: '/end-session', method: 'POST' }, 303],
  ['a route', { path: '/.well-known/change-password' }, 303],
  ['liveness', { path: '/health/alive' }, 200],
  ['readiness', { path: '/health/ready' }, 200],
  ['a file of a brand that is not there', { path: '/brand/none.png' }, 404],
  ['a picture of a page that is not there', { path: '/favicon.ico' }, 404],
  ['a file of the build that is not there', { path: '/_next/static/chunks/none.js' }, 404],
  ['a start that passes through', { path: '/self-service/login/browser' }, 303],
  ['an error that passes through', { path: '/sessions/whoami' }, 401],
  ['an error in place of a pass-through', { path: '/self-service/login/browser', headers: fault('500') }, 503],
  [
    'a body that is too large',
    {
      path: '/self-service/login',
      method: 'POST',
      data: 'x'.repeat(1024 * 1024 + 1),
      headers: { accept: 'text/html' },
    },
    413,
  ],
]

/** The table, as it is for a UI on http. */
const { headers: table, csp } = readHeaderTable()
table.delete('strict-transport-security')
const policy = csp.replace("form-action 'self' https:", "form-action 'self' https: http:")

/** A policy without what differs from answer to answer, and the nonce. */
function readPolicy(value: string | undefined): [string | undefined, string | undefined] {
  const nonce = /'nonce-([^']{24})'/.exec(value ?? '')?.[1]
  return [value?.replace(`'nonce-${nonce}'`, "'nonce-…'").replace(/'sha256-[^']{44}'/, "'sha256-…'"), nonce]
}

test('every kind of answer has the headers of docs/security.md', async ({ request }) => {
  const nonces = new Set<string | undefined>()
  for (const [name, { path, ...options }, status] of ANSWERS) {
    const answer = await request.fetch(ui + path, { maxRedirects: 0, ...options })
    const headers = answer.headers()
    const [said, nonce] = readPolicy(headers['content-security-policy'])
    expect.soft(answer.status(), name).toBe(status)
    expect.soft(said, name).toBe(policy)
    for (const [header, value] of table) expect.soft(headers[header], `${name}: ${header}`).toBe(value)
    expect.soft(headers['strict-transport-security'], name).toBeUndefined()
    // Next answers this one by itself, without a body.
    if (path !== '/end-session' || status !== 405) expect.soft(headers['cache-control'], name).toContain('no-store')
    expect.soft(headers['x-powered-by'], name).toBeUndefined()
    expect.soft(headers.server, name).toBeUndefined()
    expect.soft(nonce, name).toBeDefined()
    expect.soft(nonces.has(nonce), `${name}: a nonce of its own`).toBe(false)
    nonces.add(nonce)
  }
})

test('so have the files that browsers keep', async ({ request }) => {
  // A host with a brand of its own: it has files of the operator's.
  const headers = { host: new URL(ui).host.replace('localhost', 'acme.localhost') }
  const html = await (await request.get(`${ui}/diagnosis`, { headers })).text()
  const files = [...html.matchAll(/(?:src|href)="(\/(?:_next|brand)\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(files.filter((path) => path.startsWith('/brand/')).length).toBeGreaterThan(0)
  expect(files.length).toBeGreaterThan(4)
  for (const path of files) {
    const answer = await request.get(ui + path, { headers })
    const got = answer.headers()
    expect.soft(answer.status(), path).toBe(200)
    expect.soft(readPolicy(got['content-security-policy'])[0], path).toBe(policy)
    for (const [header, value] of table) expect.soft(got[header], `${path}: ${header}`).toBe(value)
    expect.soft(got['cache-control'], path).toBe('public, max-age=31536000, immutable')
    expect.soft(got['set-cookie'], path).toBeUndefined()
  }
})
