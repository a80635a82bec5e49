/** The part of oidc-provider (which has no types of its own) that the providers of the tests use. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Account = { accountId: string; claims: () => Record<string, unknown> }
  type LoginResult = { accountId: string; ts?: number; amr?: string[]; acr?: string }
  type Result =
    | { login: LoginResult; consent?: { grantId: string } }
    | { login?: LoginResult; consent: { grantId: string } }
    | { error: string; error_description: string }
  type Session = {
    accountId?: string
    uid: string
    loginTs?: number
    acr?: string
    amr?: string[]
    state: { secret: string }
    past: (age: unknown) => boolean
    destroy: () => Promise<void>
  }
  type Interaction = {
    uid: string
    /** the same for all interactions of an authorization */
    cid: string
    prompt: { name: string }
    params: Record<string, unknown>
    returnTo: string
    session?: { accountId: string; uid: string }
    lastSubmission?: object
    result?: Result
    persist: () => Promise<void>
  }
  type Grant = {
    jti: string
    addOIDCScope: (scope: string) => void
    save: () => Promise<string>
    destroy: () => Promise<void>
  }
  type Source = { authTime?: number; amr?: string[]; acr?: string }
  type DeviceCode = { isExpired: boolean; accountId?: string; inFlight?: boolean; error?: string }
  type Context = {
    req: IncomingMessage
    status: number
    query: Record<string, unknown>
    redirect: (url: string) => void
    oidc: {
      provider: Provider
      client: { clientId: string }
      session: Session
      params: Record<string, unknown>
      prompts: Set<string>
      result?: { login?: LoginResult; consent?: { grantId: string } }
      route: string
      entities: {
        Interaction?: Interaction
        IdTokenHint?: { payload: Record<string, unknown> }
        Grant?: Grant
        AuthorizationCode?: Source
        RefreshToken?: Source
        DeviceCode?: Source
      }
    }
  }
  type IdToken = { ctx?: Context; payload: () => Promise<Record<string, unknown>> }
  type Revocable = { revokeByGrantId: (grantId: string) => Promise<void> }

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    AccessToken: Revocable
    AuthorizationCode: Revocable
    RefreshToken: Revocable
    DeviceCode: { findByUserCode: (code: string) => Promise<DeviceCode | undefined> }
    Grant: {
      new (options: { accountId: string | undefined; clientId: string }): Grant
      find: (id: string) => Promise<Grant | undefined>
    }
    IdToken: { prototype: IdToken }
    Interaction: { find: (uid: string) => Promise<Interaction | undefined> }
    Session: { findByUid: (uid: string) => Promise<Session | undefined> }
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string } } | { error: string; error_description: string },
    ): Promise<void>
    on(event: 'interaction.ended', listener: (ctx: Context) => void): void
    on(event: 'server_error', listener: (ctx: Context, error: Error) => void): void
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): void
  }

  export const interactionPolicy: {
    Check: new (reason: string, description: string, error: string, check: (ctx: Context) => boolean) => object
    Prompt: new (options: { name: string; requestable: boolean }, ...checks: object[]) => object
  }

  export type { Account, Context, Interaction }
}
