import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { withoutOurs } from '../lib/cookies.ts'

/** The largest body that passes: Kratos's own forms stay far below. */
export const MAX_BODY = 1024 * 1024
const UPSTREAM_TIMEOUT = 30_000

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Ours, made for Next: no business of Kratos's.
  'content-security-policy',
])

/** Why a request could not be passed on. */
export type PassThroughFailure = 'too-large' | 'unavailable'

/**
 * Makes the same-origin pass-through to Kratos's public API (docs/decisions/0003): a streaming pipe that changes nothing
 * but hop-by-hop headers, our own cookies and X-Forwarded-*.
 *
 * @param kratosPublicUrl where this server reaches Kratos
 * @param onFailure called at most once a request, only while nothing has been sent to the browser yet
 * @returns a request handler
 */
export function passThrough(
  kratosPublicUrl: string,
  onFailure: (failure: PassThroughFailure, request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  const base = new URL(kratosPublicUrl)
  const secure = base.protocol === 'https:'
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const prefix = base.pathname.replace(/\/$/, '')

  return (incoming, outgoing) => {
    let failed = false
    const fail = (failure: PassThroughFailure) => {
      if (failed) return
      failed = true
      upstream.destroy()
      if (outgoing.headersSent) outgoing.destroy()
      else onFailure(failure, incoming, outgoing)
    }
    const upstream = (secure ? httpsRequest : httpRequest)(
      {
        agent,
        host: base.hostname.replace(/^\[|\]$/g, ''),
        port: base.port || (secure ? 443 : 80),
        method: incoming.method,
        path: prefix + incoming.url,
        headers: requestHeaders(incoming),
        timeout: UPSTREAM_TIMEOUT,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, responseHeaders(answer, outgoing))
        answer.pipe(outgoing)
        answer.on('error', () => outgoing.destroy())
      },
    )
    upstream.on('timeout', () => fail('unavailable'))
    upstream.on('error', () => fail('unavailable'))
    outgoing.on('close', () => upstream.destroy())

    if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY) return fail('too-large')
    let received = 0
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > MAX_BODY) fail('too-large')
    })
    incoming.pipe(upstream)
  }
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
  // A request with neither length nor chunks has no body; node would announce chunks for a POST.
  if (
    incoming.headers['transfer-encoding'] === undefined &&
    incoming.headers['content-length'] === undefined
  ) {
    headers['content-length'] = '0'
  }
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
