import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { withoutOurs } from '../lib/cookies.ts'
import { startCall } from '../lib/request-record.ts'

/** The largest body that passes: Kratos's own forms stay far below. */
export const MAX_BODY = 1024 * 1024
/** For the start of a flow, in ms. */
const START_TIMEOUT = 5_000
/** Longer than for our own calls: a submit that Kratos accepts late must not look lost. In ms. */
const UPSTREAM_TIMEOUT = 30_000

/** Node has answered `expect` with 100 already; the policy is ours, made for Next, and no business of Kratos's. */
const HOP_BY_HOP = 'connection expect keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer'
  .split(' ')
  .concat('transfer-encoding', 'upgrade', 'content-security-policy')

/** Shows a page of ours with this status in place of an answer. */
export type ShowProblem = (status: number, request: IncomingMessage, response: ServerResponse) => void

/** Gives a Set-Cookie header to add to an answer that signs somebody in. */
export type Remember = (request: IncomingMessage, setCookies: string[]) => Promise<string | undefined>

/**
 * Makes the same-origin pass-through to Kratos's public API (docs/decisions/0003): a streaming pipe that changes nothing
 * but hop-by-hop headers, our own cookies and X-Forwarded-*.
 *
 * @param kratosPublicUrl where this server reaches Kratos
 * @param showProblem called at most once a request, only while nothing has been sent to the browser yet: 413 for a body
 *   that is too large, 503 when Kratos does not answer, and Kratos's own status where it would show a person JSON
 * @param remember sees the answers that may sign somebody in; undefined: nothing is remembered
 * @returns a request handler
 */
export function passThrough(
  kratosPublicUrl: string,
  showProblem: ShowProblem,
  remember?: Remember,
): (request: IncomingMessage, response: ServerResponse) => void {
  const base = new URL(kratosPublicUrl)
  const secure = base.protocol === 'https:'
  // A connection for each request: a kept one may be closed as a form goes out on it, and a form cannot be sent
  // again; and an answer's Keep-Alive would shorten the time that the next request has.
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: false })
  const prefix = base.pathname.replace(/\/$/, '')
  const host = base.hostname.replace(/^\[|\]$/g, '')

  return (incoming, outgoing) => {
    let failed = false
    const record = startCall('kratos', 'pass-through', outgoing)
    const fail = (status: number, retryAfter?: string) => {
      if (failed) return
      failed = true
      upstream.destroy()
      if (outgoing.headersSent) outgoing.destroy()
      else {
        if (retryAfter) outgoing.setHeader('Retry-After', retryAfter)
        showProblem(status, incoming, outgoing)
      }
    }
    const upstream = (secure ? httpsRequest : httpRequest)(
      {
        agent,
        host,
        // Not the browser's Host header: the certificate is Kratos's own.
        ...(isIP(host) ? {} : { servername: host }),
        port: base.port || (secure ? 443 : 80),
        method: incoming.method,
        path: prefix + incoming.url,
        headers: { ...requestHeaders(incoming), ...record.headers },
        timeout: isStart(incoming) ? START_TIMEOUT : UPSTREAM_TIMEOUT,
      },
      async (answer) => {
        record.end(answer.statusCode ?? 0)
        const problem = problemForPerson(incoming, answer)
        if (problem) return fail(problem, answer.headers['retry-after'])
        const setCookies = answer.headers['set-cookie']
        if (remember && setCookies && answer.statusCode === 303) {
          const cookie = await remember(incoming, setCookies)
          if (cookie) answer.rawHeaders.push('Set-Cookie', cookie)
          if (failed) return
        }
        outgoing.writeHead(answer.statusCode ?? 502, responseHeaders(answer, outgoing))
        answer.pipe(outgoing)
        answer.on('error', () => outgoing.destroy())
      },
    )
    const noAnswer = () => {
      // Not when it was ended from here.
      if (!failed) record.end(0)
      fail(503)
    }
    upstream.on('timeout', noAnswer)
    upstream.on('error', noAnswer)
    // The end of an answer, or a browser that went away: then nobody is left to tell.
    outgoing.on('close', () => {
      failed = true
      upstream.destroy()
    })

    if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY) return fail(413)
    let received = 0
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > MAX_BODY) fail(413)
    })
    incoming.pipe(upstream)
  }
}

/** The start of a flow has nothing to lose: a person waits no longer for it than for a page. */
function isStart({ method, url = '' }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && /^\/self-service\/\w+\/browser(\?|$)/.test(url)
}

/**
 * The status of the page of ours that a person gets in place of an answer: bare JSON errors, a gateway's page, too many requests, a failing
 * Kratos (docs/decisions/0009). Undefined for what is passed on.
 */
function problemForPerson(incoming: IncomingMessage, answer: IncomingMessage): number | undefined {
  const isPerson = incoming.headers.accept?.includes('text/html') && incoming.url?.startsWith('/self-service/')
  if (!isPerson) return undefined
  const status = answer.statusCode ?? 502
  if (status === 429) return 429
  const type = answer.headers['content-type'] ?? ''
  // Kratos answers navigations with redirects; JSON is what somebody who looks into a flow asks for.
  const isNoPage =
    type.includes('html') || (type.includes('json') && !/\/(flows|errors)(\?|$)/.test(incoming.url ?? ''))
  if (status >= 500 || (status === 200 && isNoPage)) return 503
  return status >= 400 && type.includes('json') ? status : undefined
}

function requestHeaders(incoming: IncomingMessage): Record<string, string | string[]> {
  const dropped = dropSet(incoming.headers.connection)
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !dropped.has(name)) headers[name] = value
  }
  const cookies = withoutOurs(incoming.headers.cookie)
  if (cookies) headers.cookie = cookies
  else delete headers.cookie
  const peer = incoming.socket.remoteAddress ?? ''
  const before = incoming.headers['x-forwarded-for']
  headers['x-forwarded-for'] = before ? `${before}, ${peer}` : peer
  headers['x-forwarded-host'] ??= incoming.headers.host ?? ''
  headers['x-forwarded-proto'] ??= 'encrypted' in incoming.socket ? 'https' : 'http'
  // The body is framed as it came, whatever Connection named: node would frame a GET's body not at all, so that it would
  // count as the next request on the connection, and announce chunks for a POST without a body.
  const encoding = incoming.headers['transfer-encoding']
  if (encoding) headers['transfer-encoding'] = encoding
  else headers['content-length'] = incoming.headers['content-length'] ?? '0'
  return headers
}

/** Raw headers, so that several Set-Cookie and their case stay as they were. Our security headers win over Kratos's. */
function responseHeaders(answer: IncomingMessage, outgoing: ServerResponse): string[] {
  const dropped = dropSet(answer.headers.connection)
  const headers: string[] = []
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    const name = answer.rawHeaders[index] ?? ''
    if (dropped.has(name.toLowerCase()) || outgoing.hasHeader(name)) continue
    headers.push(name, answer.rawHeaders[index + 1] ?? '')
  }
  return headers
}

function dropSet(connection: string | undefined): Set<string> {
  const named = (connection ?? '').split(',').map((token) => token.trim().toLowerCase())
  return new Set([...HOP_BY_HOP, ...named])
}
