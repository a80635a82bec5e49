import type { UiText } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { getWords } from '#lib/i18n/index.ts'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }

const words = getWords()

test('English is read from left to right', () => {
  expect([words.locale, words.dir]).toEqual(['en', 'ltr'])
})

describe('our own words', () => {
  test('come from the catalogue', () => {
    expect(words.t('login.title')).toBe('Sign in')
  })

  test('get their values, which are not looked into again', () => {
    expect(words.t('flow.signed-in', { name: '$& {name} <b>' })).toContain('$& {name} <b>')
  })

  test('keep a name without a value', () => {
    expect(words.t('flow.signed-in')).toContain('{name}')
  })

  test('are never empty', () => {
    expect(Object.entries(en).filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

describe('the words of Kratos', () => {
  test.each([
    [4000006, 'The provided credentials are invalid'],
    [99999999, 'A message of the future'],
  ])('message %i is shown as Kratos wrote it', (id, text) => {
    expect(words.text({ id, text, type: 'error' } as UiText)).toBe(text)
  })

  test('none is reworded in English: tests and support pages quote them', () => {
    expect(Object.keys(en).filter((key) => /^\d+$/.test(key))).toEqual([])
  })
})

describe('a point in time', () => {
  test('names its time zone', () => {
    expect(words.date('2026-02-03T16:05:59+01:00')).toMatch(/^February 3, 2026 at 3:05\sPM UTC$/)
  })

  test('that is none does not break the page', () => {
    expect(words.date('soon')).toBe('soon')
  })
})
