import 'server-only'
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { withoutOurs } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import type { Answer } from '#lib/kratos/results.ts'
import { log } from '#lib/log.ts'
import { REQUEST_ID } from '#lib/request-id.ts'

/** How long Kratos may take to answer, in ms. */
const TIMEOUT = 5_000
/** How long a connection is kept without use, in ms: shorter than Kratos keeps it (120 s), so that none dies under a call. */
const IDLE = 30_000
/** The largest answer that is read: a flow is some 10 kB. */
const MAX_ANSWER = 4 * 1024 * 1024

/** What of the browser's request is passed on to Kratos. */
export type Caller = { cookie: string | null; requestId: string | null }

const http = { request: httpRequest, agent: new HttpAgent({ keepAlive: true, timeout: IDLE }) }
const https = { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true, timeout: IDLE }) }

/**
 * Asks Kratos's public API, and turns all that can come of it into data: status 0 when it gave no whole answer in time. No
 * redirect is followed. By node:http: `@ory/client` has the types, its own calls cost as much as half a page (docs/decisions/0052).
 *
 * @param name what is asked, for the log
 * @param caller whose request this call serves
 * @param path the endpoint, and its query
 * @param options the method, and how long to wait, in ms
 */
export async function askKratos(
  name: string,
  caller: Caller,
  path: string,
  { method = 'GET', timeout = TIMEOUT }: { method?: 'GET' | 'DELETE'; timeout?: number } = {},
): Promise<Answer> {
  try {
    const { status, headers, body } = await send(method, path, caller, timeout)
    if (status >= 500) {
      log().error({ call: name, status, requestId: caller.requestId }, 'Kratos answered with an error')
    }
    return { status, body, retryAfter: headers['retry-after'], total: headers['x-total-count'] as string | undefined }
  } catch (error) {
    const code = (error as { code?: unknown }).code
    log().error({ call: name, code, requestId: caller.requestId }, 'Kratos did not answer')
    return { status: 0, body: undefined }
  }
}

type Reply = { status: number; headers: IncomingHttpHeaders; body: unknown }

function send(method: string, path: string, caller: Caller, timeout: number): Promise<Reply> {
  const url = new URL(env().KRATOS_PUBLIC_URL.replace(/\/$/, '') + path)
  const { request, agent } = url.protocol === 'https:' ? https : http
  // The browser's cookies without ours.
  const cookie = withoutOurs(caller.cookie)
  const headers = {
    Accept: 'application/json',
    ...(cookie ? { Cookie: cookie } : {}),
    ...(caller.requestId ? { [REQUEST_ID]: caller.requestId } : {}),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > MAX_ANSWER) fail(Object.assign(new Error(), { code: 'TOO_LARGE' }))
      })
      answer.on('error', fail)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parse(text) })
      })
    })
    const fail = (error: Error) => {
      reject(error)
      outgoing.destroy()
    }
    const timer = setTimeout(() => fail(Object.assign(new Error(), { code: 'TIMEOUT' })), timeout)
    outgoing.on('error', fail)
    outgoing.on('close', () => clearTimeout(timer))
    outgoing.end()
  })
}

/** JSON where it is some: a gateway's page stays text. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
