import { askedToWait } from '#lib/request-record.ts'
import { problemOf } from './problem.ts'
import { ProblemView } from './problem-view.tsx'

/** A page of ours that cannot be shown because Kratos, or Hydra, does not answer (503), or has too much to do (429). */
export function Unavailable({ here, who = 'kratos' }: { here: string; who?: 'kratos' | 'hydra' }) {
  const retryAfter = askedToWait()
  if (retryAfter !== undefined) {
    const failure = { kind: 'problem', problem: 'too-many-requests', status: 429, retryAfter } as const
    return <ProblemView {...problemOf(failure, 'login', here)} status={429} retryAfter={retryAfter} />
  }
  const retry = { href: here, label: 'problem.retry' } as const
  return who === 'hydra' ? (
    <ProblemView status={503} title="problem.hydra-unavailable.title" text="problem.oauth2-unavailable" retry={retry} />
  ) : (
    <ProblemView status={503} title="problem.unavailable.title" text="problem.unavailable" retry={retry} />
  )
}
