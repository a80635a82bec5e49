import { Card } from '#components/layout/card.tsx'
import { hasHydra } from '#lib/hydra/client.ts'
import { NotHere } from '../../not-here.tsx'
import { getWords } from '../../words.ts'

/** Where Hydra sends people once their device may sign in. */
export default async function DeviceSuccessPage() {
  if (!hasHydra()) return <NotHere />
  const { t } = await getWords()
  return (
    <Card title={t('device.success.title')}>
      <p>{t('device.success')}</p>
      <footer className="links">
        <p>
          <a href="/applications">{t('link.applications')}</a>
        </p>
      </footer>
    </Card>
  )
}
