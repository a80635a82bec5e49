import { FlowProblem } from '#components/flow/flow-problem.tsx'
import type { Caller } from '#lib/kratos/client.ts'
import { setStatus } from '#lib/page-status.ts'
import { getWords } from './words.ts'

/** A page of ours (status 503) that cannot be shown because Hydra does not answer. */
export async function HydraUnavailable({ here, caller }: { here: string; caller: Caller }) {
  setStatus(503)
  return (
    <FlowProblem
      title="problem.hydra-unavailable.title"
      text="problem.oauth2-unavailable"
      retry={{ href: here, label: 'problem.retry' }}
      requestId={caller.requestId}
      words={await getWords()}
    />
  )
}
