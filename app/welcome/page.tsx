import type { Session } from '@ory/client'
import { AlreadySignedIn } from '#components/account/already-signed-in.tsx'
import { SessionFacts } from '#components/account/session-facts.tsx'
import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { env } from '#lib/env.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import type { Words } from '#lib/i18n/index.ts'
import { returnToUs } from '#lib/kratos/browser-url.ts'
import { startUrl } from '#lib/kratos/flows.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { getCaller, goTo, latestStarts, type SearchParams, single } from '../request.ts'
import { Unavailable } from '../unavailable.tsx'
import { getWords } from '../words.ts'

/** Where people land: who is signed in, and what can be done. */
export default async function WelcomePage({ searchParams }: { searchParams: SearchParams }) {
  const [caller, query, words] = [await getCaller(), await searchParams, await getWords()]
  const result = await getSession(caller)
  switch (result.kind) {
    case 'none':
      return <SignedOut words={words} />
    case 'aal2':
      return goTo(startUrl('login', { aal: 'aal2' }))
    case 'unavailable':
      return <Unavailable here="/welcome" />
    case 'session':
      return (
        <SignedIn
          session={result.session}
          words={words}
          returnTo={single(query.return_to)}
          refused={await refusedStart(result.session)}
        />
      )
  }
}

/** Kratos sends a signed-in person who asks for one of these here without a word: say why. */
const REFUSED = ['login', 'registration', 'recovery'] as const
const JUST_NOW = 5_000

/** What was asked for a moment ago, if that was not a step-up and the session was there before. */
async function refusedStart({ authenticated_at }: Session) {
  const since = new Date(authenticated_at ?? 0).getTime()
  return (await latestStarts(REFUSED)).find(
    ({ params, at }) => !params.refresh && !params.aal && at > since && Date.now() - at < JUST_NOW,
  )
}

type Refused = NonNullable<Awaited<ReturnType<typeof refusedStart>>>

function refusalOf({ type: asked, params: { return_to } }: Refused, words: Words) {
  const signOut = logoutUrl(returnToUs(env(), startUrl(asked, { return_to })))
  const settings = `${startUrl('settings', { return_to })}#settings-password`
  return <AlreadySignedIn asked={asked} settings={settings} signOut={signOut} words={words} />
}

type SignedInProps = { session: Session; words: Words; returnTo: string | undefined; refused: Refused | undefined }

function SignedIn({ session, words, returnTo, refused }: SignedInProps) {
  const { t } = words
  return (
    <Card title={t('welcome.title.named')}>
      {refused && refusalOf(refused, words)}
      <SessionFacts session={session} words={words} />
      <nav className="actions-list">
        <a className="button button-primary" href="/settings">
          {t('link.settings')}
        </a>
        <a className="button button-secondary" href="/sessions">
          {t('link.sessions')}
        </a>
        {hasHydra() && (
          <a className="button button-secondary" href="/applications">
            {t('link.applications')}
          </a>
        )}
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
      <Links
        words={words}
        links={[
          { href: '/recovery', label: 'link.recovery' },
          { href: '/verification', label: 'link.verification' },
        ]}
      />
    </Card>
  )
}
