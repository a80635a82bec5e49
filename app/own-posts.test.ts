import { globSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ROOT } from '../tools/paths.ts'
import { readSession } from '../tools/testing/fixtures.ts'

// Each POST of our own against forged requests: what another site, or another person's page, can make a browser send has no
// effect. Kratos and Hydra are servers of these tests, which note whatever would change something.

const OURS = 'http://login.example'
const HYDRA = 'https://hydra.example/on'
const KNOWN = ['ada@example.org', 'eve@example.org']

const changes: string[] = []
let asked: NextRequest
const servers: Server[] = []

vi.mock('next/headers', () => ({ headers: async () => asked.headers, cookies: async () => asked.cookies }))

/** The session whose cookie the browser has: `session=<id>`. */
const sessionOf = (cookie = '') => {
  const id = /session=(\w+)/.exec(cookie)?.[1]
  const session = readSession()
  return id ? { ...session, id, identity: { ...session.identity, id: `identity-${id}` } } : undefined
}

async function listen(reply: (url: URL, method: string, cookie: string | undefined) => [number, unknown]) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x')
    if (request.method !== 'GET' || url.pathname === '/self-service/logout')
      changes.push(`${request.method} ${url.pathname}`)
    const [status, body] = reply(url, request.method ?? '', request.headers.cookie)
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(status === 204 ? undefined : JSON.stringify(body))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  const kratos = await listen((url, method, cookie) => {
    if (method === 'DELETE') return [204, undefined]
    if (url.pathname === '/self-service/logout/browser')
      return [200, { logout_url: `${OURS}/self-service/logout?token=t` }]
    if (url.pathname === '/self-service/logout') return [204, undefined]
    return [200, sessionOf(cookie)]
  })
  const hydra = await listen((url, method) => {
    if (method === 'DELETE') return [204, undefined]
    if (method === 'PUT') return [200, { redirect_to: HYDRA }]
    // Whoever's session it is: these tests are about the token.
    const subject = `identity-${url.search.at(-1)}`
    return [200, { challenge: 'c', subject, client: { client_id: 'app' }, requested_scope: ['openid'] }]
  })
  const environment = {
    KRATOS_PUBLIC_URL: kratos,
    KRATOS_BROWSER_URL: '/',
    HYDRA_ADMIN_URL: hydra,
    LOG_LEVEL: 'silent',
  }
  const ours = { PUBLIC_URL: OURS, COOKIE_SECRET: 'x'.repeat(32), REMEMBER_ACCOUNTS: 'true' }
  for (const [name, value] of Object.entries({ ...environment, ...ours })) vi.stubEnv(name, value)
})
afterAll(() => {
  vi.unstubAllEnvs()
  for (const server of servers) server.close()
})
beforeEach(() => {
  changes.length = 0
})

type Form = Record<string, string>
type Own = {
  /** the form as the page of this session has it */
  form: (session: string) => Promise<Form>
  /** the name of its token; without one the browser's own word has to do, as it acts on nobody's account */
  token?: string
  /** what shows that it was heard */
  effect: string
}

const token = async (purpose: string, boundTo: string) =>
  (await import('#lib/form-token.ts')).formToken(purpose, boundTo)

const OWN: Readonly<Record<string, Own>> = {
  'end-session': {
    form: async (session) => ({ token: await token('end-session', session), session: 'others' }),
    token: 'token',
    effect: 'DELETE /sessions',
  },
  'applications/revoke': {
    form: async (session) => ({ token: await token('revoke', session), client: 'app' }),
    token: 'token',
    effect: 'DELETE /admin/oauth2/auth/sessions/consent',
  },
  'consent/answer': {
    form: async (session) => {
      const { consentBinding } = await import('#lib/consent-browser.ts')
      const challenge = `for-${session}`
      const binding = consentBinding(challenge, 'this browser', session)
      return { _csrf: await token('consent', binding), challenge, consent_action: 'accept', grant_scope: 'openid' }
    },
    token: '_csrf',
    effect: 'PUT /admin/oauth2/auth/requests/consent/accept',
  },
  'logout/answer': {
    form: async (session) => {
      const challenge = `for-${session}`
      return { token: await token('logout', `${challenge} ${session}`), challenge, answer: 'yes' }
    },
    token: 'token',
    effect: 'PUT /admin/oauth2/auth/requests/logout/accept',
  },
  'device/answer': {
    // Nobody is signed in there yet: the token belongs to the challenge.
    form: async (session) => ({
      token: await token('device', `for-${session}`),
      challenge: `for-${session}`,
      user_code: 'ABCD',
    }),
    token: 'token',
    effect: 'PUT /admin/oauth2/auth/requests/device/accept',
  },
  'preferences/choice': { form: async () => ({ locale: 'de', back: '/' }), effect: 'cookie ksui_locale' },
  'known-accounts/forget': { form: async () => ({ all: '1' }), effect: 'cookie ksui_known' },
}

type Route = Record<string, (request: Request) => Promise<Response>>

const load = (path: string) => import(/* @vite-ignore */ join(ROOT, 'app', path, 'route.ts')) as Promise<Route>

