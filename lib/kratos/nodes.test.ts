import type { UiNode } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { readFixture } from '../../tools/testing/fixtures.ts'
import {
  autocompleteOf,
  fieldErrors,
  fieldId,
  type InputNode,
  inputModeOf,
  isButton,
  isField,
  isHidden,
  needsScript,
} from './nodes.ts'

function input(attributes: object, group = 'default'): InputNode {
  const base = { disabled: false, node_type: 'input' }
  return {
    type: 'input',
    group,
    attributes: { ...base, ...attributes },
    messages: [],
    meta: {},
  } as unknown as InputNode
}

test.each([
  ['hidden', [true, false, false]],
  ['submit', [false, true, false]],
  ['button', [false, true, false]],
  ['text', [false, false, true]],
  ['checkbox', [false, false, true]],
  ['hologram', [false, false, true]],
])('an input of type %s is hidden, a button, a field: %s', (type, expected) => {
  const node = input({ name: 'x', type })
  expect([isHidden(node), isButton(node), isField(node)]).toEqual(expected)
})

test('what is no input is none of them', () => {
  const node = { ...input({ name: 'x', type: 'text' }), type: 'text' } as UiNode
  expect([isHidden(node), isButton(node), isField(node)]).toEqual([false, false, false])
})

test.each([
  [{ type: 'button' }, true],
  [{ type: 'submit', onclickTrigger: 'oryWebAuthnLogin' }, true],
  [{ type: 'submit' }, false],
])('%o needs a script: %s', (attributes, expected) => {
  expect(needsScript(input({ name: 'x', ...attributes }))).toBe(expected)
})

test('the errors of the fields are in server order, the first of each', () => {
  const errors = fieldErrors(readFixture('registration-traits-errors').flow.ui.nodes)
  expect(errors.map(({ node, message }) => [node.attributes.name, message.id])).toEqual([
    ['traits.website', 4000001],
    ['traits.age', 4000018],
    ['traits.tos', 4000029],
  ])
})

test('a message that is no error counts for none', () => {
  const node = input({ name: 'x', type: 'text' })
  node.messages.push({ id: 1, text: 'hint', type: 'info' })
  expect(fieldErrors([node])).toEqual([])
})

test.each([
  ['traits.name.first', 'default', 'default-traits-name-first'],
  ['totp_code', 'totp', 'totp-totp_code'],
  ['a b"c', 'x', 'x-a-b-c'],
])('the id of %s in %s is %s', (name, group, expected) => {
  expect(fieldId(input({ name, type: 'text' }, group))).toBe(expected)
})

describe('autocomplete', () => {
  test.each([
    ['login', { name: 'identifier', type: 'text', autocomplete: 'username webauthn' }, 'username webauthn'],
    ['login', { name: 'identifier', type: 'text' }, 'username'],
    ['login', { name: 'password', type: 'password' }, 'current-password'],
    ['registration', { name: 'password', type: 'password' }, 'new-password'],
    ['settings', { name: 'password', type: 'password' }, 'new-password'],
    ['login', { name: 'code', type: 'text' }, 'one-time-code'],
    ['login', { name: 'lookup_secret', type: 'text' }, 'off'],
    ['registration', { name: 'traits.phone', type: 'tel' }, 'tel'],
    ['registration', { name: 'traits.pet', type: 'text' }, undefined],
    ['registration', { name: 'traits.name.first', type: 'text' }, 'given-name'],
    ['settings', { name: 'traits.address.postal_code', type: 'text' }, 'postal-code'],
    ['settings', { name: 'traits.constructor', type: 'text' }, undefined],
  ] as const)('%s: %o is %s', (type, attributes, expected) => {
    expect(autocompleteOf(type, input(attributes))).toBe(expected)
  })
})

test.each([
  [{ name: 'code', type: 'text' }, 'numeric'],
  [{ name: 'totp_code', type: 'text' }, 'numeric'],
  [{ name: 'traits.height', type: 'number' }, 'decimal'],
  [{ name: 'traits.email', type: 'email' }, 'email'],
  [{ name: 'lookup_secret', type: 'text' }, undefined],
] as const)('%o shows the keyboard %s', (attributes, expected) => {
  expect(inputModeOf(input(attributes))).toBe(expected)
})
