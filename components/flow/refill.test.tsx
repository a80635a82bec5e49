// @vitest-environment jsdom
import type { UiText } from '@ory/client'
import { expect, test, vi } from 'vitest'
import { readFixture } from '../../tools/testing/fixtures.ts'
import { renderFixture, renderFlow } from '../../tools/testing/render-flow.tsx'

vi.mock('#components/islands/form-island.tsx', () => ({
  FormIsland: ({ refill }: { refill: boolean }) => <output data-refill={refill} />,
}))

// Kratos gives back an empty form with these.
test.each([4000007, 4000010, 4000015, 4000028, 4010001, 4040001, 4050001, 4060005, 4070005])(
  '%s: what was typed is filled in again',
  (id) => {
    expect(refillWith([{ id, text: 'no', type: 'error' }])).toBe('true')
  },
)

test('a form that Kratos gives back as it was is left alone', () => {
  expect(refillWith([])).toBe('false')
  expect(refillWith([{ id: 4000006, text: 'no', type: 'error' }])).toBe('false')
})

test('recovery and verification ask for what was typed at the login', () => {
  for (const name of ['recovery', 'verification']) {
    const page = renderFixture(name)
    expect(page.querySelector('[data-refill]')?.getAttribute('data-refill')).toBe('true')
  }
})

function refillWith(messages: UiText[]): string | null | undefined {
  const { type, flow } = readFixture('registration')
  const page = renderFlow(type, { ...flow, ui: { ...flow.ui, messages } })
  return page.querySelector('[data-refill]')?.getAttribute('data-refill')
}
