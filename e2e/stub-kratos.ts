import { createServer, type Server } from 'node:http'
import { isFlowType } from '../lib/kratos/flows.ts'
import { allErrors, allFlows, readSession } from '../tools/testing/fixtures.ts'

// Kratos's public API without a Kratos: it replays e2e/flows. For work on pages, not for tests of what Kratos does.

type Failure = { code: number; id?: string; reason: string }
type Reply = { status: number; body?: unknown; headers?: Readonly<Record<string, string>> }

/** Ids of flows and of stored errors that stand for what can go wrong. */
export const FAILURES: Readonly<Record<string, Failure>> = {
  expired: {
    code: 410,
    id: 'self_service_flow_expired',
    reason: 'The self-service flow expired 2.00 minutes ago, initialize a new one.',
  },
  csrf: {
    code: 403,
    id: 'security_csrf_violation',
    reason: 'Please retry the flow and optionally clear your cookies.',
  },
  disabled: {
    code: 403,
    id: 'self_service_flow_disabled',
    reason: 'Registration is not allowed because it was disabled by the administrator.',
  },
  refused: { code: 400, reason: 'The request was malformed or contained invalid parameters.' },
  busy: { code: 429, reason: 'Too many requests.' },
  down: { code: 500, reason: 'An internal server error occurred, please contact the system administrator.' },
}

/** The id of a login whose form leads to another host, as that of a Kratos with a wrong base_url. */
const FOREIGN_FORM = 'foreign-form'

const NOT_FOUND: Failure = { code: 404, reason: 'Unable to locate the resource' }
const SIGNED_OUT: Failure = { code: 401, id: 'session_inactive', reason: 'No active session was found.' }
const COOKIE = 'stub_session'

/**
 * Makes the server. The files are read at each request, so that an edited one shows at once.
 *
 * @param uiUrl the UI's origin, where browsers find this API as well (KRATOS_BROWSER_URL=/); no slash at the end
 * @returns a server that does not listen yet
 */
export function createStub(uiUrl: string): Server {
  return createServer((request, response) => {
    const signedIn = request.headers.cookie?.includes(`${COOKIE}=`) ?? false
    const { status, body, headers } = replyTo(new URL(request.url ?? '/', uiUrl), signedIn, uiUrl)
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
    response.writeHead(status, { 'Cache-Control': 'no-store', ...type, ...headers })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function replyTo({ pathname, searchParams: query }: URL, signedIn: boolean, uiUrl: string): Reply {
  const [, type = '', part] = /^\/self-service\/(\w+)(?:\/(browser|flows))?$/.exec(pathname) ?? []
  if (isFlowType(type)) {
    if (part === 'flows') return flowReply(query.get('id') ?? '', uiUrl)
    const flow = part === 'browser' ? firstOf(type, query) : (query.get('flow') ?? type)
    return seeOther(`${uiUrl}/${type}?flow=${encodeURIComponent(flow)}`)
  }
  switch (pathname) {
    case '/health/ready':
      return { status: 200, body: { status: 'ok' } }
    case '/sessions/whoami':
      return signedIn ? { status: 200, body: readSession() } : failure(SIGNED_OUT)
    case '/sessions':
      return signedIn ? { status: 200, body: otherSessions() } : failure(SIGNED_OUT)
    case '/self-service/errors':
      return storedError(query.get('id') ?? '')
    case '/self-service/logout/browser': {
      const body = { logout_url: `${uiUrl}/self-service/logout?token=stub`, logout_token: 'stub' }
      return signedIn ? { status: 200, body } : failure(SIGNED_OUT)
    }
    case '/self-service/logout':
      return seeOther(`${uiUrl}/login`, `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`)
    // Not Kratos's: the stub's own way to a session, and to a page that needs one.
    case '/self-service/stub/sign-in':
      return seeOther(`${uiUrl}${query.get('to') ?? '/welcome'}`, `${COOKIE}=recorded; Path=/; HttpOnly; SameSite=Lax`)
    default:
      return failure(NOT_FOUND)
  }
}

function flowReply(id: string, uiUrl: string): Reply {
  const failed = failureOf(id)
  if (failed) return failure(failed)
  const wanted = id === FOREIGN_FORM ? 'login' : id
  const fixture = allFlows().find(({ name }) => name.replace(/.*\//, '') === wanted)
  if (!fixture) return failure(NOT_FOUND)
  const { flow, type } = fixture
  const action = `${id === FOREIGN_FORM ? 'https://elsewhere.example' : uiUrl}/self-service/${type}?flow=${id}`
  return { status: 200, body: { ...flow, id, ui: { ...flow.ui, action } } }
}

/** The state that a start leads to: refresh and the second factor have files of their own. */
function firstOf(type: string, query: URLSearchParams): string {
  if (type === 'login' && query.get('aal') === 'aal2') return 'login-aal2'
  return type === 'login' && query.get('refresh') === 'true' ? 'login-refresh' : type
}

function otherSessions(): unknown[] {
  const session = readSession()
  const agents = ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148', '']
  return agents.map((user_agent, index) => ({
    ...session,
    id: `00000000-0000-4000-8000-00000000010${index}`,
    devices: [{ ...session.devices?.[0], user_agent }],
  }))
}

function storedError(id: string): Reply {
  const written = allErrors().find(({ name }) => name === id)
  if (written) return { status: 200, body: written.error }
  const failed = failureOf(id)
  return failed ? { status: 200, body: { id, error: errorBody(failed) } } : failure(NOT_FOUND)
}

function failureOf(id: string): Failure | undefined {
  return Object.hasOwn(FAILURES, id) ? FAILURES[id] : undefined
}

function failure(failed: Failure): Reply {
  return { status: failed.code, body: { error: errorBody(failed) } }
}

function errorBody({ id, code, reason }: Failure) {
  return { ...(id && { id }), code, status: String(code), reason, message: reason }
}

function seeOther(location: string, cookie?: string): Reply {
  return { status: 303, headers: { Location: location, ...(cookie && { 'Set-Cookie': cookie }) } }
}
