import type { Context, Interaction } from 'oidc-provider'
import { acceptConsent } from './accept-consent.ts'
import { CONSENT_BY_STAND_IN } from './clients.ts'
import { ISSUER, UI_PAGES } from './places.ts'
import { clientOf, type OidcContext, type Records } from './records.ts'

/** Makes a login request of an interaction. Returns the login page to send the browser to. */
export function askForLogin(records: Records, ctx: Context, interaction: Interaction): string {
  const { oidc } = ctx
  const skip = isLoggedInAlready(records, oidc)
  records.logins.set(interaction.uid, {
    kind: 'login',
    challenge: interaction.uid,
    requestUrl: `${ISSUER}${ctx.req.url}`,
    ...askedBy(ctx),
    skip,
    subject: skip ? (oidc.session.accountId ?? '') : '',
    sessionId: oidc.session.uid,
    authenticatedAt: skip ? oidc.session.loginTs : undefined,
    used: false,
  })
  return `${UI_PAGES.login}?${new URLSearchParams({ login_challenge: interaction.uid })}`
}

/** Makes a consent request of an interaction. Returns the consent page, or the way on where the stand-in consents. */
export async function askForConsent(records: Records, ctx: Context, interaction: Interaction): Promise<string> {
  const { oidc } = ctx
  const logged = records.logged.get(interaction.cid)
  const login = records.logins.get(logged?.challenge ?? '')
  if (!logged || !login) throw new Error('a consent without a login')
  const { client, scope } = login
  const subject = oidc.session.accountId ?? ''
  const isTakenOver = client.token_endpoint_auth_method === 'none' && !/^http/.test(String(oidc.params.redirect_uri))
  const asksAgain = oidc.prompts.has('consent') || isTakenOver
  const request = {
    ...login,
    kind: 'consent' as const,
    challenge: interaction.uid,
    skip: !asksAgain && records.rememberedConsent(subject, client.client_id, scope) !== undefined,
    subject,
    sessionId: oidc.session.uid,
    used: false,
    loginChallenge: login.challenge,
    context: logged.context,
    acr: oidc.session.acr ?? '',
    amr: oidc.session.amr ?? [],
  }
  records.consentRequests.set(interaction.uid, request)
  if (CONSENT_BY_STAND_IN.has(client.client_id)) {
    return acceptConsent(oidc.provider, records, request, { grant_scope: scope })
  }
  return `${UI_PAGES.consent}?${new URLSearchParams({ consent_challenge: interaction.uid })}`
}

/** Whether Hydra would tell the login page to skip: somebody is remembered, and the application does not mind. */
export function isLoggedInAlready(records: Records, { session, params, prompts, entities }: Context['oidc']): boolean {
  const { accountId, loginTs } = session
  if (!accountId || loginTs === undefined || prompts.has('login')) return false
  if (params.max_age !== undefined && session.past(params.max_age)) return false
  const hinted = entities.IdTokenHint?.payload.sub
  return (hinted === undefined || hinted === accountId) && records.isRemembered(accountId, loginTs)
}

function askedBy({ oidc, query }: Context) {
  const { params } = oidc
  // oidc-provider drops offline_access unless the application asks for a consent page; Hydra does not.
  const scope = String(query.scope ?? params.scope ?? '')
  return {
    client: clientOf(oidc.client.clientId),
    scope: words(scope) ?? [],
    audience: words(params.audience) ?? [],
    oidcContext: oidcContext(oidc),
  }
}

function oidcContext({ params, entities }: Context['oidc']): OidcContext {
  const [acrValues, locales] = [words(params.acr_values), words(params.ui_locales)]
  const hint = entities.IdTokenHint?.payload
  return {
    ...(acrValues ? { acr_values: acrValues } : {}),
    ...(params.display ? { display: String(params.display) } : {}),
    ...(hint ? { id_token_hint_claims: hint } : {}),
    ...(params.login_hint ? { login_hint: String(params.login_hint) } : {}),
    ...(locales ? { ui_locales: locales } : {}),
  }
}

function words(value: unknown): string[] | undefined {
  const found = typeof value === 'string' ? value.split(' ').filter(Boolean) : []
  return found.length > 0 ? found : undefined
}
