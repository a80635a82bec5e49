import { FlowProblem } from '#components/flow/flow-problem.tsx'
import { getWords } from '#lib/i18n/index.ts'
import { setStatus } from '#lib/page-status.ts'
import { getCaller } from '../../request.ts'

const PROBLEMS = {
  400: { title: 'problem.bad-request.title', text: 'problem.bad-request' },
  413: { title: 'problem.too-large.title', text: 'problem.too-large' },
  503: { title: 'problem.unavailable.title', text: 'problem.unavailable' },
} as const

/** What the entry shows in place of a request that it refuses or cannot pass on (server/handler.ts). */
export default async function ProblemPage({ params }: PageProps<'/problem/[status]'>) {
  const { status } = await params
  const known =
    status === '400' || status === '413' || status === '503' ? (Number(status) as keyof typeof PROBLEMS) : 400
  setStatus(known)
  const { requestId } = await getCaller()
  const retry = { href: '/', label: 'link.home' } as const
  return <FlowProblem {...PROBLEMS[known]} retry={retry} requestId={requestId} words={getWords()} />
}
