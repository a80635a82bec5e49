import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import * as openid from 'openid-client'
import { applicationPage } from './application-page.ts'
import { CLIENT_SECRET } from './clients.ts'
import { APPLICATION, ISSUER, NATIVE_CALLBACK, NATIVE_GOODBYE } from './places.ts'
import { close, listen } from './stand-in.ts'

// The application that people sign in to: a relying party that checks all that OpenID Connect tells it to (openid-client).
// It shows what it got as JSON, and to people at `/`. See ROUTES for what it can be asked.

type Tokens = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers
type Pending = {
  client: string
  verifier: string
  nonce: string
  redirectUri: string
  maxAge: string | null
  /** for people: back to `/` */
  page: boolean
}
type Session = { client: string; tokens: Tokens }
type Call = { url: URL; session: Session | undefined; setSession: (session: Session | undefined) => void }
type Reply = { to: string } | { json: unknown } | { type: string; body: string | Buffer }

/** What `/callback`, `/refresh` and `/device/result` show. */
export type SignedIn = {
  client: string
  claims: openid.IDToken | undefined
  scope: string | undefined
  hasRefreshToken: boolean
  accessToken: string
}

/** Starts the application. Returns what stops it. */
export async function startApplication(): Promise<() => Promise<void>> {
  const sessions = new Map<string, Session>()
  const listener: RequestListener = async (request, response) => {
    const url = new URL(request.url ?? '/', APPLICATION)
    const route = ROUTES[url.pathname]
    if (!route) return send(response, { type: 'text/plain', body: 'not found' }, 404)
    const id = cookieOf(request)
    const setSession = (session: Session | undefined) => {
      const fresh = randomBytes(16).toString('hex')
      if (session) sessions.set(fresh, session)
      response.setHeader('Set-Cookie', `${COOKIE}=${fresh}; Path=/; HttpOnly; SameSite=Lax`)
    }
    try {
      send(response, await route({ url, session: sessions.get(id), setSession }))
    } catch (error) {
      send(response, { json: problemOf(error) })
    }
  }
  const server = await listen(listener, APPLICATION)
  return () => close(server)
}

/** localhost's cookies are shared by all ports: this name is nobody else's. */
const COOKIE = 'application_session'
const pendings = new Map<string, Pending>()
const devices = new Map<string, Promise<SignedIn>>()

const ROUTES: Readonly<Record<string, (call: Call) => Promise<Reply> | Reply>> = {
  /** For people, who are led back here by `page=1`. */
  '/': ({ session }) => ({
    type: 'text/html; charset=utf-8',
    body: applicationPage(session && show(session.client, session.tokens)),
  }),
  /** Off to the provider. `client`, `native` (the redirect URI of a phone), and any parameter of the authorization. */
  '/start': start,
  /** Back from the provider: checks all, and shows what came. `?url=` stands for what a phone was called with. */
  '/callback': callback,
  '/refresh': async ({ session, setSession }) => {
    const { client, tokens } = signedIn(session)
    const next = await openid.refreshTokenGrant(await configOf(client), tokens.refresh_token ?? '')
    setSession({ client, tokens: next })
    return { json: show(client, next) }
  },
  /** Revokes the refresh token, and tells what the provider says of the access token then. */
  '/revoke': async ({ session }) => {
    const { client, tokens } = signedIn(session)
    const config = await configOf(client)
    await openid.tokenRevocation(config, tokens.refresh_token ?? tokens.access_token)
    return { json: await openid.tokenIntrospection(config, tokens.access_token) }
  },
  '/introspect': async ({ session }) => {
    const { client, tokens } = signedIn(session)
    return { json: await openid.tokenIntrospection(await configOf(client), tokens.access_token) }
  },
  '/userinfo': async ({ session }) => {
    const { client, tokens } = signedIn(session)
    const subject = tokens.claims()?.sub ?? ''
    return { json: await openid.fetchUserInfo(await configOf(client), tokens.access_token, subject) }
  },
  /** RP-initiated logout. `?hint=none` leaves out the id_token_hint, `?to=none` the way back, `?to=phone` is a phone's. */
  '/logout': async ({ url, session }) => {
    const { client, tokens } = signedIn(session)
    const hint = url.searchParams.get('hint') === 'none' ? {} : { id_token_hint: tokens.id_token ?? '' }
    const to = url.searchParams.get('to')
    const state = url.searchParams.has('page') ? 'page' : 'after-logout'
    const back = { post_logout_redirect_uri: to === 'phone' ? NATIVE_GOODBYE : `${APPLICATION}/goodbye` }
    const parameters = { ...hint, ...(to === 'none' ? {} : { ...back, state }) }
    return { to: openid.buildEndSessionUrl(await configOf(client), parameters).href }
  },
  '/goodbye': ({ url, setSession }) => {
    const state = url.searchParams.get('state')
    if (state !== 'page') return { json: { goodbye: true, state } }
    setSession(undefined)
    return { to: '/' }
  },
  /** Starts a device authorization, and waits for its end in the background. `client`, `scope` */
  '/device/start': async ({ url }) => {
    const client = url.searchParams.get('client') ?? 'device'
    const config = await configOf(client)
    const scope = url.searchParams.get('scope') ?? 'openid offline'
    const started = await openid.initiateDeviceAuthorization(config, { scope })
    const result = openid
      .pollDeviceAuthorizationGrant(config, { ...started, interval: 1 })
      .then((tokens) => show(client, tokens))
    result.catch(() => {})
    devices.set(started.user_code, result)
    return { json: started }
  },
  /** Waits for the end of the device authorization that `user_code` names. */
  '/device/result': async ({ url }) => ({ json: await devices.get(url.searchParams.get('user_code') ?? '') }),
  '/logo.png': () => ({ type: 'image/png', body: LOGO }),
  '/privacy': () => ({ type: 'text/html', body: '<!doctype html><title>Privacy</title><h1>Privacy</h1>' }),
  '/terms': () => ({ type: 'text/html', body: '<!doctype html><title>Terms</title><h1>Terms</h1>' }),
  '/favicon.ico': () => ({ type: 'image/png', body: LOGO }),
}

