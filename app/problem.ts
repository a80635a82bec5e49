import type { MessageKey } from '#lib/i18n/index.ts'
import { type FlowType, startUrl } from '#lib/kratos/flows.ts'
import type { FlowResult } from '#lib/kratos/results.ts'

type Failure = Extract<FlowResult, { kind: 'problem' }>

type View = {
  title: MessageKey
  text: MessageKey
  values?: Readonly<Record<string, number>>
  reason?: string | undefined
  retry?: { href: string; label: MessageKey }
}

/**
 * The words and the way on for a problem.
 *
 * @param failure the problem
 * @param type the flow that it befell
 * @param here the URL to try again, for what passes by itself
 * @param returnTo where the person wanted to go, for the login in place of a flow that is switched off
 */
export function problemOf(failure: Failure, type: FlowType, here: string, returnTo?: string): View {
  // With what the start note knows of the flow, but for a return_to that was refused.
  const restart = failure.problem === 'return-to-forbidden' ? 'fresh' : 'missing'
  const startOver = { href: startUrl(type, { restart }), label: 'problem.start-over' } as const
  const tryAgain = { href: here, label: 'problem.retry' } as const
  const { problem, reason, retryAfter } = failure
  const title = `problem.${problem}.title` as const
  switch (problem) {
    case 'unavailable':
      return { title, text: 'problem.unavailable', retry: tryAgain }
    case 'too-many-requests':
      return retryAfter
        ? { title, text: 'problem.too-many-requests.seconds', values: { seconds: retryAfter }, retry: tryAgain }
        : { title, text: 'problem.too-many-requests', retry: tryAgain }
    case 'disabled': {
      const text =
        type === 'registration' || type === 'recovery' || type === 'verification'
          ? (`problem.disabled.${type}` as const)
          : 'problem.disabled'
      return { title, text, retry: { href: startUrl('login', { return_to: returnTo }), label: 'link.login' } }
    }
    case 'identity-disabled':
      return { title, text: 'problem.identity-disabled' }
    case 'return-to-forbidden':
      return { title, text: 'problem.return-to-forbidden', reason, retry: startOver }
    case 'oauth2-over':
      return { title, text: 'problem.oauth2-over' }
    case 'oauth2-account':
      return { title, text: 'problem.oauth2-account', retry: startOver }
    case 'oauth2-unavailable':
      return { title, text: 'problem.oauth2-unavailable', retry: { ...startOver, label: 'problem.retry' } }
    case 'refused':
      return { title, text: 'problem.refused', reason, retry: startOver }
  }
}
