import { describe, expect, test } from 'vitest'
import { acceptedRanges, choiceOf, chooseLocale, lookup } from '#lib/i18n/negotiate.ts'

/** All that are planned, so that the table does not hang on the files that are there. */
const PLANNED = [
  ...['ar', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu'],
  ...['id', 'it', 'ja', 'ko', 'lt', 'lv', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sr'],
  ...['sv', 'th', 'tr', 'uk', 'vi', 'zh-Hans', 'zh-Hant'],
]

describe('the languages that a header accepts', () => {
  test.each([
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de-AT de en'],
    ['en;q=0.1, ar ; q=0.9 , fr', 'fr ar en'],
    ['a;q=1,de;Q=0.5,*;q=0.1', 'de'],
    ['de;q=0,en', 'en'],
    ['de;q=x,en', 'en'],
    ['da;q=0.5,nb;q=0.5', 'da nb'],
    ['*', ''],
    ['', ''],
    [null, ''],
    ['<script>,de--AT,../de, zh_TW', ''],
    [Array(20).fill('xx').concat('de').join(), Array(20).fill('xx').join(' ')],
  ])('%j: %s', (header, expected) => {
    expect(acceptedRanges(header).join(' ')).toBe(expected)
  })
})

describe('the first of these that there is', () => {
  test.each([
    ['de', 'de'],
    ['DE-de', 'de'],
    ['de-AT-1996', 'de'],
    ['xx de', 'de'],
    ['en-GB de', 'en'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-Hant-HK', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-Hans-TW', 'zh-Hans'],
    ['yue', 'zh-Hant'],
    ['cmn-TW', 'zh-Hant'],
    ['pt', 'pt'],
    ['pt-PT', 'pt'],
    ['pt-BR', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['pt-AO', 'pt'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['nb', 'nb'],
    ['iw', 'he'],
    ['in', 'id'],
    ['in-ID', 'id'],
    ['mo', 'ro'],
    ['sr-Latn-RS', 'sr'],
    ['sh', 'sr'],
    ['es-419', 'es'],
    ['de-x-de en', 'de'],
    ['fil', undefined],
    ['tl fr', 'fr'],
    ['d', undefined],
    ['zhx', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ])('of %s is %s', (ranges, expected) => {
    expect(lookup(ranges.split(' '), PLANNED)).toBe(expected)
  })

  test('needs not be Portuguese of Portugal', () => {
    expect(lookup(['pt-BR', 'en'], ['en', 'pt'])).toBe('pt')
  })
})

describe('the language for a request', () => {
  const acceptLanguage = 'de-CH,en;q=0.5'
  test.each([
    ['nothing', {}, 'en'],
    ['a language that there is not', { acceptLanguage: 'xx' }, 'en'],
    ['the browser', { acceptLanguage }, 'de'],
    ['the cookie before the browser', { cookie: 'ar', acceptLanguage }, 'ar'],
    ['the application before both', { uiLocales: ['en'], cookie: 'ar', acceptLanguage }, 'en'],
    ['the first that there is of the application', { uiLocales: ['xx', 'ar-EG', 'en'] }, 'ar'],
    ['an application that asks for none of ours', { uiLocales: ['xx'], cookie: 'ar' }, 'ar'],
    ['an application that asks for none', { uiLocales: [], acceptLanguage }, 'de'],
    ['a choice against what is asked for', { uiLocales: ['de'], cookie: 'ar.de' }, 'ar'],
    ['that choice, where something else is asked for', { uiLocales: ['en'], cookie: 'ar.de' }, 'en'],
    ['that choice, where nothing is asked for', { cookie: 'ar.de', acceptLanguage }, 'ar'],
    ['a cookie with an unknown language', { cookie: 'xx', acceptLanguage }, 'de'],
    ['an unknown language against what is asked for', { uiLocales: ['ar'], cookie: 'xx.ar' }, 'ar'],
    ['a cookie with anything', { cookie: '__proto__', acceptLanguage }, 'de'],
    ['an empty cookie', { cookie: '', acceptLanguage }, 'de'],
    ['a cookie with a path', { cookie: '../../en', acceptLanguage }, 'de'],
  ] as const)('%s', (_name, wishes, expected) => {
    expect(chooseLocale(wishes)).toBe(expected)
  })

  test.each([
    [undefined, 'ar'],
    [[], 'ar'],
    [['xx'], 'ar'],
    [['de-AT', 'en'], 'ar.de'],
    [['ar'], 'ar.ar'],
  ])('a choice where %j is asked for is kept, and holds there', (uiLocales, expected) => {
    expect(choiceOf('ar', uiLocales)).toBe(expected)
    expect(chooseLocale({ uiLocales, cookie: expected })).toBe('ar')
  })
})
