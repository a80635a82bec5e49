import type { Session } from '@ory/client'
import { describe, expect, test, vi } from 'vitest'
import type { KnownAccount } from '#lib/known-accounts.ts'

vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
vi.stubEnv('COOKIE_SECRET', 'only-for-tests-cookie-secret-of-known')
const { knownAccount, KNOWN_TTL, openKnown, sealKnown, withKnown, withoutKnown } = await import(
  '#lib/known-accounts.ts'
)
const { seal } = await import('#lib/seal.ts')

const session = (methods: object[], identity: object = { id: '1', traits: { email: 'ada@example.org' } }) =>
  ({ id: 's', identity, authentication_methods: methods }) as Session
const account = (name: string): KnownAccount => ({ name, method: 'password' })

describe('the account of a session', () => {
  test.each([
    ['a password', [{ method: 'password', aal: 'aal1' }], { method: 'password' }],
    [
      'a second factor besides',
      [
        { method: 'code', aal: 'aal1' },
        { method: 'totp', aal: 'aal2' },
      ],
      { method: 'code' },
    ],
    ['a provider', [{ method: 'oidc', provider: 'google', aal: 'aal1' }], { method: 'oidc', provider: 'google' }],
  ])('with %s', (_, methods, expected) => {
    expect(knownAccount(session(methods))).toEqual({ name: 'ada@example.org', ...expected })
  })

  test.each([
    ['no method', session([])],
    ['no name', session([{ method: 'password' }], { id: '1', traits: {} })],
    ['a name that is too long', session([{ method: 'password' }], { id: '1', traits: { name: 'x'.repeat(255) } })],
    ['nobody', { id: 's' } as Session],
  ])('with %s is not kept', (_, one) => {
    expect(knownAccount(one)).toBeUndefined()
  })
})

test('the latest is first, each is there once, and five are enough', async () => {
  let known: readonly KnownAccount[] = []
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'c']) known = withKnown(known, account(name))
  expect(known.map(({ name }) => name)).toEqual(['c', 'f', 'e', 'd', 'b'])
  expect(withoutKnown(known, 'e').map(({ name }) => name)).toEqual(['c', 'f', 'd', 'b'])
  expect(await openKnown(await sealKnown(known))).toEqual(known)
})

test.each([
  {},
  { accounts: 'x' },
  { accounts: [{ name: '' }] },
  { accounts: [{ name: 'a' }] },
  { accounts: Array(6).fill(account('a')) },
])('%j is nobody', async (value) => {
  expect(await openKnown(await seal(value, KNOWN_TTL))).toEqual([])
})

test('no cookie, and one that is not ours, is nobody', async () => {
  expect(await openKnown(undefined)).toEqual([])
  expect(await openKnown('nonsense')).toEqual([])
})
