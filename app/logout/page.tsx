import type { Route } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { env } from '#lib/env.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import type { Words } from '#lib/i18n/index.ts'
import { kratosTarget } from '#lib/kratos/browser-url.ts'
import { startUrl } from '#lib/kratos/flows.ts'
import { getLogoutUrl } from '#lib/kratos/get-session.ts'
import { ProblemView } from '../problem-view.tsx'
import { getCaller, type SearchParams, single } from '../request.ts'
import { Unavailable } from '../unavailable.tsx'
import { getWords } from '../words.ts'
import { OAuth2Logout } from './oauth2-logout.tsx'

/**
 * Signs out: a link on a page of ours goes straight on to Kratos's logout URL, anything else (typed in, from elsewhere, a
 * browser that does not say) is asked first, so that no other site can sign people out (docs/decisions/0011).
 */
export default async function LogoutPage({ searchParams }: { searchParams: SearchParams }) {
  const [caller, words, query] = [await getCaller(), await getWords(), await searchParams]
  const challenge = single(query.logout_challenge)
  if (challenge && hasHydra()) return <OAuth2Logout challenge={challenge} caller={caller} />
  const returnTo = single(query.return_to)
  const result = await getLogoutUrl(returnTo, caller)
  if (result.kind === 'none') return <SignedOut returnTo={returnTo} words={words} />
  const url = result.kind === 'url' ? kratosTarget(env(), result.url) : undefined
  if (url) {
    // The language menu leads back to the question, not past it.
    const asks = 'ask' in query || (await headers()).get('sec-fetch-site') !== 'same-origin'
    if (!asks) redirect(url as Route)
    return <Confirm url={new URL(url, RELATIVE)} words={words} />
  }
  return result.kind === 'refused' ? (
    <ProblemView
      status={400}
      title="problem.return-to-forbidden.title"
      text="problem.return-to-forbidden"
      retry={{ href: '/logout', label: 'link.logout' }}
    />
  ) : (
    <Unavailable here="/logout" />
  )
}

/** Stands for our own origin, which need not be known. */
const RELATIVE = 'http://relative.invalid'

/** The button is a form of its own, so that it works without JavaScript; Kratos takes its token by GET. */
function Confirm({ url, words }: { url: URL; words: Words }) {
  const { t } = words
  const action = url.origin === RELATIVE ? url.pathname : `${url.origin}${url.pathname}`
  return (
    <Card title={t('logout.title')}>
      <p>{t('logout.question')}</p>
      <form className="form" action={action} method="get">
        {[...url.searchParams].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} readOnly />
        ))}
        <button className="button button-primary" type="submit">
          {t('logout.confirm')}
        </button>
      </form>
      <Links words={words} links={[{ href: '/welcome', label: 'logout.stay' }]} />
    </Card>
  )
}

function SignedOut({ returnTo, words }: { returnTo: string | undefined; words: Words }) {
  const { t } = words
  return (
    <Card title={t('logout.gone.title')}>
      <p>{t('logout.gone')}</p>
      <p>
        <a className="button button-primary" href={startUrl('login', { return_to: returnTo })}>
          {t('link.login')}
        </a>
      </p>
    </Card>
  )
}
