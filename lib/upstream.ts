import http from 'node:http'
import https from 'node:https'
import type { Answer } from '#lib/kratos/results.ts'
import { log } from '#lib/log.ts'
import { readText } from '#lib/read-text.ts'
import { REQUEST_ID } from '#lib/request-id.ts'
import { startCall } from '#lib/request-record.ts'

/** How long Kratos or Hydra may take to answer, in ms. */
const TIMEOUT = 5_000
/** The largest answer that is read, in bytes: a flow is some 10 kB, a page of consents some 100. */
const MAX_ANSWER = 4 * 1024 * 1024
/** Idle connections are kept for less time (ms) than Kratos and Hydra keep them (120 s), so that none dies under a call. */
const KEEP = { keepAlive: true, timeout: 30_000 }
const plain = { request: http.request, agent: new http.Agent(KEEP) }
const secure = { request: https.request, agent: new https.Agent(KEEP) }

/** What every call has: what ends it, and the headers that say what it belongs to. */
export type CallOptions = { signal: AbortSignal; headers: Readonly<Record<string, string>> }
type Call = CallOptions & { url: string; method?: string; body?: string | undefined }
/** What a call comes to, with any status. */
export type Reply = { status: number; data: unknown; headers: object }

/**
 * Sends a call. What only asks goes over a connection that is kept. No redirect is followed.
 *
 * @param parse reads the body
 * @throws Error when no whole answer comes, it is too large, or `parse` throws
 */
export async function send(call: Call, parse: (text: string) => unknown): Promise<Reply> {
  const answer = await open(call)
  const text = await readText(answer, MAX_ANSWER)
  if (text === undefined) throw new RangeError('The answer is too large')
  return { status: answer.statusCode ?? 0, data: parse(text), headers: answer.headers }
}

function open(call: Call): Promise<http.IncomingMessage> {
  const { url, body, ...options } = call
  const { request, agent } = url.startsWith('https:') ? secure : plain
  const isRead = (options.method ?? 'GET') === 'GET'
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: isRead && agent, ...options }, resolve)
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // It was closed as the call went out on it: Kratos, Hydra or a proxy before them is rolled.
      const closed = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      return closed ? resolve(open(call)) : reject(error)
    })
    sent.end(body)
  })
}

/**
 * Asks Kratos or Hydra, and turns all that can come of it into data: status 0 when there was no whole answer in time.
 *
 * @param name what is asked, for the log
 * @param requestId of the request that the call serves
 * @param call makes it
 * @param timeout in ms
 */
export async function ask(
  upstream: 'Kratos' | 'Hydra',
  name: string,
  requestId: string | null,
  call: (options: CallOptions) => Promise<Reply>,
  timeout = TIMEOUT,
): Promise<Answer> {
  // Not AbortSignal.timeout(): that one keeps each call in memory until its time is over.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeout)
  const record = startCall(upstream === 'Kratos' ? 'kratos' : 'hydra', name)
  const headers = { Accept: 'application/json', ...(requestId ? { [REQUEST_ID]: requestId } : {}), ...record.headers }
  try {
    const { status, data, headers: got } = await call({ signal: controller.signal, headers })
    const { 'retry-after': retryAfter, 'x-total-count': total } = got as Record<string, string>
    record.end(status, data, retryAfter)
    if (status >= 500) log().error({ call: name, status, requestId }, `${upstream} answered with an error`)
    return { status, body: data, retryAfter, total }
  } catch (error) {
    log().error({ call: name, code: (error as { code?: unknown }).code, requestId }, `${upstream} did not answer`)
    return { status: 0, body: undefined }
  } finally {
    clearTimeout(timer)
    record.end(0)
  }
}
