import type { ComponentProps } from 'react'
import { FlowProblem } from '#components/flow/flow-problem.tsx'
import { setStatus } from '#lib/page-status.ts'
import { getCaller } from './request.ts'
import { getWords } from './words.ts'

type Props = Omit<ComponentProps<typeof FlowProblem>, 'requestId' | 'words' | 'wait'> & {
  status: number
  /** seconds, where whoever refused said so */
  retryAfter?: number | undefined
}

/** A page for when there is nothing to fill in, with its HTTP status: what happened, and a way on. */
export async function ProblemView({ status, retryAfter, ...view }: Props) {
  setStatus(status, retryAfter ? { 'Retry-After': String(retryAfter) } : {})
  return <FlowProblem {...view} wait={retryAfter} requestId={(await getCaller()).requestId} words={await getWords()} />
}
