import { expect, test } from 'vitest'
import { toHydraResult } from '#lib/hydra/results.ts'

const parse = ({ challenge }: Readonly<Record<string, unknown>>) =>
  typeof challenge === 'string' ? challenge : undefined

test.each([
  [200, { challenge: 'a' }, { kind: 'request', request: 'a' }],
  [200, { redirect_to: 'https://hydra.example/a b' }, { kind: 'redirect', to: 'https://hydra.example/a%20b' }],
  [410, { redirect_to: 'https://hydra.example/' }, { kind: 'redirect', to: 'https://hydra.example/' }],
  [410, { redirect_to: 'javascript:alert(1)' }, { kind: 'over' }],
  [410, undefined, { kind: 'over' }],
  [409, { error: 'conflict' }, { kind: 'over' }],
  [404, { redirect_to: 'https://hydra.example/' }, { kind: 'over' }],
  [400, { error: 'bad request' }, { kind: 'refused' }],
  [401, {}, { kind: 'refused' }],
  [429, {}, { kind: 'unavailable' }],
  [500, { redirect_to: 'https://hydra.example/' }, { kind: 'unavailable' }],
  [302, {}, { kind: 'unavailable' }],
  [200, {}, { kind: 'unavailable' }],
  [200, 'text', { kind: 'unavailable' }],
  [200, null, { kind: 'unavailable' }],
  [0, undefined, { kind: 'unavailable' }],
])('%i %j: %j', (status, body, expected) => {
  expect(toHydraResult({ status, body }, parse)).toEqual(expected)
})
