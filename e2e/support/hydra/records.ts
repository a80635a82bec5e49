import { randomBytes } from 'node:crypto'
import { CLIENTS, type HydraClient } from './clients.ts'

/** What an application asked with, beyond the scopes. */
export type OidcContext = {
  acr_values?: string[]
  display?: string
  id_token_hint_claims?: Record<string, unknown>
  login_hint?: string
  ui_locales?: string[]
}

/** What login and consent requests have in common. */
type Asked = {
  challenge: string
  requestUrl: string
  client: HydraClient
  scope: string[]
  audience: string[]
  oidcContext: OidcContext
  skip: boolean
  subject: string
  sessionId: string
  /** followed up by the browser: it cannot be changed any more */
  used: boolean
}

export type LoginRequest = Asked & { kind: 'login'; authenticatedAt: number | undefined }
export type ConsentRequest = Asked & {
  kind: 'consent'
  loginChallenge: string
  context: unknown
  acr: string
  amr: string[]
}

/** A consent that was given: the body of the PUT, and what it is about. */
export type Consent = {
  /** the oidc-provider grant that carries it */
  grantId: string
  request: ConsentRequest
  grantScope: string[]
  grantAudience: string[]
  session: { id_token?: Record<string, unknown>; access_token?: Record<string, unknown> }
  remember: boolean
  rememberFor: number
  handledAt: string
  context: unknown
}

export type LogoutRequest = {
  challenge: string
  requestUrl: string
  client: HydraClient | undefined
  subject: string
  sid: string
  rpInitiated: boolean
  requestedAt: string
  rejected: boolean
  used: boolean
  /** what oidc-provider wants to see again */
  xsrf: string
}

export type DeviceRequest = { challenge: string; xsrf: string; used: boolean }

/** What the browser brings back once a request is accepted, and what is then posted in its name. */
type Verifier = { path: string; fields: Record<string, string>; used: () => void }

/** All that the stand-in remembers. It lives as long as the process of the tests. */
export class Records {
  readonly logins = new Map<string, LoginRequest>()
  readonly consentRequests = new Map<string, ConsentRequest>()
  readonly logouts = new Map<string, LogoutRequest>()
  readonly devices = new Map<string, DeviceRequest>()
  /** by the id of the grant */
  readonly consents = new Map<string, Consent>()
  readonly verifiers = new Map<string, Verifier>()
  /** `context` and challenge of the login, by the authorization that goes on with it */
  readonly logged = new Map<string, { challenge: string; context: unknown }>()
  /** until when (ms) a login is remembered: by its subject and time */
  readonly #remembered = new Map<string, number>()

  rememberLogin(subject: string, at: number, seconds: number): void {
    this.#remembered.set(`${subject} ${at}`, seconds > 0 ? Date.now() + seconds * 1000 : Number.POSITIVE_INFINITY)
  }

  isRemembered(subject: string, at: number): boolean {
    return (this.#remembered.get(`${subject} ${at}`) ?? 0) > Date.now()
  }

  /** Forgets that somebody is signed in at Hydra. */
  forgetLogins(subject: string): void {
    for (const key of this.#remembered.keys()) if (key.startsWith(`${subject} `)) this.#remembered.delete(key)
  }

  /** The consents of somebody that were asked for, newest first; those that time has ended are left out. */
  consentsOf(subject: string): Consent[] {
    return [...this.consents.values()]
      .filter(({ request }) => request.subject === subject && !request.skip)
      .filter(
        ({ rememberFor, handledAt }) => rememberFor === 0 || Date.parse(handledAt) + rememberFor * 1000 > Date.now(),
      )
      .reverse()
  }

  /** The consent that makes it needless to ask again. */
  rememberedConsent(subject: string, clientId: string, scope: readonly string[]): Consent | undefined {
    return this.consentsOf(subject).find(
      ({ request, remember, grantScope }) =>
        remember && request.client.client_id === clientId && scope.every((one) => grantScope.includes(one)),
    )
  }

  /** A URL for the browser to come back by. */
  verifier(page: string, name: string, verifier: Verifier): string {
    const value = newId()
    this.verifiers.set(value, verifier)
    return `${page}?${new URLSearchParams({ [name]: value })}`
  }
}

function newId(): string {
  return randomBytes(24).toString('base64url')
}

export function clientOf(id: string): HydraClient {
  const found = CLIENTS.find(({ client_id }) => client_id === id)
  if (!found) throw new Error(`no client ${id}`)
  return found
}
