import { expect, test } from 'vitest'
import { accountName } from '#lib/kratos/account-name.ts'
import type { Flow } from '#lib/kratos/flows.ts'

const hidden = (name: string, value: unknown) => ({
  type: 'input',
  group: 'default',
  attributes: { node_type: 'input', name, type: 'hidden', value },
  messages: [],
  meta: {},
})

test.each([
  ['nothing', {}, []],
  ['the hidden identifier', {}, [hidden('csrf_token', 'x'), hidden('identifier', 'a@example.org')], 'a@example.org'],
  ['the hidden address', {}, [hidden('traits.email', ''), hidden('traits.username', 'ann')], 'ann'],
  ['no other value', {}, [hidden('method', 'password'), hidden('identifier', 7)]],
  ['the identity', { identity: { id: '1', traits: { email: 'b@example.org' } } }, [], 'b@example.org'],
])('%s', (_, more, nodes, expected?: string) => {
  expect(accountName({ ...more, ui: { nodes } } as unknown as Flow)).toBe(expected)
})
