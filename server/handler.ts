import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { withoutBase } from '../lib/base-path.ts'
import type { Env } from '../lib/env.ts'
import { withResponse } from '../lib/page-status.ts'
import { rememberAccount } from '../lib/remember-account.ts'
import { isRequestId, REQUEST_ID } from '../lib/request-id.ts'
import { recordOf } from '../lib/request-record.ts'
import { REQUEST_TARGET } from '../lib/request-target.ts'
import { passThrough, type Remember } from './pass-through.ts'
import { isKratosPath, safePath } from './request-path.ts'
import { OTHER, routeOf } from './route-of.ts'
import { securityHeaders } from './security-headers.ts'
import type { Observer } from './served.ts'
import type { StaticFiles } from './static-files.ts'
import { traceOf } from './trace-context.ts'
import { dropForwarded, trustedProxies } from './trusted-proxy.ts'

/** All that our own pages and routes take. To others, Next's answers are empty, or a 500 (TRACE). */
const METHODS = new Set<string | undefined>(['GET', 'HEAD', 'POST'])

/**
 * Puts the thin entry in front of Next's request handler: request id, forwarded headers, security headers, refusal of
 * odd paths, the pass-through to Kratos, and the response for `setStatus`. Everything else is Next's.
 *
 * @param observers are told of each request when it is over
 * @param files answers for files of the build
 */
export function createHandler(
  environment: Env,
  next: RequestListener,
  observers: readonly Observer[] = [],
  files: StaticFiles = () => false,
): RequestListener {
  const base = environment.BASE_PATH
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
    request.headers[REQUEST_TARGET] = target && withoutBase(target, base)
    withResponse(response, () => next(request, response as Parameters<RequestListener>[1]))
  }

  /** Lets Next render one of our pages in place of what was asked for. */
  function showProblem(status: number, request: IncomingMessage, response: ServerResponse) {
    const target = request.method === 'GET' ? request.url : '/'
    // The page stands at the URL that was asked for: only a GET can be tried again there.
    const wait = response.getHeader('Retry-After')
    const again = request.method === 'GET' ? ['again'] : []
    const query = wait ? [...again, `wait=${encodeURIComponent(String(wait))}`] : again
    request.url = `${base}/problem/${status}${query.length > 0 ? '?' : ''}${query.join('&')}`
    request.method = request.method === 'HEAD' ? 'HEAD' : 'GET'
    render(request, response, target)
  }

  /** Tells the observers when the request is over; what is asked for has other names by then. */
  function observe(requestId: string, route: string, { method = '' }: IncomingMessage, response: ServerResponse) {
    const [record, startedAt, from] = [recordOf(response), Date.now(), performance.now()]
    response.on('close', () => {
      const [status, aborted, ms] = [response.statusCode, !response.writableFinished, performance.now() - from]
      for (const tell of observers) tell({ requestId, method, route, status, startedAt, ms, aborted, record })
    })
  }

  return (request, response) => {
    const trusted = isTrusted(request.socket.remoteAddress)
    if (!trusted) dropForwarded(request.headers)
    const given = request.headers[REQUEST_ID]
    const id = trusted && isRequestId(given) ? given : randomUUID()
    request.headers[REQUEST_ID] = id
    response.setHeader('X-Request-Id', id)
    setSecurityHeaders(request, response)
    if (environment.OTEL_EXPORTER_OTLP_ENDPOINT) {
      if (!trusted) delete request.headers.tracestate
      recordOf(response).trace = traceOf(trusted ? request.headers.traceparent : undefined)
    }

    const path = safePath(request.url)
    const own = path && withoutBase(path, base)
    observe(id, own === undefined ? OTHER : routeOf(own), request, response)
    if (own === undefined) return showProblem(400, request, response)
    const outside = base !== '' && own === path
    if (!outside && files(own, request, response)) return
    // Probes come past the proxy that knows of the base.
    if (outside && own.startsWith('/health/')) request.url = base + request.url
    if (outside || !environment.sameOrigin || !isKratosPath(own)) {
      if (!METHODS.has(request.method)) return showProblem(405, request, response)
      return render(request, response)
    }
    request.url = request.url && withoutBase(request.url, base)
    pass(request, response)
  }
}
