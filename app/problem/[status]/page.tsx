import type { MessageKey } from '#lib/i18n/index.ts'
import { ProblemView } from '../../problem-view.tsx'

type View = { title: MessageKey; text: MessageKey }

const PROBLEMS: Readonly<Record<number, View>> = {
  400: { title: 'problem.bad-request.title', text: 'problem.bad-request' },
  413: { title: 'problem.too-large.title', text: 'problem.too-large' },
  429: { title: 'problem.too-many-requests.title', text: 'problem.too-many-requests' },
  503: { title: 'problem.unavailable.title', text: 'problem.unavailable' },
}

/** What the entry shows in place of a request that it refuses, or that Kratos answers with bare JSON (server/). */
export default async function ProblemPage({ params, searchParams }: PageProps<'/problem/[status]'>) {
  const asked = Number((await params).status)
  const status = Number.isInteger(asked) && asked >= 400 && asked < 600 ? asked : 400
  const view = PROBLEMS[status] ?? { title: 'problem.refused.title', text: 'problem.refused' }
  const passes = (status === 429 || status >= 500) && 'again' in (await searchParams)
  const retry = passes ? ({ href: '', label: 'problem.retry' } as const) : ({ href: '/', label: 'link.home' } as const)
  return <ProblemView {...view} status={status} retry={retry} />
}
