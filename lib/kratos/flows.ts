import type { LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow } from '@ory/client'

/** Any self-service flow that has a page. */
export type Flow = LoginFlow | RegistrationFlow | SettingsFlow | RecoveryFlow | VerificationFlow

/** The self-service flows. A new one is a row in {@link FLOWS}, a getter in get-flow.ts and a page folder. */
export type FlowType = keyof typeof FLOWS

/**
 * Each flow's query parameters: exactly those which Kratos's `/self-service/<flow>/browser` takes. The page of a flow is
 * `/<type>`.
 */
export const FLOWS = {
  login: ['refresh', 'aal', 'return_to', 'login_challenge', 'organization', 'via', 'identity_schema'],
  registration: ['return_to', 'login_challenge', 'after_verification_return_to', 'organization', 'identity_schema'],
  settings: ['return_to', 'organization'],
  recovery: ['return_to'],
  verification: ['return_to'],
} as const satisfies Record<string, readonly string[]>

/** Whether a string names a flow. */
export function isFlowType(value: string): value is FlowType {
  return Object.hasOwn(FLOWS, value)
}

/** Query parameters of a flow's start: name to value. */
export type StartParams = Readonly<Record<string, string>>

/**
 * The parameters that a flow's start takes, out of a query.
 *
 * @param query the query of the request; of a repeated parameter the first counts, empty ones do not
 */
export function startParams(type: FlowType, query: URLSearchParams): StartParams {
  const params: Record<string, string> = {}
  for (const name of FLOWS[type]) {
    const value = query.get(name)
    if (value) params[name] = value
  }
  return params
}

/**
 * A URL of ours that starts a flow.
 *
 * @param params parameters for Kratos, and our own `restart`; undefined and empty ones are left out
 * @returns a relative URL, such as `/login?return_to=%2Fsettings`
 */
export function startUrl(type: FlowType, params: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (value) query.set(name, value)
  const text = query.toString()
  return text ? `/${type}?${text}` : `/${type}`
}

/** Whether a flow asks for a second factor. */
export function isSecondFactor(flow: Flow): boolean {
  return 'requested_aal' in flow && flow.requested_aal === 'aal2'
}

/** Whether a flow asks somebody who is signed in to prove it once more. */
export function isRefresh(flow: Flow): boolean {
  return 'refresh' in flow && flow.refresh === true
}

/** Whether a login flow asks somebody who is signed in already. */
export function isStepUp(flow: Flow): boolean {
  return isRefresh(flow) || isSecondFactor(flow)
}

/** Whether Kratos says one of these, by their ids, of a flow as a whole. */
export function hasMessage(flow: Flow, ...ids: readonly number[]): boolean {
  return (flow.ui.messages ?? []).some(({ id }) => ids.includes(id))
}

/** The parameters to start a flow with that is meant for the same: as far as the flow itself tells. */
export function sameStart(flow: Flow): Record<'return_to' | 'login_challenge' | 'aal' | 'refresh', string | undefined> {
  return {
    return_to: flow.return_to,
    login_challenge: 'oauth2_login_challenge' in flow ? flow.oauth2_login_challenge : undefined,
    aal: isSecondFactor(flow) ? 'aal2' : undefined,
    refresh: isRefresh(flow) ? 'true' : undefined,
  }
}
