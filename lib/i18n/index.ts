import type { UiText } from '@ory/client'
import { type Forms, format } from '#lib/i18n/format.ts'
import { DEFAULT_LOCALE, directionOf, type Locale } from '#lib/i18n/locales.ts'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }

/** A key of our own words, in lib/i18n/messages/en.json. */
export type MessageKey = keyof typeof en

/** Whether there are words of ours under a key, such as one made of a name that Kratos gives. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}

/** The words of one language. */
export type Words = {
  /** a BCP 47 tag, for `lang` and Intl */
  locale: string
  dir: 'ltr' | 'rtl'
  /** our own words; `{name}` is replaced by the value of that name */
  t: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string
  /** a message or label of Kratos: by its id where the catalogue rewords it, else Kratos's own text */
  text: (message: UiText) => string
  /** a point in time, for people; what is none comes back as it is */
  date: (iso: string) => string
}

type Catalogue = Readonly<Record<string, string>>

/**
 * Makes the words of a language. A catalogue may hold Kratos message ids as keys (`"1010001"`), whose texts may have places
 * for what stands in the message's context; English has none, because existing tests and support pages quote Kratos's own
 * English texts (docs/decisions/0007). What is missing is English, and then Kratos's own.
 */
export function makeWords(locale: string, catalogue: Catalogue): Words {
  const texts: Catalogue & typeof en = { ...en, ...catalogue }
  const dir = directionOf(locale)
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const lists = new Intl.ListFormat(locale, { type: 'disjunction' })
  const forms: Forms = {
    plurals: new Intl.PluralRules(locale),
    numbers: new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }),
  }
  const date = (iso: string) => (Number.isNaN(Date.parse(iso)) ? iso : `${dates.format(new Date(iso))} UTC`)
  // Where lines run from right to left, a name or an address must not turn the words around it.
  const isolate = (value: string) => (dir === 'rtl' ? `\u2068${value}\u2069` : value)
  const shown = (name: string, value: unknown): string | number | undefined => {
    if (typeof value === 'number') return value
    if (typeof value === 'string' && value) return isolate(name.endsWith('_at') ? date(value) : value)
    if (!Array.isArray(value) || value.length === 0) return undefined
    // Credential types are among the methods that have a name here.
    return isolate(lists.format(value.map((item) => texts[`method.${item}`] ?? String(item))))
  }
  return {
    locale,
    dir,
    t: (key, values = {}) => format(texts[key], forms, (name) => shown(name, values[name])),
    text: ({ id, text, context }) => {
      const own = texts[id]
      // A value and nothing else is not for us to word: a title of the operator's, a secret, a reason.
      if (own === undefined || /^\{\w+\}$/.test(own)) return text
      const values = (context ?? {}) as Readonly<Record<string, unknown>>
      let complete = true
      const reworded = format(own, forms, (name) => {
        const value = shown(name, values[name])
        complete &&= value !== undefined
        return value
      })
      return complete ? reworded : text
    },
    date,
  }
}

/** English, which is always at hand. */
export const ENGLISH = makeWords(DEFAULT_LOCALE, en)

const catalogues = new Map<Locale, Promise<Catalogue>>([[DEFAULT_LOCALE, Promise.resolve(en)]])
/** By the texts of a brand, which live as long as it does, else by the catalogue. */
const made = new WeakMap<Catalogue, Words>([[en, ENGLISH]])

/**
 * The words of a language. Its catalogue is read when somebody asks for it first, and then kept.
 *
 * @param texts what a brand says in that language in place of the catalogue; always the same object
 */
export async function loadWords(locale: Locale, texts?: Catalogue): Promise<Words> {
  const reading = catalogues.get(locale) ?? readCatalogue(locale)
  catalogues.set(locale, reading)
  const catalogue = await reading
  const words = made.get(texts ?? catalogue) ?? makeWords(locale, { ...catalogue, ...texts })
  made.set(texts ?? catalogue, words)
  return words
}

async function readCatalogue(locale: Locale): Promise<Catalogue> {
  const { default: catalogue } = await import(`./messages/${locale}.json`, { with: { type: 'json' } })
  return catalogue
}
