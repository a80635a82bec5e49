import { describe, expect, test } from 'vitest'
import { type Flow, type FlowType, isStepUp } from '#lib/kratos/flows.ts'
import { carriedIdentifier, type FlowLinks, flowLinks, logoutUrl } from '#lib/kratos/links.ts'

const APP = 'https://app.example/?a=b'
const OAUTH = 'https://hydra.example/oauth2/auth?x=y'
const leadsOut = (url: string): boolean => url.startsWith('https://app.example/')
const toUs = (path: string): string => `https://us.example${path}`
const flow = (fields: object = {}): Flow => ({ ui: { nodes: [] }, ...fields }) as unknown as Flow
const back = `return_to=${encodeURIComponent(APP)}`
const provider = (label: number) => ({
  type: 'input',
  attributes: { name: 'provider', type: 'submit', value: 'google' },
  meta: { label: { id: label } },
})
const hidden = (name: string, value: string) => ({
  type: 'input',
  attributes: { name, type: 'hidden', value },
})
const code = { type: 'input', attributes: { name: 'code', type: 'text' } }

describe('the links of a page', () => {
  test.each<[string, FlowType, object, FlowLinks]>([
    ['login', 'login', {}, { registration: '/registration', recovery: '/recovery' }],
    [
      'login keeps return_to',
      'login',
      { return_to: APP },
      { registration: `/registration?${back}`, recovery: `/recovery?${back}` },
    ],
    [
      'login keeps the OAuth2 request; recovery, which takes no challenge, comes back by its URL',
      'login',
      { return_to: APP, oauth2_login_challenge: 'c', oauth2_login_request: { request_url: OAUTH } },
      {
        registration: `/registration?${back}&login_challenge=c`,
        recovery: `/recovery?return_to=${encodeURIComponent(OAUTH)}`,
      },
    ],
    [
      'who links a social account to an account can leave it, and is offered no second account',
      'login',
      { return_to: APP, ui: { nodes: [], messages: [{ id: 1010016 }] } },
      { recovery: `/recovery?${back}`, startOver: `/login?${back}` },
    ],
    [
      'a login that wants a verified address leads to the verification, and back to itself',
      'login',
      { return_to: APP, ui: { nodes: [], messages: [{ id: 4000010 }] } },
      {
        registration: `/registration?${back}`,
        recovery: `/recovery?${back}`,
        verification: `/verification?return_to=${encodeURIComponent(`https://us.example/login?${back}`)}`,
      },
    ],
    [
      'a sign-up that goes on at one provider only can be started over',
      'registration',
      { return_to: APP, ui: { nodes: [provider(1040003)] } },
      { login: `/login?${back}`, startOver: `/registration?${back}` },
    ],
    [
      'a login with an identifier that is carried along can be started over',
      'login',
      { return_to: APP, ui: { nodes: [hidden('identifier', 'ada@example.org')] } },
      { registration: `/registration?${back}`, recovery: `/recovery?${back}`, notYou: `/login?${back}` },
    ],
    [
      'a sign-up that waits for a code can be started over, for the address may be wrong',
      'registration',
      { return_to: APP, ui: { nodes: [code] } },
      { login: `/login?${back}`, startOver: `/registration?${back}` },
    ],
    [
      'so can a recovery',
      'recovery',
      { return_to: APP, ui: { nodes: [code] } },
      { login: `/login?${back}`, startOver: `/recovery?${back}` },
    ],
    [
      'a sign-up that offers a provider among others cannot',
      'registration',
      { ui: { nodes: [provider(1040002)] } },
      { login: '/login', recovery: '/recovery' },
    ],
    ['a confirmation only signs out', 'login', { refresh: true, return_to: '/settings' }, { logout: '/logout' }],
    [
      'a second factor only signs out',
      'login',
      { requested_aal: 'aal2', return_to: APP },
      { logout: `/logout?${back}` },
    ],
    [
      'a second factor that awaits a code leads back to the others',
      'login',
      { requested_aal: 'aal2', return_to: APP, ui: { nodes: [code] } },
      { anotherWay: `/login?${back}&aal=aal2`, logout: `/logout?${back}` },
    ],
    [
      'so does a confirmation by a code',
      'login',
      { refresh: true, requested_aal: 'aal1', oauth2_login_challenge: 'c', ui: { nodes: [code] } },
      { anotherWay: '/login?login_challenge=c&refresh=true', logout: '/logout' },
    ],
    [
      'registration',
      'registration',
      { return_to: APP, oauth2_login_challenge: 'c' },
      { login: `/login?${back}&login_challenge=c`, recovery: `/recovery?${back}` },
    ],
    ['recovery', 'recovery', { return_to: APP }, { login: `/login?${back}`, registration: `/registration?${back}` }],
    ['verification', 'verification', {}, { login: '/login' }],
    ...(['recovery', 'verification'] as const).map<[string, FlowType, object, FlowLinks]>((type) => [
      `${type} on the way to an application: the login is asked for anew by the application's own URL`,
      type,
      { return_to: `${OAUTH}&client_id=app`, ui: { nodes: [code] } },
      {
        login: `${OAUTH}&client_id=app`,
        startOver: `/${type}?return_to=${encodeURIComponent(`${OAUTH}&client_id=app`)}`,
      },
    ]),
    [
      'another scheme is no URL of an application',
      'verification',
      { return_to: 'javascript:x/oauth2/auth?client_id=app' },
      { login: `/login?return_to=${encodeURIComponent('javascript:x/oauth2/auth?client_id=app')}` },
    ],
    ['settings', 'settings', {}, { sessions: '/sessions', logout: '/logout' }],
    [
      'settings, back to an application',
      'settings',
      { return_to: APP },
      { sessions: '/sessions', logout: `/logout?${back}` },
    ],
    [
      'settings do not come back to a page of ours after a sign-out',
      'settings',
      { return_to: '/welcome' },
      { sessions: '/sessions', logout: '/logout' },
    ],
  ])('%s', (_name, type, fields, expected) => {
    expect(flowLinks(type, flow(fields), { leadsOut, toUs, hasApplications: false })).toEqual(expected)
  })
})

