import type { ComponentProps } from 'react'
import type { FlowProblem } from '#components/flow/flow-problem.tsx'
import { type FlowType, startUrl } from '#lib/kratos/flows.ts'
import type { Failure } from '#lib/kratos/results.ts'

type View = Pick<ComponentProps<typeof FlowProblem>, 'title' | 'text' | 'values' | 'reason' | 'retry'>

/**
 * The words and the way on for a problem.
 *
 * @param here the URL to try again, for what passes by itself
 * @param returnTo where the person wanted to go, for the login in place of a flow that is switched off
 */
export function problemOf(failure: Failure, type: FlowType, here: string, returnTo?: string): View {
  const { problem, reason, retryAfter } = failure
  const titled = problem === 'foreign-form' ? 'refused' : problem
  const view = { title: `problem.${titled}.title`, text: `problem.${problem}` } as const
  // With what the start note knows of the flow, but for a return_to that was refused.
  const restart = problem === 'return-to-forbidden' ? 'fresh' : 'missing'
  const startOver = { href: startUrl(type, { restart }), label: 'problem.start-over' } as const
  const tryAgain = { href: here, label: 'problem.retry' } as const
  switch (problem) {
    case 'unavailable':
      return { ...view, retry: tryAgain }
    case 'too-many-requests':
      return retryAfter
        ? { ...view, text: 'problem.too-many-requests.seconds', values: { seconds: retryAfter }, retry: tryAgain }
        : { ...view, retry: tryAgain }
    case 'disabled': {
      const isNamed = type === 'registration' || type === 'recovery' || type === 'verification'
      const retry = { href: startUrl('login', { return_to: returnTo }), label: 'link.login' } as const
      return { ...view, ...(isNamed && { text: `problem.disabled.${type}` }), retry }
    }
    case 'identity-disabled':
    case 'foreign-form':
    case 'oauth2-over':
      return view
    case 'return-to-forbidden':
    case 'refused':
      return { ...view, reason, retry: startOver }
    case 'oauth2-account':
      return { ...view, retry: startOver }
    case 'oauth2-unavailable':
      return { ...view, retry: { ...startOver, label: 'problem.retry' } }
  }
}
