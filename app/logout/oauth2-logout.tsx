import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { Card } from '#components/layout/card.tsx'
import { Notice } from '#components/layout/notice.tsx'
import { env } from '#lib/env.ts'
import { formToken } from '#lib/form-token.ts'
import { askLogout, type LogoutRequest } from '#lib/hydra/logout.ts'
import { logoutTokenOf, planLogout } from '#lib/hydra/logout-plan.ts'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import { nativeFormActions, toApplication } from '#lib/kratos/application.ts'
import type { Caller } from '#lib/kratos/client.ts'
import { endOwnSession, getSession, type SessionResult } from '#lib/kratos/get-session.ts'
import { displayName } from '#lib/kratos/identity.ts'
import { allowInCsp } from '#lib/page-status.ts'
import { ProblemView } from '../problem-view.tsx'
import { getFlash } from '../request.ts'
import { Unavailable } from '../unavailable.tsx'
import { getWords } from '../words.ts'

/**
 * The sign-out that an application asked Hydra for: asks, or goes straight on where the client is set up so
 * (docs/decisions/0029). The form goes to app/logout/answer/route.ts.
 */
export async function OAuth2Logout({ challenge, caller }: { challenge: string; caller: Caller }) {
  const here = `/logout?${new URLSearchParams({ logout_challenge: challenge })}`
  const [result, session] = await Promise.all([askLogout(challenge, caller.requestId), getSession(caller)])
  if (session.kind === 'unavailable') return <Unavailable here={here} />
  if (result.kind === 'unavailable') return <Unavailable here={here} who="hydra" />
  if (result.kind !== 'request') {
    return <Over way={result.kind === 'redirect' ? result.to : undefined} isSignedIn={session.kind !== 'none'} />
  }
  const plan = planLogout(result.request, session)
  if (!plan.asks) {
    if (plan.session === 'end' && !(await endOwnSession(caller))) return <Unavailable here={here} />
    const accepted = await askLogout(challenge, caller.requestId, 'accept')
    if (accepted.kind === 'redirect') redirect(accepted.to as Route)
    return <Unavailable here={here} who="hydra" />
  }
  // What the operator lists is all there is.
  if (!env().CSP_FORM_ACTION) {
    allowInCsp('form-action', nativeFormActions(result.request.client, 'post_logout_redirect_uris'))
  }
  return (
    <Ask
      challenge={challenge}
      token={await formToken('logout', logoutTokenOf(challenge, session))}
      request={result.request}
      session={session}
      keeps={plan.session === 'keep'}
      said={await getFlash('logout')}
      words={await getWords()}
    />
  )
}

type AskProps = {
  challenge: string
  token: string
  request: LogoutRequest
  session: SessionResult
  /** whether it is about somebody else than who is signed in here */
  keeps: boolean
  said: string | undefined
  words: Words
}

function Ask({ challenge, token, request, session, keeps, said, words }: AskProps) {
  const { t } = words
  const application = toApplication(request.client, [])
  const account = session.kind === 'session' ? displayName(session.session.identity) : undefined
  return (
    <Card title={t('logout.title')}>
      {said && <Notice>{t(`form.${said}` as MessageKey)}</Notice>}
      <p data-testid="application">
        {application ? (
          <>
            <strong>
              <bdi>{application.name}</bdi>
            </strong>{' '}
            {t(keeps ? 'logout.other.asks' : 'logout.asks')}
          </>
        ) : (
          t(keeps ? 'logout.other.question' : 'logout.question')
        )}
      </p>
      {account && (
        <p data-testid="logout-account">{t(keeps ? 'logout.other.as' : 'flow.signed-in', { name: account })}</p>
      )}
      <form className="form" action="/logout/answer" method="post">
        <input type="hidden" name="token" value={token} readOnly />
        <input type="hidden" name="challenge" value={challenge} readOnly />
        <div className="block">
          <button className="button button-primary" type="submit" name="answer" value="yes">
            {t(keeps ? 'logout.other.confirm' : 'logout.confirm')}
          </button>
          <button className="button button-secondary" type="submit" name="answer" value="no">
            {t(keeps ? 'logout.other.stay' : 'logout.stay')}
          </button>
        </div>
      </form>
    </Card>
  )
}

/** Answered before, too old, or never known. */
function Over({ way, isSignedIn }: { way: string | undefined; isSignedIn: boolean }) {
  const retry = way
    ? ({ href: way, label: 'problem.oauth2-over.retry' } as const)
    : isSignedIn
      ? ({ href: '/logout', label: 'link.logout' } as const)
      : ({ href: '/', label: 'link.home' } as const)
  return (
    <ProblemView
      status={410}
      title="logout.over.title"
      text={isSignedIn ? 'logout.over.signed-in' : 'logout.over'}
      retry={retry}
    />
  )
}
