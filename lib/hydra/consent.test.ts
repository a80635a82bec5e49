import type { Identity, Session } from '@ory/client'
import { describe, expect, test } from 'vitest'
import {
  acceptance,
  type ConsentRequest,
  decideConsent,
  otherAccountUrl,
  toConsentRequest,
} from '#lib/hydra/consent.ts'
import type { HydraResult } from '#lib/hydra/results.ts'
import type { SessionResult } from '#lib/kratos/get-session.ts'

const BODY = {
  challenge: 'c',
  subject: 'ada',
  skip: false,
  client: { client_id: 'app' },
  requested_scope: ['openid', 'email', 'email'],
  requested_access_token_audience: ['https://api.example'],
  oidc_context: { acr_values: ['aal1'] },
  request_url: 'https://hydra.example/oauth2/auth?client_id=app',
}
const REQUEST: ConsentRequest = {
  challenge: 'c',
  subject: 'ada',
  client: { client_id: 'app' },
  scopes: ['openid', 'email'],
  audience: ['https://api.example'],
  skip: false,
  wantsSecondFactor: false,
  uiLocales: [],
  requestUrl: 'https://hydra.example/oauth2/auth?client_id=app',
}

describe('a consent request', () => {
  test('is read', () => {
    expect(toConsentRequest(BODY)).toEqual(REQUEST)
  })

  test('with the bare minimum is read', () => {
    expect(toConsentRequest({ challenge: 'c', subject: 'ada', client: {} })).toEqual({
      ...REQUEST,
      client: {},
      scopes: [],
      audience: [],
      requestUrl: undefined,
    })
  })

  test.each([
    ['skip', { skip: true }, { skip: true }],
    ['skip that is no yes', { skip: 'false' }, { skip: false }],
    ['a second factor', { oidc_context: { acr_values: ['x', 'aal2'] } }, { wantsSecondFactor: true }],
    ['languages', { oidc_context: { ui_locales: ['de', 7] } }, { uiLocales: ['de'] }],
    ['scopes that are none', { requested_scope: [1, '', 'a', null] }, { scopes: ['a'] }],
    ['a URL that is none', { request_url: 'javascript:alert(1)' }, { requestUrl: undefined }],
  ])('with %s', (_, fields, expected) => {
    expect(toConsentRequest({ ...BODY, ...fields })).toEqual({ ...REQUEST, ...expected })
  })

  test.each([{ challenge: undefined }, { subject: '' }, { subject: undefined }, { client: null }, { client: 'app' }])(
    'with %j is none',
    (fields) => {
      expect(toConsentRequest({ ...BODY, ...fields })).toBeUndefined()
    },
  )
})

const asked = (fields: Partial<ConsentRequest> = {}): HydraResult<ConsentRequest> => ({
  kind: 'request',
  request: { ...REQUEST, ...fields },
})
const signedIn = (id: string, level = 'aal1'): SessionResult => ({
  kind: 'session',
  session: { id: 's', identity: { id }, authenticator_assurance_level: level } as Session,
})

test.each<[string, HydraResult<ConsentRequest>, SessionResult, object]>([
  ['is asked', asked(), signedIn('ada'), { kind: 'decide', silent: false, sessionId: 's' }],
  ['was remembered', asked({ skip: true }), signedIn('ada'), { kind: 'decide', silent: true }],
  ['has skip_consent', asked({ client: { skip_consent: true } }), signedIn('ada'), { kind: 'decide', silent: true }],
  ['is trusted', asked({ client: { client_id: 'house' } }), signedIn('ada'), { kind: 'decide', silent: true }],
  ['has no id', asked({ client: {} }), signedIn('ada'), { kind: 'decide', silent: false }],
  ['is of somebody else', asked({ skip: true }), signedIn('eve'), { kind: 'other-account' }],
  [
    'is of somebody else with a second factor',
    asked({ client: { skip_consent: true }, wantsSecondFactor: true }),
    signedIn('eve', 'aal2'),
    { kind: 'other-account' },
  ],
  ['wants more', asked({ skip: true, wantsSecondFactor: true }), signedIn('ada'), { kind: 'second-factor' }],
  ['wants more and has it', asked({ wantsSecondFactor: true }), signedIn('ada', 'aal2'), { kind: 'decide' }],
  ['has no session', asked({ skip: true }), { kind: 'none' }, { kind: 'sign-in', aal: undefined }],
  ['lacks a factor', asked({ skip: true }), { kind: 'aal2' }, { kind: 'sign-in', aal: 'aal2' }],
  ['waits for Kratos', asked({ skip: true }), { kind: 'unavailable' }, { kind: 'unavailable', who: 'kratos' }],
  [
    'has a session of nobody',
    asked(),
    { kind: 'session', session: { id: 's' } as Session },
    { kind: 'unavailable', who: 'kratos' },
  ],
  ['waits for Hydra', { kind: 'unavailable' }, signedIn('ada'), { kind: 'unavailable', who: 'hydra' }],
  ['is over', { kind: 'over' }, { kind: 'none' }, { kind: 'over', to: undefined }],
  ['is refused', { kind: 'refused' }, signedIn('ada'), { kind: 'over', to: undefined }],
  ['was answered', { kind: 'redirect', to: 'https://h/' }, signedIn('ada'), { kind: 'over', to: 'https://h/' }],
])('a request that %s', (_, request, session, expected) => {
  expect(decideConsent(request, session, ['house'])).toMatchObject(expected)
})

describe('what is allowed', () => {
  const identity = { id: 'ada', traits: { email: 'ada@example.org' } } as unknown as Identity

  test.each([
    [['openid', 'email'], ['openid', 'email'], { email: 'ada@example.org', email_verified: false }],
    [['openid'], ['openid'], {}],
    [['email', 'phone', 'email'], ['email'], { email: 'ada@example.org', email_verified: false }],
    [[], [], {}],
  ])('of %j', (ticked, granted, claims) => {
    expect(acceptance(REQUEST, identity, ticked, undefined)).toEqual({
      grant_scope: granted,
      grant_access_token_audience: ['https://api.example'],
      remember: false,
      session: { id_token: claims },
    })
  })

  test.each([0, 3600])('is remembered for %i s', (seconds) => {
    expect(acceptance(REQUEST, identity, [], seconds)).toMatchObject({
      remember: true,
      remember_for: seconds,
    })
  })
})

test.each([
  ['https://h/oauth2/auth?a=b', 'https://h/oauth2/auth?a=b&prompt=login'],
  ['https://h/oauth2/auth?prompt=none&a=b', 'https://h/oauth2/auth?prompt=login&a=b'],
  [undefined, undefined],
])('another account for %s', (url, expected) => {
  expect(otherAccountUrl(url)).toBe(expected)
})
