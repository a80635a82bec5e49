import { ALL_LOCALES, DEFAULT_LOCALE, isLocale, type Locale } from '#lib/i18n/locales.ts'

/** More than anybody speaks: the rest of a header is not looked at. */
const MAX_RANGES = 20

/**
 * The languages of an Accept-Language header, the best first.
 *
 * @param header as the browser sent it
 * @returns language ranges without those of weight 0 and `*`
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 */
export function acceptedRanges(header: string | null | undefined): string[] {
  const weighted = (header ?? '').split(',', MAX_RANGES).map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim())
    const weight = parameters.find((parameter) => /^q=/i.test(parameter))
    return { range, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
  })
  return weighted
    .filter(({ range, weight }) => weight > 0 && /^[a-z]{2,8}(-[a-z\d]{1,8})*$/i.test(range))
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range)
}

/** Other names of languages that we have: old tags, and those of one that stands for several. */
const ALIASES: Readonly<Record<string, string>> = {
  cmn: 'zh',
  in: 'id',
  iw: 'he',
  mo: 'ro',
  nn: 'nb',
  no: 'nb',
  sh: 'sr',
  yue: 'zh-hant',
}

/**
 * Finds the first language that we have: "lookup" of RFC 4647, section 3.4. `de-AT` gets `de`; of Chinese, the script
 * decides, which the region stands for where it is not named.
 *
 * @param ranges language ranges, the best first
 * @param locales the languages that there are
 */
export function lookup<Tag extends string = Locale>(
  ranges: readonly string[],
  locales = ALL_LOCALES as readonly string[] as readonly Tag[],
): Tag | undefined {
  for (const range of ranges) {
    const subtags = withScript(range.toLowerCase()).split('-')
    while (subtags.length > 0) {
      const tag = subtags.join('-')
      const found = locales.find((locale) => locale.toLowerCase() === tag)
      if (found) return found
      subtags.pop()
      // A single letter opens an extension, and says nothing by itself.
      if (subtags.at(-1)?.length === 1) subtags.pop()
    }
  }
  return undefined
}

function withScript(range: string): string {
  const [language = '', ...rest] = range.split('-')
  const known = [ALIASES[language] ?? language, ...rest].join('-')
  if (!/^zh\b/.test(known)) return known
  return /^zh-(hant|tw|hk|mo)\b/.test(known) ? 'zh-hant' : 'zh-hans'
}

/** What the request says about the language that somebody wants. */
export type Wishes = {
  /** `ui_locales` of the application that this is for */
  uiLocales?: readonly string[] | undefined
  /** what the menu left: see {@link choiceOf} */
  cookie?: string | undefined
  acceptLanguage?: string | null | undefined
}

/**
 * The language for a request: what the application asks for, else what the person chose, else what the browser says, else
 * English. A choice that was made although the application asked holds against it from then on (docs/decisions/0030).
 */
export function chooseLocale({ uiLocales, cookie, acceptLanguage }: Wishes): Locale {
  const asked = uiLocales && lookup(uiLocales)
  const { locale, instead } = readChoice(cookie)
  if (asked && !(locale && asked === instead)) return asked
  return locale ?? lookup(acceptedRanges(acceptLanguage)) ?? DEFAULT_LOCALE
}

/**
 * The value of the cookie for a choice of the menu.
 *
 * @param locale what was chosen
 * @param uiLocales what the application asks for on the page that the menu was opened from
 * @returns such as `ar`, or `ar.de` for "Arabic, where German is asked for"
 */
export function choiceOf(locale: Locale, uiLocales: readonly string[] | undefined): string {
  const asked = uiLocales && lookup(uiLocales)
  return asked ? `${locale}.${asked}` : locale
}

function readChoice(cookie: string | undefined): { locale?: Locale; instead?: string | undefined } {
  const [locale, instead] = cookie?.split('.') ?? []
  return isLocale(locale) ? { locale, instead } : {}
}
