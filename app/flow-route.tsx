import { FlowPage } from '#components/flow/flow-page.tsx'
import { KnownAccounts } from '#components/flow/known-accounts.tsx'
import { Notice } from '#components/layout/notice.tsx'
import { cookieName } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import { clientOf, nativeFormActions, toApplication } from '#lib/kratos/application.ts'
import { isOurWorld, returnToUs } from '#lib/kratos/browser-url.ts'
import { deadEnd } from '#lib/kratos/dead-end.ts'
import { type Flow, type FlowType, isSecondFactor, isStepUp, sameStart, startUrl } from '#lib/kratos/flows.ts'
import { carriedIdentifier, flowLinks, logoutUrl } from '#lib/kratos/links.ts'
import { withIdentifier, withLoginHint } from '#lib/kratos/login-hint.ts'
import { lostChallenge } from '#lib/kratos/lost-challenge.ts'
import { safeHref } from '#lib/kratos/safe-url.ts'
import { allowInCsp } from '#lib/page-status.ts'
import { wayBackToSettings } from '#lib/way-back.ts'
import { getFlowData } from './flow-data.ts'
import { wayOn } from './oauth2-way-on.ts'
import { problemOf } from './problem.ts'
import { ProblemView } from './problem-view.tsx'
import {
  followKratos,
  getCaller,
  getFlash,
  getKnownAccounts,
  getStartNote,
  goTo,
  type SearchParams,
  single,
} from './request.ts'
import { signInUrl } from './sign-in-url.ts'
import { getWords } from './words.ts'

/**
 * The page of every flow: fetches the flow that `?flow=` names, and shows it or what to do instead.
 *
 * @param searchParams the page's query; proxy.ts has seen to it that `flow` is there
 */
export async function FlowRoute({ type, searchParams }: { type: FlowType; searchParams: SearchParams }) {
  const query = await searchParams
  const id = single(query.flow)
  if (!id) goTo(startUrl(type, { restart: 'missing' }))
  const [result, name] = await getFlowData(type, id)
  const returnTo = single(query.return_to)

  switch (result.kind) {
    case 'flow':
      return show(type, result.flow, name, single(query.account))
    case 'restart':
      return goTo(startUrl(type, { restart: result.reason, return_to: result.returnTo ?? returnTo }))
    case 'redirect':
      return followKratos(result.to, await signIn(type, 'aal2'))
    case 'sign-in':
      return goTo(await signIn(type, result.aal))
    case 'signed-in':
      return goTo('/')
    case 'verify':
      return goTo(result.flowId ? `/verification?flow=${encodeURIComponent(result.flowId)}` : '/verification')
    case 'problem': {
      const retry = `/${type}?flow=${encodeURIComponent(id)}`
      const view = { ...problemOf(result, type, retry, returnTo), ...(await wayOn(result, type)) }
      return <ProblemView {...view} status={result.status} retryAfter={result.retryAfter} />
    }
  }
}

async function show(type: FlowType, flow: Flow, name: string | undefined, chosen: string | undefined) {
  const words = await getWords()
  const lost = lostChallenge(flow)
  if (lost) goTo(startUrl(type, { restart: 'expired', login_challenge: lost, return_to: flow.return_to }))
  if (type === 'login' && (await hasStarts('settings'))) {
    const back = wayBackToSettings(flow, await getStartNote('settings'), await getStartNote('login'), Date.now())
    if (back) goTo(signInUrl(back, isSecondFactor(flow) ? 'aal2' : undefined))
  }
  const end = deadEnd(flow)
  // Without a note there is nothing to win: then Kratos's own words stay.
  if (end === 'tries' || (end && (await getStartNote(type))?.starts[0]?.params.return_to)) {
    goTo(startUrl(type, { ...sameStart(flow), restart: end }))
  }
  const reason = isUntouched(flow) ? await getFlash(type) : undefined
  const links = flowLinks(type, flow, {
    leadsOut: (url) => !isOurWorld(env(), url),
    toUs: (path) => returnToUs(env(), path),
    hasApplications: hasHydra(),
  })
  const notice = noticeOf(flow, reason, name, words)
  const application = toApplication(clientOf(flow), env().OAUTH2_LOGO_HOSTS)
  if (application?.logo) allowInCsp('img-src', [new URL(application.logo).origin])
  // What the operator lists is all there is.
  if (!env().CSP_FORM_ACTION) allowInCsp('form-action', nativeFormActions(clientOf(flow)))
  const accounts = type === 'login' && !isStepUp(flow) ? await getKnownAccounts() : []
  const choice = accounts[Number(chosen ?? Number.NaN)]
  return (
    <FlowPage
      type={type}
      flow={withIdentifier(withLoginHint(flow), choice?.name)}
      known={
        accounts.length > 0 && !choice && isUntouched(flow) && !carriedIdentifier(flow) ? (
          <KnownAccounts
            accounts={accounts}
            choose={(index) => `/login?${new URLSearchParams({ flow: flow.id, account: String(index) })}`}
            words={words}
          />
        ) : undefined
      }
      lastUsed={choice ?? accounts[0]}
      words={words}
      links={links}
      application={application}
      notice={notice}
      replaces={reason === 'expired' || reason === 'tries'}
    />
  )
}

/** Whether Kratos says no more than why it asks (1010003, 1010004): after a submit, old news would be in the way. */
function isUntouched(flow: Flow): boolean {
  return (flow.ui.messages ?? []).every(({ id }) => id === 1010003 || id === 1010004)
}

/** Only a cookie's presence is looked at: a plain login costs no unsealing. */
async function hasStarts(type: FlowType): Promise<boolean> {
  const { cookie } = await getCaller()
  return cookie?.includes(`${cookieName(`start_${type}`)}=`) ?? false
}

function noticeOf(flow: Flow, reason: string | undefined, name: string | undefined, words: Words) {
  if (reason) return <Notice>{words.t(`flash.${reason}` as MessageKey)}</Notice>
  if (!name) return undefined
  const { t } = words
  return (
    <Notice>
      <p>{t('flow.signed-in', { name })}</p>
      {!isStepUp(flow) && (
        <p className="actions">
          <a href={safeHref(flow.return_to ?? '') ?? '/'}>{t('flow.continue')}</a>{' '}
          <a href={logoutUrl(undefined)}>{t('link.logout')}</a>
        </p>
      )}
    </Notice>
  )
}

/** The login, with the way back to this page as it was asked for. */
async function signIn(type: FlowType, aal: 'aal2' | undefined): Promise<string> {
  const start = (await getStartNote(type))?.starts[0]
  return signInUrl(startUrl(type, start?.params), aal)
}