test('the settings lead to the connected applications where there can be some', () => {
  const links = (type: FlowType) => flowLinks(type, flow(), { leadsOut, toUs, hasApplications: true })
  expect(links('settings').applications).toBe('/applications')
  expect(links('login').applications).toBeUndefined()
})

test.each([
  [{}, false],
  [{ refresh: false, requested_aal: 'aal1' }, false],
  [{ refresh: true, requested_aal: 'aal1' }, true],
  [{ requested_aal: 'aal2' }, true],
])('%j asks somebody who is signed in: %s', (fields, expected) => {
  expect(isStepUp(flow(fields))).toBe(expected)
})

test('the sign-out page gets where to go afterwards, encoded once', () => {
  expect(logoutUrl(APP)).toBe('/logout?return_to=https%3A%2F%2Fapp.example%2F%3Fa%3Db')
})

test('the identifier of a login is carried along where its field is hidden, with a value, in a first step or with a code', () => {
  const ui = { nodes: [hidden('identifier', 'ada@example.org')] }
  expect(carriedIdentifier(flow({ ui }))).toBe('ada@example.org')
  expect(carriedIdentifier(flow({ ui, refresh: true }))).toBeUndefined()
  expect(carriedIdentifier(flow({ ui, requested_aal: 'aal2' }))).toBeUndefined()
  const sent = { nodes: [...ui.nodes, code] }
  expect(carriedIdentifier(flow({ ui: sent, requested_aal: 'aal2' }))).toBe('ada@example.org')
  expect(carriedIdentifier(flow({ ui: { ...ui, messages: [{ id: 1010016 }] } }))).toBeUndefined()
  expect(carriedIdentifier(flow({ ui: { nodes: [hidden('identifier', '')] } }))).toBeUndefined()
  expect(carriedIdentifier(flow())).toBeUndefined()
})
