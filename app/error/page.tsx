import { env } from '#lib/env.ts'
import { returnToUs } from '#lib/kratos/browser-url.ts'
import { FLOWS, type FlowType, startUrl } from '#lib/kratos/flows.ts'
import { getStoredError } from '#lib/kratos/get-flow.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import type { Failure } from '#lib/kratos/results.ts'
import { wayOn } from '../oauth2-way-on.ts'
import { problemOf } from '../problem.ts'
import { ProblemView } from '../problem-view.tsx'
import { followKratos, getCaller, goTo, latestStarts, type SearchParams, single } from '../request.ts'
import { getWords } from '../words.ts'

/**
 * Where Kratos sends the browser with an error, by `?id=`, and Hydra by `?error=&error_description=`. It moves on by
 * itself only where there is nothing to read: a session is there already, is missing, or lacks a factor (docs/decisions/0005).
 */
export default async function ErrorPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams
  const id = single(query.id)
  if (!id) return <OAuth2Error query={query} />
  const stored = await getStoredError(id, await getCaller())
  if (!stored) return <ProblemView status={404} title="error.title" text="error.unknown" retry={HOME} />
  const { result, details } = stored
  // The flow that failed is the one that was started last; what Kratos refused of it is left out.
  const [origin] = await latestStarts(Object.keys(FLOWS) as FlowType[])
  switch (result.kind) {
    case 'signed-in':
      return goTo('/')
    case 'restart':
      return goTo(startUrl('login', { restart: result.reason }))
    case 'sign-in': {
      const back = origin && origin.type !== 'login' ? startUrl(origin.type, origin.params) : undefined
      return goTo(startUrl('login', { aal: result.aal, return_to: back && returnToUs(env(), back) }))
    }
    case 'redirect':
      return followKratos(result.to, startUrl('login', { aal: 'aal2' }))
    case 'verify': {
      const href = result.flowId ? `/verification?flow=${encodeURIComponent(result.flowId)}` : '/verification'
      const retry = { href, label: 'link.verification' } as const
      return <ProblemView status={403} title="problem.verify.title" text="problem.verify" retry={retry} />
    }
    case 'problem': {
      const type = origin?.type ?? 'login'
      const here = `/error?id=${encodeURIComponent(id)}`
      const view = { ...problemOf(result, type, here, origin?.params.return_to), ...(await wayOn(result, type)) }
      const retry = isForeignLogout(result)
        ? ({ href: logoutUrl(undefined), label: 'link.logout' } as const)
        : STARTS_OVER.has(result.problem)
          ? startOver(result, origin)
          : view.retry
      return (
        <ProblemView {...view} retry={retry} status={result.status} retryAfter={result.retryAfter}>
          {details !== undefined && <Details details={details} />}
        </ProblemView>
      )
    }
    case 'flow':
      return <ProblemView status={200} title="error.title" text="error.empty" retry={HOME} />
  }
}

const HOME = { href: '/', label: 'link.home' } as const

/** The sign-out of another session, such as an old link: only Kratos's reason tells. */
function isForeignLogout({ status, reason = '' }: Failure): boolean {
  return status === 403 && /logout token/.test(reason)
}

/** Here, the newest start is all that is known of the flow. */
const STARTS_OVER = new Set(['refused', 'return-to-forbidden', 'oauth2-account', 'oauth2-unavailable'])

function startOver(result: Failure, origin: Awaited<ReturnType<typeof latestStarts>>[0] | undefined) {
  const { return_to: returnTo, ...params } = origin?.params ?? {}
  const kept = result.problem === 'return-to-forbidden' ? {} : { return_to: returnTo }
  const href = startUrl(origin?.type ?? 'login', { ...params, ...kept, restart: 'fresh' })
  switch (result.problem) {
    case 'oauth2-account':
      // Kratos would hand over the same account again while it is signed in.
      return { href: logoutUrl(returnToUs(env(), href)), label: 'link.logout' } as const
    case 'oauth2-unavailable':
      return { href, label: 'problem.retry' } as const
    default:
      return { href, label: 'problem.start-over' } as const
  }
}

/** OAuth2's error parameters can be written by anybody: they are shown as text, and nothing follows from them. */
function OAuth2Error({ query }: { query: Awaited<SearchParams> }) {
  const error = single(query.error)
  if (!error) return <ProblemView status={404} title="error.title" text="error.empty" retry={HOME} />
  const reason = [error, single(query.error_description)].filter(Boolean).join(': ').slice(0, 500)
  return <ProblemView status={400} title="error.title" text="error.oauth2" reason={reason} retry={HOME} />
}

async function Details({ details }: { details: unknown }) {
  const { t } = await getWords()
  return (
    <details>
      <summary>{t('error.details')}</summary>
      <pre data-testid="code-box">{JSON.stringify(details, null, 2)}</pre>
    </details>
  )
}
