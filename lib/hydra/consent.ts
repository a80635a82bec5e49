import type { AcceptOAuth2ConsentRequest, Identity, OAuth2Client, OAuth2ConsentRequest } from '@ory/client'
import { claimsOf } from '#lib/hydra/claims.ts'
import { type HydraResult, webUrl } from '#lib/hydra/results.ts'
import type { SessionResult } from '#lib/kratos/get-session.ts'

/** What an application asks somebody to allow. */
export type ConsentRequest = {
  challenge: string
  /** the id of the identity that signed in for it */
  subject: string
  client: OAuth2Client
  scopes: readonly string[]
  audience: readonly string[]
  /** Hydra remembers that it was allowed before */
  skip: boolean
  /** `acr_values` has `aal2` */
  wantsSecondFactor: boolean
  /** `ui_locales`: the languages that the application asks for */
  uiLocales: readonly string[]
  /** the URL that the application asked with */
  requestUrl: string | undefined
}

/** Reads a consent request; undefined for a body that is none. */
export function toConsentRequest(body: Readonly<Record<string, unknown>>): ConsentRequest | undefined {
  const { challenge, subject, client, ...asked } = body as Partial<OAuth2ConsentRequest>
  if (typeof challenge !== 'string' || typeof subject !== 'string' || subject === '') return undefined
  if (typeof client !== 'object' || client === null) return undefined
  return {
    challenge,
    subject,
    client,
    scopes: texts(asked.requested_scope),
    audience: texts(asked.requested_access_token_audience),
    skip: asked.skip === true,
    wantsSecondFactor: texts(asked.oidc_context?.acr_values).includes('aal2'),
    uiLocales: texts(asked.oidc_context?.ui_locales),
    requestUrl: webUrl(asked.request_url),
  }
}

/** What is to be done about a consent. */
export type ConsentStep =
  /** ask the person, or go on without: `silent` when nobody has to be asked */
  | { kind: 'decide'; silent: boolean; request: ConsentRequest; identity: Identity; sessionId: string }
  /** the application wants a second factor, and this session has none */
  | { kind: 'second-factor'; request: ConsentRequest; identity: Identity; sessionId: string }
  /** somebody else is signed in than the one who signed in for the application */
  | { kind: 'other-account'; request: ConsentRequest; identity: Identity }
  | { kind: 'sign-in'; aal: 'aal2' | undefined }
  /** with where Hydra says that it goes on */
  | { kind: 'over'; to: string | undefined }
  | { kind: 'unavailable'; who: 'hydra' | 'kratos' }

/**
 * Decides what a consent request comes to. Nothing is allowed unless the one who signed in for the application is signed
 * in at Kratos as well, with the factors that it asks for. Pure; the table of its cases is its test.
 *
 * @param asked what Hydra says of the request
 * @param session what Kratos says of the browser
 * @param trusted ids of clients that need no consent, besides those with `skip_consent`
 */
export function decideConsent(
  asked: HydraResult<ConsentRequest>,
  session: SessionResult,
  trusted: readonly string[],
): ConsentStep {
  if (asked.kind === 'unavailable') return { kind: 'unavailable', who: 'hydra' }
  if (asked.kind !== 'request') return { kind: 'over', to: asked.kind === 'redirect' ? asked.to : undefined }
  if (session.kind === 'unavailable') return { kind: 'unavailable', who: 'kratos' }
  if (session.kind !== 'session') return { kind: 'sign-in', aal: session.kind === 'aal2' ? 'aal2' : undefined }
  const { request } = asked
  const { id: sessionId, identity, authenticator_assurance_level: level } = session.session
  if (!identity) return { kind: 'unavailable', who: 'kratos' }
  if (identity.id !== request.subject) return { kind: 'other-account', request, identity }
  const found = { request, identity, sessionId }
  if (request.wantsSecondFactor && level !== 'aal2') return { kind: 'second-factor', ...found }
  const { client_id: id, skip_consent: skips } = request.client
  const silent = request.skip || skips === true || (id !== undefined && trusted.includes(id))
  return { kind: 'decide', silent, ...found }
}

/**
 * The body that allows a request.
 *
 * @param granted scopes that the person leaves ticked; others than the application asked for do not count
 * @param rememberFor seconds, 0 for as long as nobody revokes it; undefined: not at all
 * @see https://www.ory.sh/docs/hydra/reference/api PUT /admin/oauth2/auth/requests/consent/accept
 */
export function acceptance(
  { scopes, audience }: ConsentRequest,
  identity: Identity,
  granted: readonly string[],
  rememberFor: number | undefined,
): AcceptOAuth2ConsentRequest {
  const grant = scopes.filter((scope) => granted.includes(scope))
  return {
    grant_scope: grant,
    grant_access_token_audience: [...audience],
    remember: rememberFor !== undefined,
    ...(rememberFor === undefined ? {} : { remember_for: rememberFor }),
    session: { id_token: claimsOf(identity, grant) },
  }
}

/**
 * The URL by which the application asks anew, for another account: with `prompt=login`, Hydra does not hold on to the one
 * that it remembers.
 */
export function otherAccountUrl(requestUrl: string | undefined): string | undefined {
  const url = URL.parse(requestUrl ?? '')
  url?.searchParams.set('prompt', 'login')
  return url?.href
}

function texts(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : []
  return [...new Set(all.filter((one) => typeof one === 'string' && one !== ''))] as string[]
}
