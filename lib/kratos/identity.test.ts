import type { Identity } from '@ory/client'
import { expect, test } from 'vitest'
import { displayName } from '#lib/kratos/identity.ts'

const address = (value: string) => [{ value }]

test.each([
  [
    'the verifiable address first',
    { verifiable_addresses: address('v@x'), recovery_addresses: address('r@x'), traits: { email: 't@x' } },
    'v@x',
  ],
  ['else the recovery address', { recovery_addresses: address('r@x'), traits: { email: 't@x' } }, 'r@x'],
  ['an empty address is passed over', { verifiable_addresses: address(''), recovery_addresses: address('r@x') }, 'r@x'],
  ['else a trait: the e-mail', { traits: { username: 'u', email: 't@x' } }, 't@x'],
  ['else a trait: the user name', { verifiable_addresses: [], traits: { name: 'n', username: 'u' } }, 'u'],
  ['else a trait: the phone', { traits: { phone: '+49', name: 'n' } }, '+49'],
  ['a name in parts is no text', { traits: { name: { first: 'A' } } }, 'id-1'],
  ['an empty address is none', { verifiable_addresses: address(''), traits: { email: 't@x' } }, 't@x'],
  ['an empty trait is none', { traits: { email: '' } }, 'id-1'],
  ['traits of an unknown kind', { traits: 'x' }, 'id-1'],
  ['no traits', { traits: null }, 'id-1'],
])('%s', (_name, fields, expected) => {
  expect(displayName({ id: 'id-1', ...fields } as unknown as Identity)).toBe(expected)
})

test('nobody has no name', () => {
  expect(displayName(undefined)).toBe('')
})
