// @vitest-environment jsdom
import type { UiNode } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { readFixture } from '../../tools/testing/fixtures.ts'
import { renderFixture, renderNode } from '../../tools/testing/render-flow.tsx'

/** What a button says besides its label; undefined for nothing. */
function noteOf(root: Element): string | undefined {
  const id = root.querySelector('button')?.getAttribute('aria-describedby')
  return id ? (root.querySelector(`#${id}`)?.textContent ?? 'points nowhere') : undefined
}

function removal(attributes: object, context: object): UiNode {
  const { flow } = readFixture('settings-keys')
  const node = flow.ui.nodes.find((one) => 'name' in one.attributes && one.attributes.name === 'passkey_remove')
  if (!node) throw new Error('no such node')
  const label = { id: 1050020, text: 'Remove passkey "unnamed"', type: 'info', context }
  return { ...node, attributes: { ...node.attributes, ...attributes }, meta: { label } } as UiNode
}

describe('the note of a button', () => {
  const known = { added_at: '2026-01-01T12:30:00Z', added_at_unix: 1767270600 }
  const unknown = { added_at: '0001-01-01T00:00:00Z', added_at_unix: -62135596800 }

  test.each([
    ['a key', {}, known, 'Added on January 1, 2026 at 12:30 PM UTC.'],
    ['a key of which Kratos does not know when it was added', {}, unknown, undefined],
    [
      'the only way to sign in',
      { disabled: true },
      unknown,
      'This is your only way to sign in, so it cannot be removed. Add another one first.',
    ],
    [
      'both',
      { disabled: true },
      known,
      'Added on January 1, 2026 at 12:30 PM UTC. This is your only way to sign in, so it cannot be removed. Add another one first.',
    ],
  ])('%s', (_what, attributes, context, expected) => {
    expect(noteOf(renderNode(removal(attributes, context), 'settings'))).toBe(expected)
  })

  test('codes count once they are confirmed', () => {
    const button = renderFixture('settings-lookup-created').querySelector('[name="lookup_secret_confirm"]')
    expect(noteOf(button?.parentElement as Element)).toContain('once you have confirmed them')
  })

  test('other buttons have none', () => {
    const described = renderFixture('settings').querySelectorAll('button[aria-describedby]')
    expect(described).toHaveLength(0)
  })
})

describe('the order of buttons', () => {
  test.each([
    ['settings-keys', 'webauthn', ['webauthn_register_trigger', 'webauthn_remove', 'webauthn_remove']],
    ['settings-keys', 'passkey', ['passkey_register_trigger', 'passkey_remove']],
    ['settings-lookup-revealed', 'lookup_secret', ['lookup_secret_regenerate', 'lookup_secret_disable']],
  ])('%s, %s: what removes something comes last', (name, group, expected) => {
    const buttons = renderFixture(name).querySelectorAll(`#settings-${group} button[name]`)
    expect([...buttons].map((button) => button.getAttribute('name'))).toEqual(expected)
  })
})
