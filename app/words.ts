import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { cookieValue, LOCALE_COOKIE } from '#lib/cookies.ts'
import { loadWords, type Words } from '#lib/i18n/index.ts'
import { chooseLocale } from '#lib/i18n/negotiate.ts'
import { uiLocalesOf } from '#lib/kratos/application.ts'
import { ownTarget, REQUEST_TARGET, targetUrl } from '#lib/request-target.ts'
import { getFlowData } from './flow-data.ts'

/** The words for this request, in the language that it asks for. */
export const getWords = cache(async (): Promise<Words> => {
  const list = await headers()
  return loadWords(
    chooseLocale({
      uiLocales: await getUiLocales(await getTarget()),
      cookie: cookieValue(list.get('cookie'), LOCALE_COOKIE),
      acceptLanguage: list.get('accept-language'),
    }),
  )
})

/** Path and query of this page, as the entry tells them; `/` on hosts without the entry. */
export async function getTarget(): Promise<string> {
  return ownTarget((await headers()).get(REQUEST_TARGET))
}

/**
 * The languages that an application asks for, on the page of a login or registration that is for one. The flow is asked
 * for once a request, so this costs such a page nothing.
 *
 * @param target path and query of the page; of the language menu, what it goes back to counts
 */
export async function getUiLocales(target: string): Promise<readonly string[] | undefined> {
  const { pathname, searchParams } = targetUrl(target)
  if (pathname === '/preferences') return getUiLocales(ownTarget(searchParams.get('back')))
  const type = pathname.slice(1)
  const id = searchParams.get('flow')
  if (!id || (type !== 'login' && type !== 'registration')) return undefined
  const [result] = await getFlowData(type, id)
  return result.kind === 'flow' ? uiLocalesOf(result.flow) : undefined
}
