import type { BrandView } from '#lib/branding/branding-file.ts'
import type { Words } from '#lib/i18n/index.ts'
import { ALL_LOCALES, isLocale, LOCALES } from '#lib/i18n/locales.ts'

type Props = {
  links: BrandView['links']
  /** path and query of the page that the language menu goes back to */
  target: string
  words: Words
}

const LABELS = { terms: 'application.terms', privacy: 'application.policy', support: 'link.support' } as const

/**
 * Under each page: the operator's links, and the way to the menu of languages and themes. A link and no form: a flow's page has one submit
 * button of Kratos's, and no other (docs/decisions/0031). Nothing where there is nothing to choose.
 */
export function PageFooter({ links, target, words: { locale, t } }: Props) {
  const given = (['terms', 'privacy', 'support'] as const).filter((name) => links[name])
  const hasMenu = ALL_LOCALES.length > 1 && isLocale(locale) && !target.startsWith('/preferences')
  if (given.length === 0 && !hasMenu) return null
  const menu = `/preferences?back=${encodeURIComponent(target)}`
  return (
    <footer className="page-footer">
      {given.map((name) => (
        <a key={name} href={links[name]}>
          {t(LABELS[name])}
        </a>
      ))}
      {hasMenu && (
        <>
          <a href={menu} data-testid="language-link">
            {t('link.language')}: {LOCALES[locale]}
          </a>
          <a href={`${menu}#theme`}>{t('theme.title')}</a>
        </>
      )}
    </footer>
  )
}
