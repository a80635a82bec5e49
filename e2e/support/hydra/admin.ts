import type Provider from 'oidc-provider'
import { acceptConsent } from './accept-consent.ts'
import { badRequest, conflict, notFound } from './admin-errors.ts'
import { consentRequestJson, consentSessionJson, loginRequestJson, logoutRequestJson } from './admin-json.ts'
import { ISSUER } from './places.ts'
import type { ConsentRequest, LoginRequest, Records } from './records.ts'

/** What an admin route is asked with. */
export type AdminCall = { query: URLSearchParams; body: Record<string, unknown> }
/** What it answers; without a body where Hydra sends none. */
export type AdminReply = { status: number; body?: unknown }

type Route = (call: AdminCall) => AdminReply | Promise<AdminReply>

const REQUESTS = '/admin/oauth2/auth/requests'
const SESSIONS = '/admin/oauth2/auth/sessions'

/**
 * Hydra's admin routes for login, consent, logout and devices, with its status codes and bodies.
 *
 * @see https://www.ory.sh/docs/hydra/reference/api
 * @returns the routes by method and path
 */
export function adminRoutes(provider: Provider, records: Records): Readonly<Record<string, Route>> {
  return {
    'GET /health/alive': () => ok({ status: 'ok' }),
    'GET /health/ready': () => ok({ status: 'ok' }),
    ...loginRoutes(provider, records),
    ...consentRoutes(provider, records),
    ...logoutRoutes(records),
    ...deviceRoutes(provider, records),
    ...sessionRoutes(provider, records),
  }
}

function loginRoutes(provider: Provider, records: Records): Record<string, Route> {
  const path = `${REQUESTS}/login`
  const find = (query: URLSearchParams) => records.logins.get(challengeIn(query, 'login')) ?? missing()
  return {
    [`GET ${path}`]: ({ query }) => {
      const request = find(query)
      return request.used ? gone(request) : ok(loginRequestJson(request))
    },
    [`PUT ${path}/accept`]: async ({ query, body }) => {
      refuseOthers(body, LOGIN_FIELDS)
      const { subject, remember, remember_for: rememberFor = 0, acr, amr, context } = body as LoginBody
      if (!subject) throw badRequest("Field 'subject' must not be empty.")
      const request = unused(find(query))
      if (request.subject && request.subject !== subject) {
        throw badRequest("Field 'subject' does not match subject from previous authentication.")
      }
      const interaction = (await provider.Interaction.find(request.challenge)) ?? missing()
      const ts = request.authenticatedAt ?? Math.floor(Date.now() / 1000)
      if (remember && !request.skip) records.rememberLogin(subject, ts, rememberFor)
      if (interaction.session && interaction.session.accountId !== subject) {
        // Somebody else comes after: Hydra drops the first one's session, oidc-provider would ask for a logout.
        const session = await provider.Session.findByUid(interaction.session.uid)
        await session?.destroy()
        delete interaction.session
      }
      records.logged.set(interaction.cid, { challenge: request.challenge, context })
      interaction.result = {
        login: { accountId: subject, ts, ...(amr ? { amr } : {}), ...(acr ? { acr } : {}) },
      }
      await interaction.persist()
      return redirectTo(interaction.returnTo)
    },
    [`PUT ${path}/reject`]: ({ query, body }) => reject(provider, unused(find(query)), body),
  }
}

function consentRoutes(provider: Provider, records: Records): Record<string, Route> {
  const path = `${REQUESTS}/consent`
  const find = (query: URLSearchParams) => records.consentRequests.get(challengeIn(query, 'consent')) ?? missing()
  return {
    [`GET ${path}`]: ({ query }) => {
      const request = find(query)
      return request.used ? gone(request) : ok(consentRequestJson(request))
    },
    [`PUT ${path}/accept`]: async ({ query, body }) => {
      refuseOthers(body, CONSENT_FIELDS)
      return redirectTo(await acceptConsent(provider, records, unused(find(query)), body))
    },
    [`PUT ${path}/reject`]: ({ query, body }) => reject(provider, unused(find(query)), body),
  }
}

function logoutRoutes(records: Records): Record<string, Route> {
  const path = `${REQUESTS}/logout`
  const find = (query: URLSearchParams) => {
    const request = records.logouts.get(challengeIn(query, 'logout'))
    return request && !request.rejected ? request : missing()
  }
  return {
    [`GET ${path}`]: ({ query }) => {
      const request = find(query)
      return request.used ? gone(request) : ok(logoutRequestJson(request))
    },
    [`PUT ${path}/accept`]: ({ query }) => {
      const request = unused(find(query))
      return redirectTo(
        records.verifier(`${ISSUER}/oauth2/sessions/logout`, 'logout_verifier', {
          path: '/oauth2/sessions/logout/confirm',
          fields: { xsrf: request.xsrf, logout: 'yes' },
          used: () => {
            request.used = true
          },
        }),
      )
    },
    [`PUT ${path}/reject`]: ({ query }) => {
      find(query).rejected = true
      return { status: 204 }
    },
  }
}

