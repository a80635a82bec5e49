import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { ConsentForm } from '#components/consent/consent-form.tsx'
import { SecondFactor } from '#components/consent/second-factor.tsx'
import { consentBinding, consentBrowser } from '#lib/consent-browser.ts'
import { env } from '#lib/env.ts'
import { formToken } from '#lib/form-token.ts'
import { answerConsent } from '#lib/hydra/ask-consent.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import { acceptance, type ConsentStep, decideConsent, otherAccountUrl } from '#lib/hydra/consent.ts'
import type { MessageKey } from '#lib/i18n/index.ts'
import { nativeFormActions, toApplication } from '#lib/kratos/application.ts'
import type { Caller } from '#lib/kratos/client.ts'
import { startUrl } from '#lib/kratos/flows.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { displayName } from '#lib/kratos/identity.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { allowInCsp } from '#lib/page-status.ts'
import { getConsent } from '../consent-data.ts'
import { NotHere } from '../not-here.tsx'
import { ProblemView } from '../problem-view.tsx'
import { getCaller, getCookie, getFlash, goTo, type SearchParams, single } from '../request.ts'
import { signInUrl } from '../sign-in-url.ts'
import { Unavailable } from '../unavailable.tsx'
import { getWords } from '../words.ts'

/**
 * Where Hydra sends people who signed in for an application, with `?consent_challenge=`: asks whether they allow it what it
 * asked for, or goes on at once where nobody has to be asked. The form is answered by answer/route.ts.
 */
export default async function ConsentPage({ searchParams }: { searchParams: SearchParams }) {
  if (!hasHydra()) return <NotHere />
  const [caller, query] = [await getCaller(), await searchParams]
  const challenge = single(query.consent_challenge)
  if (!challenge) return <Over to={undefined} />
  const [asked, session] = await Promise.all([getConsent(challenge), getSession(caller)])
  const step = decideConsent(asked, session, env().TRUSTED_CLIENT_IDS)
  const here = `/consent?${new URLSearchParams({ consent_challenge: challenge })}`
  switch (step.kind) {
    case 'decide':
      return step.silent ? accept(step, here, caller) : <Ask step={step} />
    case 'second-factor':
      return <Ask step={step} />
    case 'other-account':
      return <OtherAccount {...step} />
    case 'sign-in':
      return goTo(signInUrl(here, step.aal))
    case 'over':
      return <Over to={step.to} />
    case 'unavailable':
      return <Unavailable here={here} who={step.who} />
  }
}

/** Allows what needs no page. It is remembered, so that the application can ask again without one (`prompt=none`). */
async function accept(step: Extract<ConsentStep, { kind: 'decide' }>, here: string, caller: Caller) {
  const { request, identity } = step
  const rememberFor = request.skip ? undefined : env().REMEMBER_CONSENT_SESSION_FOR_SECONDS
  const body = acceptance(request, identity, request.scopes, rememberFor)
  const answer = await answerConsent(request.challenge, body, caller.requestId)
  if (answer.kind === 'redirect') return redirect(answer.to as Route)
  if (answer.kind === 'over') return <Over to={undefined} />
  return <Unavailable here={here} who="hydra" />
}

async function Ask({ step }: { step: Extract<ConsentStep, { kind: 'decide' | 'second-factor' }> }) {
  const { request, identity, sessionId } = step
  const [words, flash] = [await getWords(), await getFlash('consent')]
  const application = toApplication(request.client, env().OAUTH2_LOGO_HOSTS)
  if (application?.logo) allowInCsp('img-src', [new URL(application.logo).origin])
  // What the operator lists is all there is.
  if (!env().CSP_FORM_ACTION) allowInCsp('form-action', nativeFormActions(request.client))
  const browser = await consentBrowser(await getCookie('consent'))
  const props = {
    challenge: request.challenge,
    token: await formToken('consent', consentBinding(request.challenge, browser ?? '', sessionId)),
    application,
    notice: flash && words.t(`consent.${flash}` as MessageKey),
    account: displayName(identity),
    notYou: logoutUrl(otherAccountUrl(request.requestUrl)),
    words,
  }
  // After a step-up the application asks anew: that is how Hydra, and the ID token, come to know of it.
  const back = { return_to: request.requestUrl }
  return step.kind === 'second-factor' ? (
    <SecondFactor {...props} use={startUrl('login', { aal: 'aal2', ...back })} setUp={startUrl('settings', back)} />
  ) : (
    <ConsentForm
      {...props}
      scopes={request.scopes}
      audience={request.audience}
      rememberFor={env().REMEMBER_CONSENT_SESSION_FOR_SECONDS}
    />
  )
}

async function OtherAccount({ request, identity }: Extract<ConsentStep, { kind: 'other-account' }>) {
  const { t } = await getWords()
  return (
    <ProblemView
      status={403}
      title="problem.oauth2-account.title"
      text="problem.oauth2-account"
      retry={{ href: logoutUrl(otherAccountUrl(request.requestUrl)), label: 'link.logout' }}
    >
      <p>{t('flow.signed-in', { name: displayName(identity) })}</p>
    </ProblemView>
  )
}

function Over({ to }: { to: string | undefined }) {
  const retry = to ? ({ href: to, label: 'problem.oauth2-over.retry' } as const) : undefined
  return <ProblemView status={410} title="problem.oauth2-over.title" text="problem.oauth2-over" retry={retry} />
}
