import { expect, test } from 'vitest'
import { deadEnd } from '#lib/kratos/dead-end.ts'
import type { Flow } from '#lib/kratos/flows.ts'

const TOO_OFTEN = 'The request was submitted too often. Please request another code.'

test.each([
  [4000001, TOO_OFTEN, undefined, 'tries'],
  [4000001, TOO_OFTEN, '/sessions', 'tries'],
  [4000001, '"anna" is not valid "email"', undefined, undefined],
  [4010008, 'The login code is invalid or has already been used. Please try again.', undefined, undefined],
  [4060005, 'The recovery flow expired 0.01 minutes ago, please try again.', undefined, 'expired'],
  [4070005, 'The verification flow expired 0.01 minutes ago, please try again.', undefined, 'expired'],
  [4060005, 'The recovery flow expired 0.01 minutes ago, please try again.', '/sessions', undefined],
  [4010001, 'The login flow expired 0.01 minutes ago, please try again.', undefined, undefined],
])('%i "%s" with return_to %s: %s', (id, text, return_to, expected) => {
  const flow = { return_to, ui: { messages: [{ id, text, type: 'error' }] } }
  expect(deadEnd(flow as unknown as Flow)).toBe(expected)
})

test('a flow without messages goes on', () => {
  expect(deadEnd({ ui: {} } as unknown as Flow)).toBeUndefined()
})
