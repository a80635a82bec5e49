import type { UiText } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { makeWords, ENGLISH as words } from '#lib/i18n/index.ts'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }

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

describe('a catalogue', () => {
  const german = makeWords('de', {
    'flow.signed-in': 'Angemeldet als {name}.',
    'method.password': 'Passwort',
    'problem.too-many-requests.seconds': '{seconds, plural, one {# Sekunde} other {# Sekunden}}',
    '1010002': 'Mit {provider} anmelden',
    '1070002': '{title}',
    '4000017': 'Höchstens {max_length, plural, one {# Zeichen} other {# Zeichen}}',
    '4000028': '{credential_identifier_hint}: {available_credential_types}',
    '4010001': 'Abgelaufen: {expired_at}',
  })
  const arabic = makeWords('ar', { 'flow.signed-in': 'مرحبا {name}.', '1050006': '{secret}' })
  const message = (id: number, context?: object) => ({ id, text: `Kratos ${id}`, context, type: 'info' }) as UiText

  test('words what is in it, with plurals', () => {
    expect(german.t('flow.signed-in', { name: 'a@b' })).toBe('Angemeldet als a@b.')
    expect(german.t('problem.too-many-requests.seconds', { seconds: 1 })).toBe('1 Sekunde')
    expect(german.t('problem.too-many-requests.seconds', { seconds: 1234 })).toBe('1.234 Sekunden')
  })

  test('leaves to English what it lacks', () => {
    expect(german.t('login.title')).toBe('Sign in')
  })

  test('leaves to Kratos what it lacks', () => {
    expect(german.text(message(4000006))).toBe('Kratos 4000006')
  })

  test.each<[number, object | undefined, string]>([
    [1010002, { provider: 'Google', provider_id: 'google' }, 'Mit Google anmelden'],
    [1010002, { provider: '{provider_id}', provider_id: 'x' }, 'Mit {provider_id} anmelden'],
    [1010002, {}, 'Kratos 1010002'],
    [1010002, undefined, 'Kratos 1010002'],
    [1010002, { provider: '' }, 'Kratos 1010002'],
    [1010002, { provider: { odd: true } }, 'Kratos 1010002'],
    [4000017, { max_length: 8, actual_length: 9 }, 'Höchstens 8 Zeichen'],
    [4000017, {}, 'Kratos 4000017'],
    [
      4000028,
      { credential_identifier_hint: 'a@b', available_credential_types: ['password', 'x'] },
      'a@b: Passwort oder x',
    ],
    [4000028, { credential_identifier_hint: 'a@b', available_credential_types: [] }, 'Kratos 4000028'],
    [4010001, { expired_at: '2026-02-03T16:05:59Z' }, 'Abgelaufen: 3. Februar 2026 um 16:05 UTC'],
    [1070002, { title: 'E-Mail' }, 'Kratos 1070002'],
  ])('message %i with %j is %s', (id, context, expected) => {
    expect(german.text(message(id, context))).toBe(expected)
  })

  test('keeps what is put in from turning a line that runs from right to left', () => {
    expect(arabic.dir).toBe('rtl')
    expect(arabic.t('flow.signed-in', { name: 'a@b' })).toBe('مرحبا \u2068a@b\u2069.')
  })

  test('leaves a secret as it is', () => {
    expect(arabic.text(message(1050006, { secret: 'ABC' }))).toBe('Kratos 1050006')
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
