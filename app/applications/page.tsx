import { ConnectedApplication } from '#components/account/connected-application.tsx'
import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { Notice } from '#components/layout/notice.tsx'
import { formToken } from '#lib/form-token.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import { getConnected } from '#lib/hydra/connected.ts'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { NotHere } from '../not-here.tsx'
import { getCaller, getFlash, goTo } from '../request.ts'
import { signInUrl } from '../sign-in-url.ts'
import { Unavailable } from '../unavailable.tsx'
import { getWords } from '../words.ts'

const HERE = '/applications'

/** The applications that have access to the account, which can be taken back (app/applications/revoke/route.ts). */
export default async function ApplicationsPage() {
  const [caller, words] = [await getCaller(), await getWords()]
  if (!hasHydra()) return <NotHere />
  const result = await getSession(caller)
  switch (result.kind) {
    case 'none':
    case 'aal2':
      return goTo(signInUrl(HERE, result.kind))
    case 'unavailable':
      return <Unavailable here={HERE} />
    case 'session': {
      const connected = await getConnected(result.session.identity?.id ?? '', caller.requestId)
      if (!connected) return <Unavailable here={HERE} who="hydra" />
      const flash = await getFlash('applications')
      return (
        <Card title={words.t('applications.title')} wide>
          {flash && <Notice>{words.t(`applications.${flash}` as MessageKey)}</Notice>}
          <Connections {...connected} token={await formToken('revoke', result.session.id)} words={words} />
          <Links
            words={words}
            links={[
              { href: '/settings', label: 'link.settings' },
              { href: logoutUrl(undefined), label: 'link.logout' },
            ]}
          />
        </Card>
      )
    }
  }
}

type Props = NonNullable<Awaited<ReturnType<typeof getConnected>>> & { token: string; words: Words }

function Connections({ applications, isAll, token, words }: Props) {
  const { t } = words
  return (
    <form className="form" action="/applications/revoke" method="post">
      <p>{t(applications.length > 0 ? 'applications.text' : 'applications.none')}</p>
      <input type="hidden" name="token" value={token} readOnly />
      {applications.map((connected) => (
        <ConnectedApplication key={connected.client} connected={connected} words={words} />
      ))}
      {!isAll && <p>{t('applications.more')}</p>}
      {/* Hydra does not list a consent whose time is over, though its tokens may live on: so this is always there. */}
      <div>
        <button className="button button-danger" type="submit" name="all" value="true">
          {t('applications.revoke-all')}
        </button>
        <p className="button-note">{t('applications.revoke-all.note')}</p>
      </div>
    </form>
  )
}
