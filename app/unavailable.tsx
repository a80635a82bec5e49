import { FlowProblem } from '#components/flow/flow-problem.tsx'
import type { Caller } from '#lib/kratos/client.ts'
import { setStatus } from '#lib/page-status.ts'
import { problemOf } from './problem.ts'
import { getWords } from './words.ts'

/** A page of ours (status 503) that cannot be shown because Kratos does not say who is signed in. */
export async function Unavailable({ here, caller }: { here: string; caller: Caller }) {
  setStatus(503)
  const view = problemOf({ kind: 'problem', problem: 'unavailable', status: 503 }, 'login', here)
  return <FlowProblem {...view} requestId={caller.requestId} words={await getWords()} />
}