type Posting = { form?: Form; headers?: Record<string, string>; method?: 'GET' | 'POST'; session?: string }

/** Posts to a route as a browser does, and tells what came of it, besides a word to be shown. */
async function post(path: string, { form = {}, headers = {}, method = 'POST', session = 'a' }: Posting = {}) {
  const { seal } = await import('#lib/seal.ts')
  const { sealKnown } = await import('#lib/known-accounts.ts')
  const cookies = [
    `session=${session}`,
    `ksui_consent=${await seal({ browser: 'this browser' }, 3600)}`,
    `ksui_known=${await sealKnown(KNOWN.map((name) => ({ name, method: 'password' })))}`,
  ]
  asked = new NextRequest(`${OURS}/${path}`, {
    method,
    headers: {
      host: 'login.example',
      cookie: cookies.join('; '),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    },
    ...(method === 'POST' ? { body: new URLSearchParams(form).toString() } : {}),
  })
  const { [method]: handle } = await load(path)
  const response = await handle?.(asked)
  const set = (response?.headers.getSetCookie() ?? []).map((line) => `cookie ${line.split('=', 1)[0]}`)
  return {
    effects: [...changes, ...set.filter((cookie) => cookie !== 'cookie ksui_flash')],
    status: response?.status,
    location: response?.headers.get('location'),
  }
}

// It loads every route there is.
test('these are all that there are', { timeout: 60_000 }, async () => {
  const found: string[] = []
  for (const file of globSync('**/route.ts', { cwd: `${ROOT}/app` }).concat('.well-known/change-password/route.ts')) {
    const path = dirname(file)
    const methods = Object.keys(await load(path)).filter((name) => /^(POST|PUT|PATCH|DELETE)$/.test(name))
    found.push(...methods.map((method) => `${method} ${path}`))
  }
  expect(found.sort()).toEqual(
    Object.keys(OWN)
      .map((path) => `POST ${path}`)
      .sort(),
  )
})

describe.each(Object.entries(OWN))('POST /%s', (path, { form, token: field, effect }) => {
  test.each<[string, Record<string, string>]>([
    ['a form of this site', { 'sec-fetch-site': 'same-origin', origin: OURS }],
    ['one of an old browser', { origin: OURS }],
    ['one of a browser that says nothing', {}],
    ['one behind a proxy that has its own name for us', { host: 'internal:3000', origin: OURS }],
  ])('hears %s', async (_name, headers) => {
    const { effects, status } = await post(path, { form: await form('a'), headers })
    expect(effects).toContain(effect)
    expect(status).toBe(303)
  })

  test.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin, in an old browser', { origin: 'https://evil.example' }],
    ['an origin that has our name in it', { origin: 'http://login.example.evil.example' }],
    ['another port', { origin: 'http://login.example:8080' }],
    ['a sandbox', { origin: 'null' }],
    ['a page that says that it is a script', { 'content-type': 'text/plain' }],
    ['a script that sends JSON', { 'content-type': 'application/json' }],
  ])('refuses what comes from %s, even with a good token', async (_name, headers) => {
    expect((await post(path, { form: await form('a'), headers })).effects).toEqual([])
  })

  test('does nothing by a link', async () => {
    const { effects, status } = await post(path, { method: 'GET' })
    expect([effects, status]).toEqual([[], 303])
  })

  test('leads to a page of ours, whatever it refuses', async () => {
    const { location } = await post(path, { form: await form('a'), headers: { origin: 'https://evil.example' } })
    expect(location).toMatch(/^\/(?!\/)/)
  })

  if (field === undefined) return

  test.each<[string, (form: Form) => Form]>([
    ['without its token', ({ [field]: _, ...rest }) => rest],
    ['with an empty one', (rest) => ({ ...rest, [field]: '' })],
    ['with one that was made up', (rest) => ({ ...rest, [field]: 'Fe26.2*1*a*b*c*d*e*f~2' })],
  ])('refuses a form %s', async (_name, change) => {
    expect((await post(path, { form: change(await form('a')) })).effects).toEqual([])
  })

  test('refuses the token of another session', async () => {
    const [mine, theirs] = [await form('a'), await form('b')]
    expect((await post(path, { form: { ...mine, [field]: theirs[field] ?? '' } })).effects).toEqual([])
  })

  test.each(Object.keys(OWN).filter((other) => other !== path && OWN[other]?.token))(
    'refuses the token of %s',
    async (other) => {
      const { form: otherForm, token: otherField = '' } = OWN[other] as Own
      const theirs = (await otherForm('a'))[otherField] ?? ''
      expect((await post(path, { form: { ...(await form('a')), [field]: theirs } })).effects).toEqual([])
    },
  )
})

test('the token of a consent is good in its own browser only', async () => {
  const own = OWN['consent/answer'] as Own
  const { consentBinding } = await import('#lib/consent-browser.ts')
  const elsewhere = await token('consent', consentBinding('for-a', 'another browser', 'a'))
  expect((await post('consent/answer', { form: { ...(await own.form('a')), _csrf: elsewhere } })).effects).toEqual([])
})
