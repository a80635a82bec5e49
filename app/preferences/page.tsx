import type { ReactNode } from 'react'
import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { ALL_LOCALES, directionOf, LOCALES } from '#lib/i18n/locales.ts'
import { backTarget } from '#lib/request-target.ts'
import { type SearchParams, single } from '../request.ts'
import { getTheme } from '../theme.ts'
import { getWords } from '../words.ts'

/** The menu of languages and themes, with the way back to where it was opened (app/preferences/choice/route.ts). */
export default async function PreferencesPage({ searchParams }: { searchParams: SearchParams }) {
  const back = backTarget(single((await searchParams).back))
  const [words, chosen] = [await getWords(), (await getTheme()) ?? 'system']
  return (
    <Card title={words.t('link.language')} wide>
      <form className="languages" action="/preferences/choice" method="post">
        <input type="hidden" name="back" value={back} readOnly />
        {ALL_LOCALES.map((locale) => (
          <Choice key={locale} name="locale" value={locale} now={words.locale} lang={locale} dir={directionOf(locale)}>
            {LOCALES[locale]}
          </Choice>
        ))}
        <h3 id="theme">{words.t('theme.title')}</h3>
        {(['system', 'light', 'dark'] as const).map((theme) => (
          <Choice key={theme} name="theme" value={theme} now={chosen}>
            {words.t(`theme.${theme}`)}
          </Choice>
        ))}
      </form>
      <Links words={words} links={[{ href: back, label: 'link.back', testId: 'back-link' }]} />
    </Card>
  )
}

type Props = { name: string; value: string; now: string; lang?: string; dir?: 'ltr' | 'rtl'; children: ReactNode }

function Choice({ now, children, ...button }: Props) {
  const isChosen = button.value === now || undefined
  return (
    <button {...button} className="button button-secondary" type="submit" aria-current={isChosen}>
      {children}
    </button>
  )
}
