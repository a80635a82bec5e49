import { describe, expect, test } from 'vitest'
import { FLOWS, type FlowType, isFlowType, startParams, startUrl } from '#lib/kratos/flows.ts'

const ALL = [
  'refresh',
  'aal',
  'return_to',
  'login_challenge',
  'organization',
  'via',
  'identity_schema',
  'after_verification_return_to',
]

describe('the parameters that a start takes', () => {
  test.each<[FlowType, string[]]>([
    ['login', ['refresh', 'aal', 'return_to', 'login_challenge', 'organization', 'via', 'identity_schema']],
    [
      'registration',
      ['return_to', 'login_challenge', 'after_verification_return_to', 'organization', 'identity_schema'],
    ],
    ['settings', ['return_to', 'organization']],
    ['recovery', ['return_to']],
    ['verification', ['return_to']],
  ])('%s: %j, and no others', (type, names) => {
    const query = new URLSearchParams([...ALL, 'flow', 'restart', 'cookie-check'].map((name) => [name, `v-${name}`]))
    expect(startParams(type, query)).toEqual(Object.fromEntries(names.map((name) => [name, `v-${name}`])))
  })

  test.each([
    ['of a repeated parameter the first counts', 'return_to=%2Fa&return_to=%2Fb', { return_to: '/a' }],
    ['an empty one does not count', 'return_to=&aal=aal2', { aal: 'aal2' }],
    ['it is decoded once', 'return_to=%252Fa%26b%3D1', { return_to: '%2Fa&b=1' }],
    ['names are case-sensitive', 'Return_To=/a', {}],
  ])('%s', (_name, query, expected) => {
    expect(startParams('login', new URLSearchParams(query))).toEqual(expected)
  })
})

test.each([
  ['login', true],
  ['verification', true],
  ['logout', false],
  ['', false],
  ['toString', false],
  ['__proto__', false],
])('%j names a flow: %s', (name, expected) => {
  expect(isFlowType(name)).toBe(expected)
})

test('there are five flows', () => {
  expect(Object.keys(FLOWS)).toEqual(['login', 'registration', 'settings', 'recovery', 'verification'])
})

test.each([
  ['no parameters', {}, '/login'],
  ['empty and undefined ones are left out', { aal: '', return_to: undefined }, '/login'],
  [
    'each is encoded once',
    { return_to: '/a?b=c&d', restart: 'expired' },
    '/login?return_to=%2Fa%3Fb%3Dc%26d&restart=expired',
  ],
])('a URL that starts a flow: %s', (_name, params, expected) => {
  expect(startUrl('login', params)).toBe(expected)
})
