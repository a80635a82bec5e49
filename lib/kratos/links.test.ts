import { describe, expect, test } from 'vitest'
import { type Flow, type FlowType, isStepUp } from '#lib/kratos/flows.ts'
import { type FlowLinks, flowLinks, logoutUrl } from '#lib/kratos/links.ts'

const APP = 'https://app.example/?a=b'
const OAUTH = 'https://hydra.example/oauth2/auth?x=y'
const leadsOut = (url: string): boolean => url.startsWith('https://app.example/')
const flow = (fields: object = {}): Flow => fields as Flow
const back = `return_to=${encodeURIComponent(APP)}`

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
      'a confirmation only signs out',
      'login',
      { refresh: true, return_to: '/settings' },
      { logout: '/logout' },
    ],
    [
      'a second factor only signs out',
      'login',
      { requested_aal: 'aal2', return_to: APP },
      { logout: `/logout?${back}` },
    ],
    [
      'registration',
      'registration',
      { return_to: APP, oauth2_login_challenge: 'c' },
      { login: `/login?${back}&login_challenge=c`, recovery: `/recovery?${back}` },
    ],
    [
      'recovery',
      'recovery',
      { return_to: APP },
      { login: `/login?${back}`, registration: `/registration?${back}` },
    ],
    ['verification', 'verification', {}, { login: '/login' }],
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
    expect(flowLinks(type, flow(fields), leadsOut)).toEqual(expected)
  })
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
