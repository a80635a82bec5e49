import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { UiNode, UiNodeInputAttributes, UiText } from '@ory/client'
import { expect, test } from '@playwright/test'
import type { Flow } from '../lib/kratos/flows.ts'
import { measureBytes, ownClientModules } from '../tools/bench/page-bytes.ts'
import { CACHE } from '../tools/paths.ts'
import { allFlows, readFixture, readSession } from '../tools/testing/fixtures.ts'
import { startUi, type Ui } from '../tools/ui/start-ui.ts'
import { createStub } from './stub-kratos.ts'
import { readFlight, textsOf } from './support/flight.ts'

// What a page may cost, as far as it can be counted; `npm run bench` has the timings. Recorded flows, the production build; no
// browser takes part.
const [UI_PORT, STUB_PORT, HYDRA_PORT] = [4697, 4698, 4699]
const ORIGIN = `http://localhost:${UI_PORT}`
const SIGNED_IN = { cookie: 'csrf_token_stub=x; stub_session=recorded' }

const asked: string[] = []
const servers: Server[] = []
let ui: Ui

test.beforeAll(async () => {
  const stub = createStub(ORIGIN)
  // The entry looks whether Kratos is ready, for its log.
  stub.prependListener('request', ({ url = '' }) => {
    if (url !== '/health/ready') asked.push(url.replace(/\?.*/, ''))
  })
  const hydra = createServer((_request, response) => response.end(JSON.stringify(consentRequest())))
  // Beside the recorded flows, the one that the budgets are about.
  const kratos = createServer((request, response) => {
    if (request.url === '/self-service/login/flows?id=plain') response.end(JSON.stringify(plainLogin()))
    else stub.emit('request', request, response)
  })
  servers.push(kratos, hydra)
  await listen(kratos, STUB_PORT)
  await listen(hydra, HYDRA_PORT)
  ui = await startUi({
    port: UI_PORT,
    env: {
      KRATOS_PUBLIC_URL: `http://127.0.0.1:${STUB_PORT}`,
      KRATOS_BROWSER_URL: '/',
      HYDRA_ADMIN_URL: `http://127.0.0.1:${HYDRA_PORT}`,
      PUBLIC_URL: ORIGIN,
      COOKIE_SECRET: 'only-for-tests-cookie-secret-of-budgets',
    },
    logFile: join(CACHE, 'e2e', 'budgets', 'ui.log'),
  })
})

