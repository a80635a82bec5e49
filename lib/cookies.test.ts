import { describe, expect, test } from 'vitest'
import {
  CHECK_COOKIE,
  cookieValue,
  FLASH_COOKIE,
  holdsKratosCsrf,
  mayHoldSession,
  OUR_PREFIX,
  startCookie,
  withoutOurs,
} from '#lib/cookies.ts'
import { FLOWS } from '#lib/kratos/flows.ts'

const OURS = [CHECK_COOKIE, FLASH_COOKIE, ...Object.keys(FLOWS).map(startCookie)]

test.each(OURS)('%s has our prefix and no csrf in its name', (name) => {
  expect(name.startsWith(OUR_PREFIX)).toBe(true)
  expect(name).not.toMatch(/csrf/i)
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
  expect(cookieValue(header, 'ksui_locale')).toBe(expected)
})
