import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { cookieValue, LOCALE_COOKIE } from '#lib/cookies.ts'
import { loadWords, type Words } from '#lib/i18n/index.ts'
import { chooseLocale } from '#lib/i18n/negotiate.ts'
import { uiLocalesOf } from '#lib/kratos/application.ts'
import { getBrand } from './brand.ts'
import { getTarget, getTargetFlow } from './target.ts'

/** The words for this request, in the language that it asks for, as its brand has them. */
export const getWords = cache(async (): Promise<Words> => {
  const list = await headers()
  const locale = chooseLocale({
    uiLocales: await getUiLocales(await getTarget()),
    cookie: cookieValue(list.get('cookie'), LOCALE_COOKIE),
    acceptLanguage: list.get('accept-language'),
  })
  return loadWords(locale, (await getBrand()).texts[locale])
})

/**
 * The languages that an application asks for, on the page of a login or registration that is for one.
 *
 * @param target path and query of the page
 */
export async function getUiLocales(target: string): Promise<readonly string[] | undefined> {
  const flow = await getTargetFlow(target)
  return flow && uiLocalesOf(flow)
}
