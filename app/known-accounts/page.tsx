import { Card } from '#components/layout/card.tsx'
import { ItemButton } from '#components/layout/item-button.tsx'
import { Links } from '#components/layout/links.tsx'
import { env } from '#lib/env.ts'
import { NotHere } from '../not-here.tsx'
import { getKnownAccounts } from '../request.ts'
import { getWords } from '../words.ts'

/** Who signed in on this device before, to be forgotten: one, or all (app/known-accounts/forget/route.ts). */
export default async function KnownAccountsPage() {
  if (!env().REMEMBER_ACCOUNTS) return <NotHere />
  const [accounts, words] = [await getKnownAccounts(), await getWords()]
  const { t } = words
  return (
    <Card title={t('known.title')}>
      {accounts.length === 0 ? (
        <p>{t('known.none')}</p>
      ) : (
        <>
          <p>{t('known.manage.text')}</p>
          <form className="form" action="/known-accounts/forget" method="post">
            {accounts.map(({ name }) => (
              <p className="identifier" key={name}>
                <bdi>{name}</bdi>
                <ItemButton look="link-button" name="account" value={name} label={t('known.forget')} of={name} />
              </p>
            ))}
            <button className="button button-danger" type="submit" name="all" value="1">
              {t('known.forget.all')}
            </button>
          </form>
        </>
      )}
      <Links words={words} links={[{ href: '/login', label: 'link.login' }]} />
    </Card>
  )
}
