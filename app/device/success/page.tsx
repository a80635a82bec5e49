import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { hasHydra } from '#lib/hydra/client.ts'
import { NotHere } from '../../not-here.tsx'
import { getWords } from '../../words.ts'

/** Where Hydra sends people once their device may sign in. */
export default async function DeviceSuccessPage() {
  if (!hasHydra()) return <NotHere />
  const words = await getWords()
  return (
    <Card title={words.t('device.success.title')}>
      <p>{words.t('device.success')}</p>
      <Links words={words} links={[{ href: '/applications', label: 'link.applications' }]} />
    </Card>
  )
}
