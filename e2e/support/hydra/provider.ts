import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import Provider, { type Context, type Interaction, interactionPolicy } from 'oidc-provider'
import { CLIENTS, type HydraClient, SCOPES } from './clients.ts'
import { ISSUER, UI_PAGES } from './places.ts'
import type { Records } from './records.ts'
import { askForConsent, askForLogin, isLoggedInAlready } from './requests.ts'

/** The user code that stood in the URL: oidc-provider is not shown it, because it would act on it at once. */
export const userCodes = new WeakMap<IncomingMessage, string>()

/**
 * The OpenID provider of the stand-in: oidc-provider with Hydra's paths, which sends people to our pages with a
 * challenge in place of pages of its own.
 */
export function createProvider(records: Records): Provider {
  const provider = new Provider(ISSUER, configuration(records))
  putSessionIntoIdTokens(provider, records)
  provider.on('interaction.ended', ({ oidc }) => {
    const uid = oidc.entities.Interaction?.uid ?? ''
    const request = records.logins.get(uid) ?? records.consentRequests.get(uid)
    if (request) request.used = true
  })
  provider.on('server_error', (_, error) => console.error('stand-in for Hydra:', error))
  provider.use(async (ctx, next) => {
    await next()
    // Nobody is signed in: Hydra goes on without asking, where oidc-provider shows a form.
    if (ctx.oidc?.route === 'end_session' && ctx.status === 200) ctx.redirect(confirmLogout(records, ctx))
  })
  return provider
}

/** localhost's cookies are shared by all ports: these names are nobody else's. */
const COOKIES = {
  session: 'hydra_session',
  interaction: 'hydra_interaction',
  resume: 'hydra_resume',
  state: 'hydra_state',
}

function configuration(records: Records): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    acrValues: ['aal1', 'aal2'],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      phone: ['phone_number', 'phone_number_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'website', 'updated_at'],
    },
    clients: CLIENTS.map(toProviderClient),
    conformIdTokenClaims: false,
    cookies: { names: COOKIES, keys: [randomBytes(16).toString('hex')] },
    expiresWithSession: () => false,
    extraParams: ['audience'],
    extraTokenClaims: (_: Context, token: { grantId?: string }) =>
      records.consents.get(token.grantId ?? '')?.session.access_token,
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true },
      revocation: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (ctx: Context, _: string, __: unknown, error?: Error) =>
          ctx.redirect(error ? errorPage({ error: 'invalid_request' }) : devicePage(records, ctx)),
        successSource: (ctx: Context) => ctx.redirect(UI_PAGES.deviceDone),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx: Context) => ctx.redirect(logoutPage(records, ctx)),
        postLogoutSuccessSource: (ctx: Context) => ctx.redirect(UI_PAGES.afterLogout),
      },
    },
    findAccount: (_: Context, id: string, token?: { grantId?: string }) => ({
      accountId: id,
      claims: () => ({ ...records.consents.get(token?.grantId ?? '')?.session.id_token, sub: id }),
    }),
    interactions: {
      policy: policy(records),
      url: (ctx: Context, interaction: Interaction) =>
        interaction.prompt.name === 'login'
          ? askForLogin(records, ctx, interaction)
          : askForConsent(records, ctx, interaction),
    },
    issueRefreshToken: (
      _: Context,
      client: { grantTypeAllowed: (type: string) => boolean },
      code: { grantId: string },
    ) =>
      client.grantTypeAllowed('refresh_token') &&
      ['offline', 'offline_access'].some((scope) => records.consents.get(code.grantId)?.grantScope.includes(scope)),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    loadExistingGrant: ({ oidc }: Context) => {
      const grantId = oidc.result?.consent?.grantId ?? silentConsent(records, oidc)?.grantId
      return grantId ? oidc.provider.Grant.find(grantId) : undefined
    },
    renderError: (ctx: Context, out: Record<string, string>) => ctx.redirect(errorPage(out)),
    routes: {
      authorization: '/oauth2/auth',
      code_verification: '/oauth2/device/verify',
      device_authorization: '/oauth2/device/auth',
      end_session: '/oauth2/sessions/logout',
      introspection: '/oauth2/introspect',
      jwks: '/.well-known/jwks.json',
      revocation: '/oauth2/revoke',
      token: '/oauth2/token',
      userinfo: '/userinfo',
    },
    scopes: SCOPES,
    ttl: {
      AccessToken: 600,
      DeviceCode: 600,
      Grant: 3600,
      IdToken: 600,
      Interaction: 1800,
      RefreshToken: 3600,
      Session: 3600,
    },
  }
}

