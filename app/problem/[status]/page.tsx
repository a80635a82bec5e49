import { headers } from 'next/headers'
import type { MessageKey } from '#lib/i18n/index.ts'
import { secondsOf } from '#lib/kratos/results.ts'
import { backTarget } from '#lib/request-target.ts'
import { problemOf } from '../../problem.ts'
import { ProblemView } from '../../problem-view.tsx'
import { single } from '../../request.ts'

const PROBLEMS: Readonly<Record<number, { title: MessageKey; text: MessageKey }>> = {
  400: { title: 'problem.bad-request.title', text: 'problem.bad-request' },
  413: { title: 'problem.too-large.title', text: 'problem.too-large' },
  503: { title: 'problem.unavailable.title', text: 'problem.unavailable' },
}

/**
 * What the entry shows in place of a request that it refuses, or that Kratos answers with bare JSON (server/), and a reverse
 * proxy in place of one that is too many (docs/operations.md). `again`: its URL can be tried again; `wait`: in so many seconds.
 */
export default async function ProblemPage({ params, searchParams }: PageProps<'/problem/[status]'>) {
  const [asked, query] = [Number((await params).status), await searchParams]
  const status = Number.isInteger(asked) && asked >= 400 && asked < 600 ? asked : 400
  const retryAfter = secondsOf(single(query.wait))
  if (status === 429) {
    const failure = { kind: 'problem', problem: 'too-many-requests', status, retryAfter } as const
    const here = 'again' in query ? '' : await cameFrom()
    return <ProblemView {...problemOf(failure, 'login', here)} status={status} retryAfter={retryAfter} />
  }
  const view = PROBLEMS[status] ?? { title: 'problem.refused.title', text: 'problem.refused' }
  const passes = status >= 500 && 'again' in query
  const retry = passes ? ({ href: '', label: 'problem.retry' } as const) : ({ href: '/', label: 'link.home' } as const)
  return <ProblemView {...view} status={status} retryAfter={retryAfter} retry={retry} />
}

/** The page of ours whose form was sent, by its Referer; else the home page. */
async function cameFrom(): Promise<string> {
  const from = URL.parse((await headers()).get('referer') ?? '')
  return from ? backTarget(`${from.pathname}${from.search}`) : '/'
}
