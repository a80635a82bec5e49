import type { Words } from '#lib/i18n/index.ts'
import { ALL_LOCALES, isLocale, LOCALES } from '#lib/i18n/locales.ts'

type Props = {
  /** path and query of the page that the menu goes back to */
  target: string
  words: Words
}

/**
 * The way to the language menu, under each page. A link and no form: a flow's page has one submit button of Kratos's, and no
 * other (docs/decisions/0031). Nothing where there is nothing to choose.
 */
export function LanguageLink({ target, words: { locale, t } }: Props) {
  if (ALL_LOCALES.length < 2 || !isLocale(locale) || target.startsWith('/preferences')) return null
  return (
    <footer className="language">
      <a href={`/preferences?back=${encodeURIComponent(target)}`} data-testid="language-link">
        {t('link.language')}: {LOCALES[locale]}
      </a>
    </footer>
  )
}
