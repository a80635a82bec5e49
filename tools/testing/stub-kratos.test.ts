import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStub } from '../../e2e/stub-kratos.ts'

const UI = 'http://localhost:3000'
const server = createStub(UI)
let url: string

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

const ask = (path: string, init: RequestInit = {}) => fetch(url + path, { redirect: 'manual', ...init })
const signedIn = { headers: { cookie: 'stub_session=recorded' } }

test.each(['login', 'login-code-sent', 'login-saml'])('answers with the flow of the file %s', async (name) => {
  const flow = (await (await ask(`/self-service/login/flows?id=${name}`)).json()) as {
    id: string
    ui: { action: string }
  }
  expect(flow.id).toBe(name)
  expect(flow.ui.action).toBe(`${UI}/self-service/login?flow=${name}`)
})

test('a form leads to another host where that is asked for', async () => {
  const flow = (await (await ask('/self-service/login/flows?id=foreign-form')).json()) as { ui: { action: string } }
  expect(flow.ui.action).toMatch(/^https:\/\/elsewhere\.example\/self-service\/login\?/)
})

test.each([
  ['/self-service/login/flows?id=../session', 404],
  ['/self-service/login/flows?id=session', 404],
  ['/self-service/login/flows?id=expired', 410],
  ['/self-service/login/flows?id=csrf', 403],
  ['/self-service/login/flows?id=down', 500],
  ['/self-service/login/flows?id=constructor', 404],
  ['/self-service/errors?id=refused', 200],
  ['/self-service/errors?id=identity-disabled', 200],
  ['/self-service/errors?id=unknown', 404],
  ['/health/ready', 200],
  ['/sessions/whoami', 401],
  ['/sessions', 401],
  ['/self-service/logout/browser', 401],
])('%s is %i', async (path, status) => {
  expect((await ask(path)).status).toBe(status)
})

test.each(['/sessions/whoami', '/sessions', '/self-service/logout/browser'])(
  '%s is 200 with a session',
  async (path) => {
    expect((await ask(path, signedIn)).status).toBe(200)
  },
)

test.each([
  ['GET', '/self-service/settings/browser', '/settings?flow=settings'],
  ['GET', '/self-service/login/browser?aal=aal2', '/login?flow=login-aal2'],
  ['GET', '/self-service/login/browser?refresh=true', '/login?flow=login-refresh'],
  ['POST', '/self-service/login?flow=login-errors', '/login?flow=login-errors'],
  ['GET', '/self-service/logout?token=stub', '/login'],
  ['GET', '/self-service/stub/sign-in', '/welcome'],
])('%s %s leads to %s', async (method, path, target) => {
  const response = await ask(path, { method })
  expect([response.status, response.headers.get('location')]).toEqual([303, UI + target])
})
