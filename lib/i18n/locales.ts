import names from '#lib/i18n/locales.json' with { type: 'json' }

/** The languages that there are: for each file in messages/, its name in its own language, as the menu shows it. By tag. */
export const LOCALES = names

/** A language that there is a catalogue of: a BCP 47 tag. */
export type Locale = keyof typeof LOCALES

/** All of them. */
export const ALL_LOCALES = Object.keys(LOCALES) as readonly Locale[]

/** What is shown when no other language is asked for, and in the place of a missing text. */
export const DEFAULT_LOCALE = 'en' satisfies Locale

/** Whether a tag, as a cookie or a form brings it, is one of ours. */
export function isLocale(tag: unknown): tag is Locale {
  return typeof tag === 'string' && Object.hasOwn(LOCALES, tag)
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur'])

/** The direction that a language is written in. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.split('-', 1)[0] ?? '') ? 'rtl' : 'ltr'
}