async function start({ url }: Call): Promise<Reply> {
  const { client = 'app', native, page, ...asked } = Object.fromEntries(url.searchParams)
  const redirectUri = native || client === 'native' ? NATIVE_CALLBACK : `${APPLICATION}/callback`
  const [verifier, nonce, state] = [openid.randomPKCECodeVerifier(), openid.randomNonce(), openid.randomState()]
  const maxAge = url.searchParams.get('max_age')
  pendings.set(state, { client, verifier, nonce, redirectUri, maxAge, page: page !== undefined })
  const parameters = {
    scope: 'openid email offline_access',
    ...asked,
    redirect_uri: redirectUri,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
  }
  return { to: openid.buildAuthorizationUrl(await configOf(client), parameters).href }
}

async function callback({ url, setSession }: Call): Promise<Reply> {
  const called = new URL(url.searchParams.get('url') ?? url)
  const state = called.searchParams.get('state') ?? ''
  const pending = pendings.get(state)
  if (!pending) return { json: { error: 'unknown_state' } }
  pendings.delete(state)
  const tokens = await openid.authorizationCodeGrant(await configOf(pending.client), called, {
    expectedNonce: pending.nonce,
    expectedState: state,
    idTokenExpected: true,
    pkceCodeVerifier: pending.verifier,
    ...(pending.maxAge === null ? {} : { maxAge: Number(pending.maxAge) }),
  })
  setSession({ client: pending.client, tokens })
  return pending.page ? { to: '/' } : { json: show(pending.client, tokens) }
}

function show(client: string, tokens: Tokens): SignedIn {
  return {
    client,
    claims: tokens.claims(),
    scope: tokens.scope,
    hasRefreshToken: tokens.refresh_token !== undefined,
    accessToken: tokens.access_token,
  }
}

const configs = new Map<string, Promise<openid.Configuration>>()

function configOf(client: string): Promise<openid.Configuration> {
  const known = configs.get(client)
  if (known) return known
  const isConfidential = client === 'app' || client === 'trusted'
  const authentication = isConfidential ? openid.ClientSecretBasic(CLIENT_SECRET) : openid.None()
  const options = { execute: [openid.allowInsecureRequests] }
  const config = openid.discovery(new URL(ISSUER), client, {}, authentication, options)
  configs.set(client, config)
  return config
}

function signedIn(session: Session | undefined): Session {
  if (!session) throw new Error('not signed in')
  return session
}

/** What the provider refused, or what openid-client did not accept. */
function problemOf(error: unknown): Record<string, unknown> {
  if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError) {
    return { error: error.error, error_description: error.error_description }
  }
  return { error: 'refused_by_the_application', error_description: String(error) }
}

function cookieOf({ headers }: IncomingMessage): string {
  return new RegExp(`(?:^|; )${COOKIE}=(\\w+)`).exec(headers.cookie ?? '')?.[1] ?? ''
}

function send(response: ServerResponse, reply: Reply, status = 200): void {
  if ('to' in reply) response.writeHead(303, { Location: reply.to }).end()
  else if ('json' in reply) {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply.json, null, 2))
  } else response.writeHead(status, { 'Content-Type': reply.type }).end(reply.body)
}

/** A blue dot. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==',
  'base64',
)
