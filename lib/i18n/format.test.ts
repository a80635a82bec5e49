import { describe, expect, test } from 'vitest'
import { type Forms, format } from '#lib/i18n/format.ts'
import { placesOf } from '../../tools/testing/places-of.ts'

const formsOf = (locale: string): Forms => ({
  plurals: new Intl.PluralRules(locale),
  numbers: new Intl.NumberFormat(locale),
})

const put = (text: string, values: Record<string, string | number> = {}, locale = 'en') =>
  format(text, formsOf(locale), (name) => values[name])

test.each<[string, Record<string, string | number>, string]>([
  ['no place', {}, 'no place'],
  ['{a} and {a}', { a: 'x' }, 'x and x'],
  ['{a}', { a: '{b} $& {a}', b: 'never' }, '{b} $& {a}'],
  ['{a}', {}, '{a}'],
  ['{min_length}, {a-b}', { min_length: 8, 'a-b': 'c' }, '8, c'],
  ['{n}', { n: 12345 }, '12,345'],
  ['{not a name}', {}, '{not a name}'],
])('%j with %j is %j', (text, values, expected) => {
  expect(put(text, values)).toBe(expected)
})

describe('plurals', () => {
  const POLISH = '{n, plural, one {# sekunda} few {# sekundy} many {# sekund} other {# sekundy}}'
  const ARABIC = '{n, plural, zero {لا ثوان} one {ثانية} two {ثانيتان} few {# ثوان} many {# ثانية} other {# ثانية}}'
  test.each<[string, string, number, string]>([
    ['en', '{n, plural, one {# second} other {# seconds}}', 1, '1 second'],
    ['en', '{n, plural, one {# second} other {# seconds}}', 2, '2 seconds'],
    ['en', '{n, plural, =0 {none} one {# second} other {# seconds}}', 0, 'none'],
    ['en', '{n,plural,one{# second}other{# seconds}}', 1, '1 second'],
    ['pl', POLISH, 1, '1 sekunda'],
    ['pl', POLISH, 3, '3 sekundy'],
    ['pl', POLISH, 5, '5 sekund'],
    ['ar', ARABIC, 0, 'لا ثوان'],
    ['ar', ARABIC, 2, 'ثانيتان'],
    ['ja', '{n, plural, other {#秒}}', 1, '1秒'],
    ['en', '{n, plural, one {# day} other {# days}}', 1234, '1,234 days'],
    ['en', 'in {n, plural, other {# {unit} or so}}!', 2, 'in 2 days or so!'],
    ['en', '{n, plural, other {days}}', 2, 'days'],
    ['en', '{n, plural, one {only one}}', 2, ''],
  ])('%s: %s with %i is %s', (locale, text, n, expected) => {
    expect(put(text, { n, unit: 'days' }, locale)).toBe(expected)
  })

  test('a number that came as text counts as well', () => {
    expect(put('{n, plural, one {# day} other {# days}}', { n: '1' })).toBe('1 day')
  })
})

test('the places of a text, with the cases of plurals and what is in them', () => {
  const text = '{a}, {n, plural, one {# {b}} =0 {no} other {# of {a}}}'
  expect(Object.fromEntries(placesOf(text))).toEqual({ a: [], n: ['one', '=0', 'other'], b: [] })
})
