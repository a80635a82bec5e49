import type { Identity } from '@ory/client'
import { expect, test } from 'vitest'
import { CLAIMS, claimsOf } from '#lib/hydra/claims.ts'

const identity = (traits: unknown, rest: Record<string, unknown> = {}) =>
  ({ id: 'i', traits, ...rest }) as unknown as Identity
const address = (value: string, via: string, verified: boolean) => ({ value, via, verified })

test.each<[string, readonly string[], Identity, Record<string, unknown>]>([
  ['nothing', [], identity({ email: 'a@example.org' }), {}],
  ['a scope that means no claim', ['openid', 'photos.read'], identity({ email: 'a@example.org' }), {}],
  ['a scope named like a method of objects', ['constructor', '__proto__'], identity({}), {}],
  ['traits of no shape', ['email', 'profile', 'phone'], identity(null), {}],
  [
    'an address that nobody verified',
    ['email'],
    identity({ email: 'a@example.org' }),
    { email: 'a@example.org', email_verified: false },
  ],
  [
    'an address that is verified',
    ['email'],
    identity({ email: 'a@example.org' }, { verifiable_addresses: [address('a@example.org', 'email', true)] }),
    { email: 'a@example.org', email_verified: true },
  ],
  [
    'an address, where another one is verified',
    ['email'],
    identity({ email: 'a@example.org' }, { verifiable_addresses: [address('b@example.org', 'email', true)] }),
    { email: 'a@example.org', email_verified: false },
  ],
  [
    'an address under another name',
    ['email'],
    identity(
      { mail: 'a@example.org' },
      {
        verifiable_addresses: [address('+49', 'sms', true), address('a@example.org', 'email', true)],
      },
    ),
    { email: 'a@example.org', email_verified: true },
  ],
  [
    'several addresses',
    ['email'],
    identity({ email: ['a', 'b'] }, { verifiable_addresses: [address('b', 'email', false)] }),
    { email: 'b', email_verified: false },
  ],
  [
    'a phone',
    ['phone'],
    identity({ phone: '+4930', email: 'a@example.org' }, { verifiable_addresses: [address('+4930', 'sms', true)] }),
    { phone_number: '+4930', phone_number_verified: true },
  ],
  [
    'a name in two parts',
    ['profile'],
    identity({ name: { first: 'Ada', last: 'Lovelace' } }),
    { name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace' },
  ],
  ['half a name', ['profile'], identity({ name: { last: 'Lovelace' } }), { name: 'Lovelace', family_name: 'Lovelace' }],
  ['an empty name', ['profile'], identity({ name: {}, website: '' }), {}],
  [
    'a profile',
    ['profile', 'profile'],
    identity(
      { name: 'Ada', username: 'ada', website: 'https://ada.example', email: 'a@example.org', age: 36 },
      { updated_at: '2026-01-02T03:04:05Z' },
    ),
    { name: 'Ada', preferred_username: 'ada', website: 'https://ada.example', updated_at: 1767323045 },
  ],
  ['an address to write to', ['address'], identity({ address: { country: 'X' } }), { address: { country: 'X' } }],
])('%s', (_, scopes, person, expected) => {
  expect(claimsOf(person, scopes)).toStrictEqual(expected)
})

test('what the provider says itself is nobody else to say', () => {
  const own = ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'acr', 'amr', 'auth_time', 'sid']
  expect(Object.values(CLAIMS).flatMap((claims) => Object.keys(claims).filter((one) => own.includes(one)))).toEqual([])
})
