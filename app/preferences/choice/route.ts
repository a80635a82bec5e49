import { ourCookie } from '#lib/cookies.ts'
import { isLocale } from '#lib/i18n/locales.ts'
import { choiceOf } from '#lib/i18n/negotiate.ts'
import { backTarget } from '#lib/request-target.ts'
import { readForm } from '../../form.ts'
import { seeOther } from '../../see-other.ts'
import { getAsker } from '../../target.ts'
import { themeOf } from '../../theme.ts'

/** How long a choice is kept, in seconds. */
const YEAR = 31_536_000

/** Somebody who opens the address itself. */
export const GET = () => seeOther('/preferences')

/**
 * Keeps what was chosen on app/preferences/page.tsx, and goes back to where the menu was opened. It acts on nobody's account, so
 * it asks for no token; but what a browser says comes from another site changes nothing (docs/decisions/0031 and 0037).
 */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request)
  const [locale, theme, back] = [form.get('locale'), themeOf(form.get('theme')), backTarget(form.get('back'))]
  const response = seeOther(back)
  if ((request.headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') return response
  if (isLocale(locale))
    response.cookies.set(ourCookie('locale', choiceOf(locale, (await getAsker(back)).uiLocales), YEAR))
  // Empty: the device decides again.
  if (theme || form.get('theme') === 'system') response.cookies.set(ourCookie('theme', theme ?? '', YEAR))
  return response
}
