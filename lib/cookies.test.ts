import { describe, expect, test } from 'vitest'
import {
  cookieName,
  cookieValue,
  holdsKratosCsrf,
  mayHoldSession,
  type OurCookie,
  ourCookie,
  withoutOurs,
} from '#lib/cookies.ts'
import { FLOWS, type FlowType } from '#lib/kratos/flows.ts'

const STARTS = (Object.keys(FLOWS) as FlowType[]).map((type) => `start_${type}` as const)
const OURS: readonly OurCookie[] = ['check', 'flash', 'locale', 'known', 'consent', ...STARTS]
const HTTPS = { secureCookies: true }
const HTTP = { secureCookies: false }

describe.each(OURS)('%s', (cookie) => {
  test('is bound to this host on https, and has a plain name on http', () => {
    expect(cookieName(cookie, HTTPS)).toBe(`__Host-ksui_${cookie}`)
    expect(cookieName(cookie, HTTP)).toBe(`ksui_${cookie}`)
    expect(cookie).not.toMatch(/csrf/i)
  })

  test.each([HTTPS, HTTP])('is for this host alone, with %j', (place) => {
    const { name, ...attributes } = ourCookie(cookie, 'x', 60, place)
    expect(name).toBe(cookieName(cookie, place))
    // What a browser demands of __Host-: Secure, this path, no domain.
    expect(attributes).toEqual({
      value: 'x',
      httpOnly: true,
      sameSite: 'lax',
      secure: place.secureCookies,
      path: '/',
      maxAge: 60,
    })
  })

  test('is not read by its plain name on https, which anybody on the domain can set', () => {
    expect(cookieValue(`ksui_${cookie}=theirs`, cookie, HTTPS)).toBeUndefined()
    expect(cookieValue(`ksui_${cookie}=theirs; __Host-ksui_${cookie}=ours`, cookie, HTTPS)).toBe('ours')
  })

  test('never reaches Kratos', () => {
    for (const place of [HTTPS, HTTP]) expect(withoutOurs(`${cookieName(cookie, place)}=1`)).toBeUndefined()
  })
})

test('an empty value takes a cookie away', () => {
  expect(ourCookie('flash', '', 60, HTTP).maxAge).toBe(0)
})

describe('what Kratos gets of a Cookie header', () => {
  test.each([
    ['no header', undefined, undefined],
    ['null', null, undefined],
    ['an empty header', '', undefined],
    ['only separators', ' ; ;', undefined],
    ['only ours', 'ksui_flash=1; ksui_start_login=2', undefined],
    ['none of ours', 'a=1; b=2', 'a=1; b=2'],
    ['ours first', 'ksui_flash=1; ory_kratos_session=s', 'ory_kratos_session=s'],
    ['ours in the middle', 'a=1; ksui_flash=x; b=2', 'a=1; b=2'],
    ['ours last', 'a=1; ksui_flash=x', 'a=1'],
    ['values with = and spaces kept byte for byte', 'a= 1==;b="x y";ksui_a=1', 'a= 1==;b="x y"'],
    ['a name that only contains our prefix', 'my_ksui_flash=1', 'my_ksui_flash=1'],
    ['our name as a value', 'a=ksui_flash', 'a=ksui_flash'],
    ['our cookie without a value', 'ksui_flash; a=1', 'a=1'],
    ['with the prefix of https', '__Host-ksui_a=1; __Secure-ksui_b=2; a=1', 'a=1'],
    ['another cookie of https', '__Host-a=1; __Host-x-ksui_a=1', '__Host-a=1; __Host-x-ksui_a=1'],
    ['our prefix in another case is not ours', 'KSUI_flash=1', 'KSUI_flash=1'],
  ])('%s', (_name, header, expected) => {
    expect(withoutOurs(header)).toBe(expected)
  })
})

describe('whether a Cookie header may hold a session', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['ksui_flash=1', false],
    ['csrf_token_82b119fa=1', false],
    ['csrf_token_82b119fa=1; ksui_start_login=2', false],
    ['__Host-ksui_start_login=2', false],
    ['__Host-ory_kratos_session=1', true],
    ['ory_kratos_session=1', true],
    ['csrf_token_82b119fa=1; my_session=2', true],
    ['my_csrf_token=1', true],
  ])('%j: %s', (header, expected) => {
    expect(mayHoldSession(header)).toBe(expected)
  })
})

test.each([
  [undefined, false],
  ['ory_kratos_session=1', false],
  ['a=csrf_token_1', false],
  ['a=1; csrf_token_82b119fa=1', true],
])('%j holds the CSRF cookie of Kratos: %s', (header, expected) => {
  expect(holdsKratosCsrf(header)).toBe(expected)
})

test.each([
  [undefined, undefined],
  ['', undefined],
  ['a=1', undefined],
  ['ksui_locale=ar.de', 'ar.de'],
  ['a=1; ksui_locale=de; ksui_locale=fr', 'de'],
  ['ksui_locale', ''],
  ['ksui_locale=', ''],
  ['xksui_locale=de; ksui_localex=de', undefined],
  ['a=ksui_locale=de', undefined],
])('of %j, the value of ksui_locale is %j', (header, expected) => {
  expect(cookieValue(header, 'locale', HTTP)).toBe(expected)
})
