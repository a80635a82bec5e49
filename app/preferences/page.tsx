import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { ALL_LOCALES, directionOf, LOCALES } from '#lib/i18n/locales.ts'
import { backTarget } from '#lib/request-target.ts'
import { type SearchParams, single } from '../request.ts'
import { getWords } from '../words.ts'

/** The language menu, with the way back to the page that it was opened from (app/preferences/language/route.ts). */
export default async function PreferencesPage({ searchParams }: { searchParams: SearchParams }) {
  const back = backTarget(single((await searchParams).back))
  const words = await getWords()
  return (
    <Card title={words.t('link.language')} wide>
      <form className="languages" action="/preferences/language" method="post">
        <input type="hidden" name="back" value={back} readOnly />
        {ALL_LOCALES.map((locale) => (
          <button
            key={locale}
            className="button button-secondary"
            type="submit"
            name="locale"
            value={locale}
            lang={locale}
            dir={directionOf(locale)}
            aria-current={locale === words.locale || undefined}
          >
            {LOCALES[locale]}
          </button>
        ))}
      </form>
      <Links words={words} links={[{ href: back, label: 'link.back', testId: 'back-link' }]} />
    </Card>
  )
}
