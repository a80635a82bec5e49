import { Card } from '#components/layout/card.tsx'
import { getWords } from './words.ts'

/** Kept small: Next serialises it into every page. */
export default async function NotFound() {
  const { t } = await getWords()
  return (
    <Card title={t('not-found.title')}>
      <p>{t('not-found.text')}</p>
      <a className="button button-primary" href="/">
        {t('link.home')}
      </a>
    </Card>
  )
}
