import type { UiText } from '@ory/client'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }

/** A key of our own words, in lib/i18n/messages/en.json. */
export type MessageKey = keyof typeof en

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
 * Makes the words of a language. A catalogue may hold Kratos message ids as keys (`"1010001"`); English has none, because
 * existing tests and support pages quote Kratos's own English texts (docs/decisions/0007).
 */
function words(locale: string, dir: 'ltr' | 'rtl', catalogue: Catalogue): Words {
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return {
    locale,
    dir,
    t: (key, values = {}) =>
      (catalogue[key] ?? en[key]).replace(/\{([\w-]+)\}/g, (found, name: string) =>
        String(values[name] ?? found),
      ),
    text: (message) => catalogue[String(message.id)] ?? message.text,
    date: (iso) => (Number.isNaN(Date.parse(iso)) ? iso : `${dates.format(new Date(iso))} UTC`),
  }
}

const ENGLISH = words('en', 'ltr', en)

/** The words for a request. English is the only language so far. */
export function getWords(): Words {
  return ENGLISH
}
