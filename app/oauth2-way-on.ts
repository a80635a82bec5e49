import { getWayOn } from '#lib/hydra/get-way-on.ts'
import type { FlowType } from '#lib/kratos/flows.ts'
import type { Failure } from '#lib/kratos/results.ts'
import { getCaller, getStartNote } from './request.ts'

/**
 * The link back to the application from a login that is over. Kratos keeps to itself what Hydra said, so Hydra is asked
 * about the challenge that the start note remembers.
 *
 * @returns nothing for other problems, or when Hydra does not tell
 */
export async function wayOn({ problem }: Failure, type: FlowType) {
  if (problem !== 'oauth2-over') return {}
  const challenge = (await getStartNote(type))?.starts[0]?.params.login_challenge
  const href = challenge && (await getWayOn(challenge, (await getCaller()).requestId))
  return href ? { retry: { href, label: 'problem.oauth2-over.retry' } as const } : {}
}
