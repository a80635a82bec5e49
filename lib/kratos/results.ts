import type { FlowError } from '@ory/client'
import type { Flow } from '#lib/kratos/flows.ts'
import { readFlow } from '#lib/kratos/well-formed.ts'

/** Why a flow is started afresh. It is shown on the new flow's page, and counted (lib/start-note.ts). */
export const RESTART_REASONS = ['expired', 'missing', 'csrf', 'identity', 'aal1', 'tries', 'fresh'] as const
export type RestartReason = (typeof RESTART_REASONS)[number]

/** What is wrong when no flow can be shown, and what a page says about it. */
export type Problem =
  /** Kratos is down, slow, or answers nonsense */
  | 'unavailable'
  /** 429 from Kratos or from a gateway before it */
  | 'too-many-requests'
  /** Kratos has the flow switched off (registration closed, recovery or verification disabled) */
  | 'disabled'
  /** the account is blocked */
  | 'identity-disabled'
  /** Kratos refuses return_to */
  | 'return-to-forbidden'
  /** Kratos refuses for a reason of its own, which it gives */
  | 'refused'
  /** the form of the flow leads to somebody else: it would get what is typed */
  | 'foreign-form'
  /** Hydra does not know the OAuth2 login any more: finished, or too old */
  | 'oauth2-over'
  /** Hydra remembers somebody else than who signed in */
  | 'oauth2-account'
  /** Hydra is down, slow, or answers nonsense */
  | 'oauth2-unavailable'

/** That no flow can be shown, and why. */
export type Failure = { kind: 'problem'; problem: Problem; status: number; reason?: string; retryAfter?: number }

/** Everything that asking Kratos for a flow can come to. Expected failures are data: docs/decisions/0003. */
export type FlowResult =
  | { kind: 'flow'; flow: Flow }
  | { kind: 'restart'; reason: RestartReason; returnTo?: string }
  | { kind: 'redirect'; to: string }
  | { kind: 'sign-in'; aal?: 'aal2' }
  | { kind: 'signed-in' }
  | { kind: 'verify'; flowId?: string }
  | Failure

/** An answer of Kratos: the status and the parsed body; status 0 stands for no answer (network failure, time-out). */
export type Answer = {
  status: number
  body: unknown
  retryAfter?: string | undefined
  /** of a list: how many items it has on all pages */
  total?: string | undefined
}

type ErrorBody = { id?: string; code?: number; reason?: string; message?: string; details?: Record<string, unknown> }

/**
 * What an answer of Kratos means for the person at the browser. `error.id` decides, never the status alone; answers
 * without an id are told apart by their status.
 *
 * @see https://github.com/ory/kratos/blob/master/text/message_error.go for the ids
 */
export function toFlowResult(answer: Answer): FlowResult {
  const { status, body } = answer
  const flow = status === 200 ? readFlow(body) : undefined
  if (flow) return { kind: 'flow', flow }
  const error = errorOf(body)
  return byId(error, body) ?? byStatus(answer, error)
}

/** What an error of Kratos's error endpoint (`/self-service/errors`, shown at `/error?id=`) means. */
export function fromStoredError(stored: FlowError): FlowResult {
  const error = (stored.error ?? {}) as ErrorBody
  const known = error.id && !READ_BY_HAND.has(error.id) ? byId(error, stored.error) : undefined
  if (known) return known
  const oauth2 = oauth2Problem(error)
  if (oauth2) return oauth2
  return isDisabled(error) ? problem('disabled', 403, error) : refused(error.code ?? 500, error)
}

/** At `/error`, the person reads the reason of these and goes on by hand (docs/decisions/0005). */
const READ_BY_HAND = new Set([
  'security_csrf_violation',
  'security_identity_mismatch',
  'self_service_flow_expired',
  'self_service_flow_replaced',
  'session_refresh_required',
  'browser_location_change_required',
])

