import { Card } from '#components/layout/card.tsx'
import { getWords } from '#lib/i18n/index.ts'

/** Kept small: Next serialises it into every page. */
export default function NotFound() {
  const { t } = getWords()
  return (
    <Card title={t('not-found.title')}>
      <p>{t('not-found.text')}</p>
      <a className="button button-primary" href="/">
        {t('link.home')}
      </a>
    </Card>
  )
}
