import type { Session } from '@ory/client'
import { OtherSession, SessionFacts } from '#components/account/session-facts.tsx'
import { FlowProblem } from '#components/flow/flow-problem.tsx'
import { Card } from '#components/layout/card.tsx'
import { env } from '#lib/env.ts'
import { getWords, type Words } from '#lib/i18n/index.ts'
import { returnToUs } from '#lib/kratos/browser-url.ts'
import { startUrl } from '#lib/kratos/flows.ts'
import { getOtherSessions, getSession } from '#lib/kratos/get-session.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { setStatus } from '#lib/page-status.ts'
import { problemOf } from '../problem.ts'
import { getCaller, goTo } from '../request.ts'

/** This session and the others of the signed-in person. Kratos's list leaves out the current one. */
export default async function SessionsPage() {
  const [caller, words] = [await getCaller(), getWords()]
  const [result, others] = await Promise.all([getSession(caller), getOtherSessions(caller)])
  switch (result.kind) {
    case 'none':
      return goTo(startUrl('login', { return_to: returnToUs(env(), '/sessions') }))
    case 'aal2':
      return goTo(startUrl('login', { aal: 'aal2', return_to: returnToUs(env(), '/sessions') }))
    case 'unavailable': {
      setStatus(503)
      const view = problemOf({ kind: 'problem', problem: 'unavailable', status: 503 }, 'login', '/sessions')
      return <FlowProblem {...view} requestId={caller.requestId} words={words} />
    }
    case 'session':
      return <Sessions current={result.session} others={others} words={words} />
  }
}

type Props = { current: Session; others: Session[] | undefined; words: Words }

function Sessions({ current, others, words }: Props) {
  const { t } = words
  return (
    <Card title={t('sessions.title')} wide>
      <section className="section">
        <h3>{t('sessions.current')}</h3>
        <SessionFacts session={current} words={words} />
        <details>
          <summary>{t('sessions.raw')}</summary>
          <pre>{JSON.stringify(current, null, 2)}</pre>
        </details>
      </section>
      <section className="section">
        <h3>{t('sessions.others')}</h3>
        {others === undefined && <p>{t('sessions.unavailable')}</p>}
        {others?.length === 0 && <p>{t('sessions.none')}</p>}
        {others?.map((session) => (
          <OtherSession key={session.id} session={session} words={words} />
        ))}
      </section>
      <footer className="links">
        <p>
          <a href="/settings">{t('link.settings')}</a>
        </p>
        <p>
          <a href={logoutUrl(undefined)}>{t('link.logout')}</a>
        </p>
      </footer>
    </Card>
  )
}