function byId(error: ErrorBody, body: unknown): FlowResult | undefined {
  const details = error.details ?? {}
  switch (error.id) {
    case 'session_already_available':
    case 'session_aal_already_fulfilled':
      return { kind: 'signed-in' }
    case 'session_aal1_required':
      return { kind: 'restart', reason: 'aal1' }
    case 'session_inactive':
      return { kind: 'sign-in' }
    case 'session_aal2_required':
    case 'session_refresh_required':
    case 'browser_location_change_required': {
      const to = redirectBrowserTo(body) ?? redirectBrowserTo(details)
      if (to) return { kind: 'redirect', to }
      return error.id === 'session_aal2_required' ? { kind: 'sign-in', aal: 'aal2' } : undefined
    }
    case 'session_verified_address_required': {
      const flowId = verificationFlow(details)
      return flowId ? { kind: 'verify', flowId } : { kind: 'verify' }
    }
    case 'security_csrf_violation':
      return { kind: 'restart', reason: 'csrf' }
    case 'security_identity_mismatch':
      return { kind: 'restart', reason: 'identity' }
    case 'self_service_flow_expired':
    case 'self_service_flow_replaced':
      return expired(details)
    case 'self_service_flow_disabled':
      return problem('disabled', 403)
    case 'self_service_flow_return_to_forbidden':
      return problem('return-to-forbidden', 400, error)
    case 'identity_disabled':
      return problem('identity-disabled', 403, error)
    default:
      return undefined
  }
}

function byStatus({ status, body, retryAfter }: Answer, error: ErrorBody): FlowResult {
  if (status === 429) {
    const seconds = secondsOf(retryAfter)
    return { kind: 'problem', problem: 'too-many-requests', status, ...(seconds > 0 ? { retryAfter: seconds } : {}) }
  }
  const oauth2 = oauth2Problem(error)
  if (oauth2) return oauth2
  // An answer that is not Kratos's JSON (a proxy's HTML page, half a body) says nothing about the flow.
  if (status === 0 || status >= 500 || !isObject(body)) return problem('unavailable', 503)
  if (status === 410) return expired(error.details ?? {})
  if (status === 404) return { kind: 'restart', reason: 'missing' }
  if (status === 401) return { kind: 'sign-in' }
  if (isDisabled(error)) return problem('disabled', 403, error)
  if (status >= 400) return refused(status, error)
  return problem('unavailable', 503)
}

/** The seconds of a Retry-After header; 0 for none, a date or nonsense. */
export function secondsOf(retryAfter: string | null | undefined): number {
  return /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0
}

/** Recovery and verification that are switched off come without an id; only Kratos's reason tells. */
function isDisabled({ reason = '' }: ErrorBody): boolean {
  return /not allowed because it was disabled/.test(reason)
}

/** What Hydra said to Kratos has no id either, but a reason that is always the same, and Hydra's status. */
function oauth2Problem({ reason = '', details = {} }: ErrorBody): FlowResult | undefined {
  const doing = /^Unable to (get|accept) OAuth 2\.0 Login Challenge\.$/.exec(reason)?.[1]
  if (!doing) return undefined
  const { status_code: status } = details
  if (typeof status !== 'number' || status >= 500) return problem('oauth2-unavailable', 503)
  return doing === 'accept' && status === 400 ? problem('oauth2-account', 403) : problem('oauth2-over', 410)
}

function expired(details: Record<string, unknown>): FlowResult {
  const returnTo = details.return_to
  return { kind: 'restart', reason: 'expired', ...(typeof returnTo === 'string' && returnTo ? { returnTo } : {}) }
}

function refused(status: number, error: ErrorBody): FlowResult {
  return problem('refused', status >= 400 && status < 600 ? status : 500, error)
}

function problem(name: Problem, status: number, error: ErrorBody = {}): Failure {
  const reason = error.reason ?? error.message
  return { kind: 'problem', problem: name, status, ...(reason ? { reason } : {}) }
}

function verificationFlow(details: Record<string, unknown>): string | undefined {
  const actions = Array.isArray(details.continue_with) ? details.continue_with : []
  const shown = actions.filter(isObject).filter(({ action }) => action === 'show_verification_ui')
  return shown.map(({ flow }) => isObject(flow) && flow.id).find((id) => typeof id === 'string')
}

function redirectBrowserTo(holder: unknown): string | undefined {
  const value = isObject(holder) ? holder.redirect_browser_to : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

function errorOf(body: unknown): ErrorBody {
  return isObject(body) && isObject(body.error) ? (body.error as ErrorBody) : {}
}

/** Whether a part of an answer has fields at all. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
