import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Env } from '../lib/env.ts'
import { withResponse } from '../lib/page-status.ts'
import { rememberAccount } from '../lib/remember-account.ts'
import { isRequestId, REQUEST_ID } from '../lib/request-id.ts'
import { REQUEST_TARGET } from '../lib/request-target.ts'
import { passThrough, type Remember } from './pass-through.ts'
import { isKratosPath, safePath } from './request-path.ts'
import { securityHeaders } from './security-headers.ts'
import { dropForwarded, trustedProxies } from './trusted-proxy.ts'

/** All that our own pages and routes take. To others, Next's answers are empty, or a 500 (TRACE). */
const METHODS = new Set<string | undefined>(['GET', 'HEAD', 'POST'])

/**
 * Puts the thin entry in front of Next's request handler: request id, forwarded headers, security headers, refusal of
 * odd paths, the pass-through to Kratos, and the response for `setStatus`. Everything else is Next's.
 */
export function createHandler(environment: Env, next: RequestListener): RequestListener {
  const isTrusted = trustedProxies(environment.TRUSTED_PROXIES)
  const setSecurityHeaders = securityHeaders(environment)
  const remember: Remember = (request, setCookies) => rememberAccount(environment, request, setCookies)
  const pass = passThrough(
    environment.KRATOS_PUBLIC_URL,
    showProblem,
    environment.REMEMBER_ACCOUNTS ? remember : undefined,
  )

  /** Lets Next answer, with what was asked for in a header: pages do not learn their URL otherwise. */
  function render(request: IncomingMessage, response: ServerResponse, target = request.url) {
    request.headers[REQUEST_TARGET] = target
    withResponse(response, () => next(request, response as Parameters<RequestListener>[1]))
  }

  /** Lets Next render one of our pages in place of what was asked for. */
  function showProblem(status: number, request: IncomingMessage, response: ServerResponse) {
    const target = request.method === 'GET' ? request.url : '/'
    // The page stands at the URL that was asked for: only a GET can be tried again there.
    request.url = `/problem/${status}${request.method === 'GET' ? '?again' : ''}`
    request.method = request.method === 'HEAD' ? 'HEAD' : 'GET'
    render(request, response, target)
  }

  return (request, response) => {
    const trusted = isTrusted(request.socket.remoteAddress)
    if (!trusted) dropForwarded(request.headers)
    const given = request.headers[REQUEST_ID]
    const id = trusted && isRequestId(given) ? given : randomUUID()
    request.headers[REQUEST_ID] = id
    response.setHeader('X-Request-Id', id)
    setSecurityHeaders(request, response)

    const path = safePath(request.url)
    if (path === undefined) showProblem(400, request, response)
    else if (environment.sameOrigin && isKratosPath(path)) pass(request, response)
    else if (!METHODS.has(request.method)) showProblem(405, request, response)
    else render(request, response)
  }
}