/** oidc-provider checks URIs that it has no need of here; the admin routes tell of them as they are. */
function toProviderClient(client: HydraClient): Record<string, unknown> {
  const uris = [...client.redirect_uris, ...(client.post_logout_redirect_uris ?? [])]
  const isNative = uris.some((uri) => !uri.startsWith('http'))
  return {
    client_id: client.client_id,
    ...(client.client_secret ? { client_secret: client.client_secret } : {}),
    application_type: isNative ? 'native' : 'web',
    grant_types: client.grant_types,
    post_logout_redirect_uris: client.post_logout_redirect_uris ?? [],
    redirect_uris: client.redirect_uris,
    response_types: client.response_types,
    token_endpoint_auth_method: client.token_endpoint_auth_method,
  }
}

/** As Hydra does it: everything goes by the login page and the consent page, which are told when they may skip. */
function policy(records: Records): unknown {
  const { Check, Prompt } = interactionPolicy
  const login = new Prompt(
    { name: 'login', requestable: true },
    new Check('login', 'the login page has to be asked', 'login_required', ({ oidc }: Context) =>
      oidc.prompts.has('none') ? !isLoggedInAlready(records, oidc) : !oidc.result?.login,
    ),
  )
  const consent = new Prompt(
    { name: 'consent', requestable: true },
    new Check('consent', 'the consent page has to be asked', 'consent_required', ({ oidc }: Context) =>
      oidc.prompts.has('none') ? !silentConsent(records, oidc) : !oidc.result?.consent,
    ),
  )
  return [login, consent]
}

function silentConsent(records: Records, { prompts, session, client, params }: Context['oidc']) {
  if (!prompts.has('none') || !session.accountId) return undefined
  return records.rememberedConsent(session.accountId, client.clientId, String(params.scope ?? '').split(' '))
}

/**
 * Hydra puts whatever the consent page said into the ID token, but for what it says itself: always when, and how if the
 * login page told it (fosite, token/jwt/claims_id_token.go: ToMap).
 */
function putSessionIntoIdTokens(provider: Provider, records: Records): void {
  const { payload } = provider.IdToken.prototype
  provider.IdToken.prototype.payload = async function () {
    const { AuthorizationCode, RefreshToken, DeviceCode, Grant } = this.ctx?.oidc.entities ?? {}
    const source = AuthorizationCode ?? RefreshToken ?? DeviceCode
    const { acr: _acr, amr: _amr, ...said } = records.consents.get(Grant?.jti ?? '')?.session.id_token ?? {}
    return {
      ...said,
      ...(await payload.call(this)),
      ...(source?.authTime ? { auth_time: source.authTime } : {}),
      ...(source?.amr?.length ? { amr: source.amr } : {}),
      ...(source?.acr ? { acr: source.acr } : {}),
    }
  }
}

function logoutPage(records: Records, { oidc, req }: Context): string {
  const challenge = crypto.randomUUID()
  records.logouts.set(challenge, {
    challenge,
    requestUrl: `${ISSUER}${req.url}`,
    client: CLIENTS.find(({ client_id }) => client_id === oidc.client?.clientId),
    subject: oidc.session.accountId ?? '',
    sid: oidc.session.uid,
    rpInitiated: oidc.params.id_token_hint !== undefined,
    requestedAt: new Date().toISOString(),
    rejected: false,
    used: false,
    xsrf: oidc.session.state.secret,
  })
  return `${UI_PAGES.logout}?${new URLSearchParams({ logout_challenge: challenge })}`
}

function confirmLogout(records: Records, { oidc }: Context): string {
  return records.verifier(`${ISSUER}/oauth2/sessions/logout`, 'logout_verifier', {
    path: '/oauth2/sessions/logout/confirm',
    fields: { xsrf: oidc.session.state.secret, logout: 'yes' },
    used: () => {},
  })
}

function devicePage(records: Records, { oidc, req }: Context): string {
  const challenge = crypto.randomUUID()
  records.devices.set(challenge, { challenge, xsrf: oidc.session.state.secret, used: false })
  const code = userCodes.get(req)
  return `${UI_PAGES.device}?${new URLSearchParams({ device_challenge: challenge, ...(code ? { user_code: code } : {}) })}`
}

function errorPage(out: Record<string, string>): string {
  const { error = 'server_error', error_description = '' } = out
  return `${UI_PAGES.error}?${new URLSearchParams({ error, error_description })}`
}
