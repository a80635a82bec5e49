import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { format } from '#lib/i18n/format.ts'
import { loadWords } from '#lib/i18n/index.ts'
import kratos from '#lib/i18n/kratos-english.json' with { type: 'json' }
import { ALL_LOCALES, LOCALES, type Locale } from '#lib/i18n/locales.ts'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }
import same from '#lib/i18n/same-as-english.json' with { type: 'json' }
import { placesOf } from '../../tools/testing/places-of.ts'

type Texts = Readonly<Record<string, string>>

/** Languages that are not written to the end yet: what is missing there is shown in English. */
const INCOMPLETE: readonly string[] = []

/** A fork's own words (docs/fork.md), which need not be in every language: they are shown in English there. */
const OWN: readonly string[] = []

/** Their places are filled in the browser, where there are no plurals. */
const FILLED_IN_THE_BROWSER = ['resend.seconds', 'codes.heading']

/** All that is to be translated: our own words and Kratos's. */
const ENGLISH: Texts = { ...kratos, ...en }
const SAME: Readonly<Record<string, readonly string[]>> = same

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'messages')
const FILES = globSync('*.json', { cwd: FOLDER }).map((file) => basename(file, '.json'))

const read = (locale: string): Texts => JSON.parse(readFileSync(join(FOLDER, `${locale}.json`), 'utf8'))
const namesIn = (text: string) => [...placesOf(text).keys()].sort()
const isBare = (text: string) => /^\{\w+\}$/.test(text)

/** The plural cases that whole numbers get in a language. */
function casesOf(locale: string): string[] {
  const rules = new Intl.PluralRules(locale)
  return [...new Set(Array.from({ length: 201 }, (_, count) => rules.select(count)))].sort()
}

test('the table of languages and the folder are the same', () => {
  expect(FILES.sort()).toEqual([...ALL_LOCALES].sort())
})

test('each language has a name, and a tag that is well-formed', () => {
  expect(ALL_LOCALES.filter((locale) => LOCALES[locale].trim() === '')).toEqual([])
  expect(Intl.getCanonicalLocales([...ALL_LOCALES])).toEqual(ALL_LOCALES)
})

test('the lists of exceptions name languages that there are', () => {
  expect([...Object.keys(SAME), ...INCOMPLETE].filter((locale) => !FILES.includes(locale))).toEqual([])
})

test.each(Object.entries({ en, 'kratos-english': kratos }) as [string, Texts][])(
  'the texts of %s are not empty, and each brace belongs to a place',
  (_name, texts) => {
    expect(Object.keys(texts).filter((key) => isBroken(texts[key] ?? ''))).toEqual([])
  },
)

test('the keys of Kratos are ids', () => {
  expect(Object.keys(kratos).filter((key) => !/^[1-5]\d{6}$/.test(key))).toEqual([])
})

/** Whether a text is empty, or has a brace that no place accounts for. */
function isBroken(text: string): boolean {
  const forms = { plurals: new Intl.PluralRules('en'), numbers: new Intl.NumberFormat('en') }
  return text.trim() === '' || /[{}]/.test(format(text, forms, () => 1))
}

const lacking = (locale: string) => {
  const texts = read(locale)
  return Object.keys(ENGLISH).filter((key) => !(key in texts) && !OWN.includes(key))
}

test('each language is whole, or listed as one that is not', () => {
  const translated = FILES.filter((locale) => locale !== 'en')
  expect(translated.filter((locale) => lacking(locale).length > 0)).toEqual([...INCOMPLETE].sort())
})

describe.each(FILES.filter((locale) => locale !== 'en'))('%s', (locale) => {
  const texts = read(locale)
  const keys = Object.keys(texts)

  test('is loaded', async () => {
    const words = await loadWords(locale as Locale)
    expect(words.locale).toBe(locale)
    expect(words.t('login.title')).toBe(texts['login.title'])
    expect(await loadWords(locale as Locale)).toBe(words)
  })

  test('has no key that there is not', () => {
    expect(keys.filter((key) => !(key in ENGLISH))).toEqual([])
  })

  test('has no empty text, and no stray brace', () => {
    expect(keys.filter((key) => isBroken(texts[key] ?? ''))).toEqual([])
  })

  test('has the places of our English texts', () => {
    const differ = keys.filter(
      (key) => key in en && `${namesIn(texts[key] ?? '')}` !== `${namesIn(ENGLISH[key] ?? '')}`,
    )
    expect(differ).toEqual([])
  })

  // Kratos names what people need not see, such as the property that is missing at its very field.
  test('has no places that a message of Kratos lacks', () => {
    const places = (key: string) => new Set(namesIn(ENGLISH[key] ?? ''))
    const wrong = keys.filter(
      (key) => key in kratos && namesIn(texts[key] ?? '').some((name) => !places(key).has(name)),
    )
    expect(wrong).toEqual([])
  })

  test('has all cases of its plurals', () => {
    const wrong = keys.filter((key) =>
      [...placesOf(texts[key] ?? '').values()].some(
        (cases) =>
          cases.length > 0 &&
          !casesOf(locale)
            .concat('other')
            .every((name) => cases.includes(name)),
      ),
    )
    expect(wrong).toEqual([])
  })

  test('has no plurals where the browser fills in', () => {
    const plural = FILLED_IN_THE_BROWSER.filter((key) => texts[key]?.includes('plural'))
    expect(plural).toEqual([])
  })

  test('repeats English only where the list says so', () => {
    const equal = keys.filter((key) => texts[key] === ENGLISH[key] && !isBare(texts[key] ?? ''))
    expect(equal.sort()).toEqual([...(SAME[locale] ?? [])].sort())
  })
})
