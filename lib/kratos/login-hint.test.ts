import type { LoginFlow } from '@ory/client'
import { expect, test } from 'vitest'
import { withLoginHint } from '#lib/kratos/login-hint.ts'
import { isInput } from '#lib/kratos/nodes.ts'
import { readFixture } from '../../tools/testing/fixtures.ts'

const hinted = (hint: string, value?: string): LoginFlow => {
  const flow = readFixture('login').flow as LoginFlow
  for (const node of flow.ui.nodes) {
    if (isInput(node) && node.attributes.name === 'identifier') node.attributes.value = value
  }
  return { ...flow, oauth2_login_request: { oidc_context: { login_hint: hint } } } as LoginFlow
}

const identifiersOf = (flow: LoginFlow) =>
  flow.ui.nodes
    .filter(isInput)
    .flatMap(({ attributes }) => (attributes.name === 'identifier' ? [attributes.value] : []))

test('an empty identifier is filled in', () => {
  const flow = hinted('ada@example.org')
  expect(identifiersOf(withLoginHint(flow))).toEqual(['ada@example.org'])
  expect(identifiersOf(flow)).toEqual([undefined])
})

test('what was typed stays', () => {
  expect(identifiersOf(withLoginHint(hinted('ada@example.org', 'grace@example.org')))).toEqual(['grace@example.org'])
})

test.each(['', 'x'.repeat(255)])('a hint that is none changes nothing', (hint) => {
  const flow = hinted(hint)
  expect(withLoginHint(flow)).toBe(flow)
})

test('a flow of no application stays as it is', () => {
  const { flow } = readFixture('login')
  expect(withLoginHint(flow)).toBe(flow)
})