function deviceRoutes(provider: Provider, records: Records): Record<string, Route> {
  return {
    [`PUT ${REQUESTS}/device/accept`]: async ({ query, body }) => {
      const request = unused(records.devices.get(challengeIn(query, 'device')) ?? missing())
      const userCode = body.user_code
      if (typeof userCode !== 'string' || userCode === '') throw badRequest("Field 'user_code' must not be empty.")
      const code = await provider.DeviceCode.findByUserCode(userCode.toUpperCase().replace(/\W/g, ''))
      if (!code || code.isExpired || code.accountId || code.inFlight || code.error) {
        throw badRequest("The 'user_code' session could not be found or has expired or is otherwise malformed.")
      }
      return redirectTo(
        records.verifier(`${ISSUER}/oauth2/device/verify`, 'device_verifier', {
          path: '/oauth2/device/verify',
          fields: { xsrf: request.xsrf, user_code: userCode, confirm: 'yes' },
          used: () => {
            request.used = true
          },
        }),
      )
    },
  }
}

function sessionRoutes(provider: Provider, records: Records): Record<string, Route> {
  return {
    [`GET ${SESSIONS}/consent`]: ({ query }) => ok(records.consentsOf(subjectIn(query)).map(consentSessionJson)),
    [`DELETE ${SESSIONS}/consent`]: async ({ query }) => {
      const [client, id] = [query.get('client'), query.get('consent_request_id')]
      const subject = id ? '' : subjectIn(query)
      if (!client && !id && query.get('all') !== 'true') {
        throw badRequest("Query parameter both 'client' and 'all' is not defined but one of them should have been.")
      }
      for (const { grantId, request } of [...records.consents.values()]) {
        const isMeant = id
          ? request.challenge === id
          : request.subject === subject && (!client || request.client.client_id === client)
        if (isMeant) await revoke(provider, records, grantId)
      }
      return { status: 204 }
    },
    [`DELETE ${SESSIONS}/login`]: ({ query }) => {
      records.forgetLogins(subjectIn(query))
      return { status: 204 }
    },
  }
}

async function revoke(provider: Provider, records: Records, grantId: string): Promise<void> {
  records.consents.delete(grantId)
  for (const model of [provider.AccessToken, provider.RefreshToken, provider.AuthorizationCode]) {
    await model.revokeByGrantId(grantId)
  }
  await (await provider.Grant.find(grantId))?.destroy()
}

async function reject(
  provider: Provider,
  request: LoginRequest | ConsentRequest,
  body: Record<string, unknown>,
): Promise<AdminReply> {
  refuseOthers(body, REJECT_FIELDS)
  const interaction = (await provider.Interaction.find(request.challenge)) ?? missing()
  const denied = `The resource owner denied the request`
  const { error = 'access_denied', error_description: description = denied } = body as Record<string, string>
  interaction.result = { error, error_description: description }
  await interaction.persist()
  return redirectTo(interaction.returnTo)
}

type LoginBody = {
  subject?: string
  remember?: boolean
  remember_for?: number
  acr?: string
  amr?: string[]
  context?: unknown
}

const LOGIN_FIELDS = [
  'subject',
  'remember',
  'remember_for',
  'extend_session_lifespan',
  'acr',
  'amr',
  'context',
  'force_subject_identifier',
  'identity_provider_session_id',
]
const CONSENT_FIELDS = [
  'grant_scope',
  'grant_access_token_audience',
  'session',
  'remember',
  'remember_for',
  'handled_at',
  'context',
]
const REJECT_FIELDS = ['error', 'error_description', 'error_hint', 'error_debug', 'status_code']

/** Hydra refuses a body with a field that it does not know. */
function refuseOthers(body: Record<string, unknown>, known: readonly string[]): void {
  const other = Object.keys(body).find((name) => !known.includes(name))
  if (other) throw badRequest(`Unable to decode body because: json: unknown field "${other}"`)
}

function challengeIn(query: URLSearchParams, kind: string): string {
  const challenge = query.get(`${kind}_challenge`) || query.get('challenge')
  if (!challenge) throw badRequest("Query parameter 'challenge' is not defined but should have been.")
  return challenge
}

function subjectIn(query: URLSearchParams): string {
  const subject = query.get('subject')
  if (!subject) throw badRequest("Query parameter 'subject' is not defined but should have been.")
  return subject
}

function unused<T extends { used: boolean }>(request: T): T {
  if (request.used) throw conflict()
  return request
}

function missing(): never {
  throw notFound()
}

const ok = (body: unknown): AdminReply => ({ status: 200, body })
const redirectTo = (url: string): AdminReply => ok({ redirect_to: url })
const gone = ({ requestUrl }: { requestUrl: string }): AdminReply => ({
  status: 410,
  body: { redirect_to: requestUrl },
})