test.afterAll(async () => {
  await ui.stop()
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

test('the login page, with a password and two providers, is small on the wire, in few requests', async () => {
  const page = { name: 'login', url: `${ORIGIN}/login?flow=plain`, headers: { accept: 'text/html' }, status: 200 }
  // Fails at a file that is missing or on another host.
  const bytes = await measureBytes(page)
  expect(bytes.html, 'HTML').toBeLessThanOrEqual(6_000)
  expect(bytes.css, 'CSS').toBeLessThanOrEqual(6_000)
  expect(bytes.cssFiles, 'stylesheets').toBe(1)
  expect(bytes.ownJs, 'JavaScript of our own').toBeLessThanOrEqual(6_000)
  expect(bytes.total, 'everything').toBeLessThanOrEqual(160_000)
  expect(bytes.requests, 'requests').toBeLessThanOrEqual(12)
})

const FLOW = (type: string) => `/self-service/${type}/flows`

/** By page: what is asked of Kratos for a view, and the most client components of our own that it may name besides the two of every page. */
const PAGES: Readonly<Record<string, { signedIn?: boolean; calls: readonly string[]; islands: number }>> = {
  '/login?flow=login': { calls: [FLOW('login')], islands: 3 },
  '/registration?flow=registration': { calls: [FLOW('registration')], islands: 3 },
  '/recovery?flow=recovery': { calls: [FLOW('recovery')], islands: 1 },
  '/verification?flow=verification': { calls: [FLOW('verification')], islands: 1 },
  '/settings?flow=settings': { signedIn: true, calls: [FLOW('settings')], islands: 4 },
  '/login?flow=login-refresh': { signedIn: true, calls: [FLOW('login'), '/sessions/whoami'], islands: 2 },
  '/welcome': { signedIn: true, calls: ['/sessions/whoami'], islands: 0 },
  '/sessions': { signedIn: true, calls: ['/sessions', '/sessions/whoami'], islands: 1 },
  '/consent?consent_challenge=c': { signedIn: true, calls: ['/sessions/whoami'], islands: 1 },
  '/preferences': { calls: [], islands: 0 },
}

for (const [path, { signedIn = false, calls, islands }] of Object.entries(PAGES)) {
  test(`${path} asks Kratos ${calls.length} times, and has at most ${islands} islands`, async () => {
    asked.length = 0
    const answer = await fetch(ORIGIN + path, { headers: signedIn ? SIGNED_IN : {} })
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(asked.toSorted()).toEqual(calls)
    const own = ownClientModules(new URL(path, ORIGIN).pathname.slice(1))
    const names = [...readFlight(html).clients.values()].filter(({ module }) => own.has(module)).map(({ name }) => name)
    // Each page has the default export of app/global-error.tsx, and what catches an island's failure.
    expect(names).toEqual(expect.arrayContaining(['default', 'IslandBoundary']))
    expect(new Set(names).size - 2, names.join()).toBeLessThanOrEqual(islands)
  })
}

test('the start of a login asks Kratos nothing', async () => {
  asked.length = 0
  const answer = await fetch(`${ORIGIN}/login`, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  expect(asked).toEqual([])
})

test('what the form of the consent page sends is answered within the one request', async () => {
  const sent = { method: 'POST', body: new URLSearchParams({ consent_challenge: 'c' }), headers: SIGNED_IN }
  const answer = await fetch(`${ORIGIN}/consent`, { ...sent, redirect: 'manual' })
  const id = answer.headers.get('x-request-id') ?? 'none'
  const posts = () => {
    const lines = readFileSync(ui.logFile, 'utf8').split('\n')
    return lines.filter((line) => line.includes('"/consent') && line.includes('"POST"'))
  }
  await expect.poll(posts).toEqual([expect.stringContaining(id)])
})

test('no client component gets a value of a flow, nor does the JSON of a flow stand in its page', async () => {
  test.setTimeout(240_000)
  const flows = allFlows()
  expect(flows.length).toBeGreaterThan(50)
  for (const { name, type, flow } of flows) {
    const url = `${ORIGIN}/${type}?flow=${name.replace(/.*\//, '')}`
    const html = await (await fetch(url, { headers: type === 'settings' ? SIGNED_IN : {} })).text()
    const own = ownClientModules(type)
    const texts = textsOf(readFlight(html), ({ module }) => own.has(module))
    const values = flow.ui.nodes.flatMap(valuesOf)
    // A form has them, or this looks in the wrong place.
    const csrf = values.find(({ node }) => node === 'csrf_token')
    if (csrf && html.includes('data-form="flow"'))
      expect(texts, name).toContainEqual(expect.objectContaining({ text: csrf.value, place: 'element' }))
    const leaks = texts
      .filter(({ place }) => place !== 'element')
      .flatMap(({ text, place, owner, prop }) =>
        values.filter(({ value }) => text.includes(value)).map(({ node }) => `${node} in ${place} ${owner}.${prop}`),
      )
    expect.soft(leaks, name).toEqual([])
    expect
      .soft(
        texts.filter(({ prop }) => prop === 'node_type' || prop === 'onclickTrigger'),
        name,
      )
      .toEqual([])
  }
})

/** Values of a node that stand for themselves. A short one, or the name of a method on a button, may be a word of the page. */
function valuesOf({ attributes }: UiNode): { node: string; value: string }[] {
  const {
    name = '',
    type,
    value,
    src,
    text,
  } = attributes as Partial<UiNodeInputAttributes> & {
    src?: string
    text?: UiText
  }
  const least = type === 'submit' || type === 'button' ? 20 : 8
  return [value, src, text?.text].flatMap((each) =>
    typeof each === 'string' && each.length >= least ? [{ node: name, value: each }] : [],
  )
}

function plainLogin(): Flow {
  const { flow } = readFixture('login')
  const groups = ['default', 'oidc', 'password']
  const action = `${ORIGIN}/self-service/login?flow=plain`
  return { ...flow, ui: { ...flow.ui, action, nodes: flow.ui.nodes.filter(({ group }) => groups.includes(group)) } }
}

function consentRequest() {
  return {
    challenge: 'c',
    client: { client_id: 'app', client_name: 'An application', redirect_uris: ['https://app.example/callback'] },
    request_url: 'https://hydra.example/oauth2/auth?client_id=app',
    requested_scope: ['openid', 'email'],
    requested_access_token_audience: [],
    subject: readSession().identity?.id,
    skip: false,
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
}
