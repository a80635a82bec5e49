import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { cookieValue } from '#lib/cookies.ts'
import { loadWords, type Words } from '#lib/i18n/index.ts'
import { chooseLocale } from '#lib/i18n/negotiate.ts'
import { getBrand } from './brand.ts'
import { getAsker, getTarget } from './target.ts'

/** The words for this request, in the language that it asks for, as its brand has them. */
export const getWords = cache(async (): Promise<Words> => {
  const list = await headers()
  const locale = chooseLocale({
    uiLocales: (await getAsker(await getTarget())).uiLocales,
    cookie: cookieValue(list.get('cookie'), 'locale'),
    acceptLanguage: list.get('accept-language'),
  })
  return loadWords(locale, (await getBrand()).texts[locale])
})
