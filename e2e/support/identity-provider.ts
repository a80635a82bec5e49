import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider, { type Account, type Context } from 'oidc-provider'
import { PROFILES } from '../../tools/profiles.ts'

/** Where the social identity provider of the tests is: the `issuer_url` of e2e/kratos/oidc.yml. */
const IDENTITY_PROVIDER = 'http://localhost:4646'

/** What an account at the provider tells of its owner. One without an e-mail address lacks a trait that Kratos wants. */
export type Claims = { email?: string; given_name?: string; family_name?: string }

/**
 * Starts an OpenID Connect provider (oidc-provider). Kratos takes it for two social sign-ins,
 * one a client (e2e/kratos/oidc.yml); whoever comes types on a plain page who they are, or refuses.
 *
 * @returns what stops it
 */
export async function startIdentityProvider(): Promise<() => Promise<void>> {
  const accounts = new Map<string, Claims>()
  const provider = new Provider(IDENTITY_PROVIDER, configuration(accounts))
  const handle = provider.callback()
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', IDENTITY_PROVIDER)
    // Nobody stays signed in here: the next one who comes is asked again.
    if (/^\/auth\b/.test(pathname)) request.headers.cookie = withoutSession(request)
    if (!pathname.startsWith(INTERACTION)) return handle(request, response)
    if (request.method !== 'POST') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      return response.end(PAGE)
    }
    const { subject = '', choice, ...typed } = Object.fromEntries(new URLSearchParams(await text(request)))
    if (choice === 'refuse') {
      const refusal = { error: 'access_denied', error_description: 'The owner of the account refused' }
      return provider.interactionFinished(request, response, refusal)
    }
    accounts.set(subject, Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '')))
    return provider.interactionFinished(request, response, { login: { accountId: subject } })
  })
  const { hostname, port } = new URL(IDENTITY_PROVIDER)
  await new Promise<void>((resolve) => server.listen(Number(port), hostname, resolve))
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

/** The ids of the providers in e2e/kratos/oidc.yml. */
const CLIENTS = ['google', 'github']
const INTERACTION = '/interaction/'
/** localhost's cookies are shared by all ports: these names are nobody else's. */
const COOKIES = {
  session: 'idp_session',
  interaction: 'idp_interaction',
  resume: 'idp_resume',
  state: 'idp_state',
}

function configuration(accounts: ReadonlyMap<string, Claims>): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    clients: CLIENTS.map((id) => ({
      client_id: `client-of-${id}`,
      client_secret: `only-for-tests-${id}`,
      redirect_uris: [`${PROFILES.oidc.uiUrl}/self-service/methods/oidc/callback/${id}`],
    })),
    claims: { openid: ['sub'], email: ['email'], profile: ['given_name', 'family_name'] },
    // Kratos reads the claims off the id token.
    conformIdTokenClaims: false,
    cookies: { names: COOKIES, keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: Context, { uid }: { uid: string }) => `${INTERACTION}${uid}` },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_: Context, id: string): Account => ({
      accountId: id,
      claims: () => ({ ...accounts.get(id), sub: id }),
    }),
    // Nobody is asked for a consent: who types an account has given it.
    async loadExistingGrant({ oidc }: Context) {
      const { accountId } = oidc.session
      const grant = new oidc.provider.Grant({ accountId, clientId: oidc.client.clientId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

function withoutSession({ headers }: IncomingMessage): string {
  const cookies = (headers.cookie ?? '').split(/;\s*/)
  return cookies.filter((cookie) => !cookie.startsWith(COOKIES.session)).join('; ')
}

const PAGE = `<!doctype html>
<html lang="en">
<title>Identity provider of the tests</title>
<h1>Who are you?</h1>
<form method="post">
<p><label>Subject <input name="subject"></label></p>
<p><label>E-mail <input name="email"></label></p>
<p><label>Given name <input name="given_name"></label></p>
<p><label>Family name <input name="family_name"></label></p>
<p><button name="choice" value="sign-in">Sign in</button> <button name="choice" value="refuse">Refuse</button></p>
</form>
</html>`
