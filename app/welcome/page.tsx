import type { Session } from '@ory/client'
import { SessionFacts } from '#components/account/session-facts.tsx'
import { Card } from '#components/layout/card.tsx'
import { Notice } from '#components/layout/notice.tsx'
import { getWords, type Words } from '#lib/i18n/index.ts'
import { startUrl } from '#lib/kratos/flows.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { getCaller, getStartNote, goTo, type SearchParams, single } from '../request.ts'
import { Unavailable } from '../unavailable.tsx'

/** Where people land: who is signed in, and what can be done. */
export default async function WelcomePage({ searchParams }: { searchParams: SearchParams }) {
  const [caller, query, words] = [await getCaller(), await searchParams, getWords()]
  const result = await getSession(caller)
  switch (result.kind) {
    case 'none':
      return <SignedOut words={words} />
    case 'aal2':
      return goTo(startUrl('login', { aal: 'aal2' }))
    case 'unavailable':
      return <Unavailable here="/welcome" caller={caller} />
    case 'session':
      return (
        <SignedIn
          session={result.session}
          words={words}
          returnTo={single(query.return_to)}
          refused={await wasRefused(result.session)}
        />
      )
  }
}

/** Kratos sends a signed-in person who asks for one of these here without a word: say why. */
const REFUSED = ['login', 'registration', 'recovery'] as const
const JUST_NOW = 5_000

async function wasRefused(session: Session): Promise<boolean> {
  const notes = await Promise.all(REFUSED.map(getStartNote))
  const since = new Date(session.authenticated_at ?? 0).getTime()
  return notes.some((note) => {
    const start = note?.starts[0]
    const isStepUp = start?.params.refresh ?? start?.params.aal
    return start && !isStepUp && start.at > since && Date.now() - start.at < JUST_NOW
  })
}

type SignedInProps = { session: Session; words: Words; returnTo: string | undefined; refused: boolean }

function SignedIn({ session, words, returnTo, refused }: SignedInProps) {
  const { t } = words
  return (
    <Card title={t('welcome.title.named')}>
      {refused && <Notice>{t('welcome.already')}</Notice>}
      <SessionFacts session={session} words={words} />
      <nav className="actions-list">
        <a className="button button-primary" href="/settings">
          {t('link.settings')}
        </a>
        <a className="button button-secondary" href="/sessions">
          {t('link.sessions')}
        </a>
        <span data-testid="logout">
          <a className="button button-secondary" href={logoutUrl(returnTo)}>
            {t('link.logout')}
          </a>
        </span>
      </nav>
    </Card>
  )
}

function SignedOut({ words }: { words: Words }) {
  const { t } = words
  return (
    <Card title={t('welcome.title')}>
      <p>{t('welcome.signed-out')}</p>
      <nav className="actions-list">
        <a className="button button-primary" href="/login">
          {t('link.login')}
        </a>
        <a className="button button-secondary" href="/registration">
          {t('link.registration')}
        </a>
      </nav>
      <footer className="links">
        <p>
          <a href="/recovery">{t('link.recovery')}</a>
        </p>
        <p>
          <a href="/verification">{t('link.verification')}</a>
        </p>
      </footer>
    </Card>
  )
}
