import type { HydraClient } from './clients.ts'
import type { Consent, ConsentRequest, LoginRequest, LogoutRequest } from './records.ts'

// The bodies of Hydra's admin API, field by field.

export function loginRequestJson(request: LoginRequest) {
  return { ...askedJson(request), session_id: request.sessionId }
}

export function consentRequestJson(request: ConsentRequest) {
  return {
    ...askedJson(request),
    login_challenge: request.loginChallenge,
    login_session_id: request.sessionId,
    consent_request_id: request.challenge,
    acr: request.acr,
    amr: request.amr,
    context: request.context ?? {},
  }
}

export function consentSessionJson(consent: Consent) {
  return {
    consent_request_id: consent.request.challenge,
    consent_request: consentRequestJson(consent.request),
    grant_scope: consent.grantScope,
    grant_access_token_audience: consent.grantAudience,
    session: consent.session,
    remember: consent.remember,
    remember_for: consent.rememberFor,
    handled_at: consent.handledAt,
    context: consent.context,
  }
}

export function logoutRequestJson(request: LogoutRequest) {
  return {
    challenge: request.challenge,
    subject: request.subject,
    sid: request.sid,
    request_url: request.requestUrl,
    rp_initiated: request.rpInitiated,
    requested_at: request.requestedAt,
    client: request.client ? clientJson(request.client) : null,
  }
}

function askedJson(request: LoginRequest | ConsentRequest) {
  return {
    challenge: request.challenge,
    requested_scope: request.scope,
    requested_access_token_audience: request.audience,
    skip: request.skip,
    subject: request.subject,
    oidc_context: request.oidcContext,
    client: clientJson(request.client),
    request_url: request.requestUrl,
  }
}

/** Hydra never tells a secret here. */
function clientJson({ client_secret: _, ...client }: HydraClient) {
  return client
}
