import { ProblemView } from './problem-view.tsx'

/** A page of ours (status 503) that cannot be shown because Kratos, or Hydra, does not answer. */
export function Unavailable({ here, who = 'kratos' }: { here: string; who?: 'kratos' | 'hydra' }) {
  const retry = { href: here, label: 'problem.retry' } as const
  return who === 'hydra' ? (
    <ProblemView status={503} title="problem.hydra-unavailable.title" text="problem.oauth2-unavailable" retry={retry} />
  ) : (
    <ProblemView status={503} title="problem.unavailable.title" text="problem.unavailable" retry={retry} />
  )
}
