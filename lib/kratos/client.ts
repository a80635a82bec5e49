import 'server-only'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Configuration, FrontendApi } from '@ory/client'
import { withoutOurs } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import type { Answer } from '#lib/kratos/results.ts'
import { log } from '#lib/log.ts'
import { REQUEST_ID } from '#lib/request-id.ts'
import { startCall } from '#lib/request-record.ts'

/** How long Kratos may take to answer, in ms. */
const TIMEOUT = 5_000
/** How long a connection is kept without use, in ms: shorter than Kratos keeps it (120 s), so that none dies under a call. */
const IDLE = 30_000
/** The largest answer that is read: a flow is some 10 kB. */
const MAX_ANSWER = 4 * 1024 * 1024

/** What a call of the client comes to. */
export type Reply = { status: number; data: unknown; headers: object }

/** What of the browser's request is passed on to Kratos. */
export type Caller = { cookie: string | null; requestId: string | null }

let api: FrontendApi | undefined

/** The one client of Kratos's public API: keep-alive, no redirects followed, every status an answer. */
function kratos(): FrontendApi {
  api ??= new FrontendApi(
    new Configuration({
      basePath: env().KRATOS_PUBLIC_URL.replace(/\/$/, ''),
      baseOptions: {
        adapter: 'http',
        httpAgent: new HttpAgent({ keepAlive: true, timeout: IDLE }),
        httpsAgent: new HttpsAgent({ keepAlive: true, timeout: IDLE }),
        maxContentLength: MAX_ANSWER,
        maxRedirects: 0,
        proxy: false,
        validateStatus: () => true,
      },
    }),
  )
  return api
}

/** The request options of a call. */
export type CallOptions = ReturnType<typeof callOptions>

/** The browser's cookies without ours, the request id, the trace, and what ends the call. */
function callOptions(caller: Caller, signal: AbortSignal, trace: object) {
  const cookie = withoutOurs(caller.cookie)
  return {
    signal,
    headers: {
      Accept: 'application/json',
      ...(cookie ? { Cookie: cookie } : {}),
      ...(caller.requestId ? { [REQUEST_ID]: caller.requestId } : {}),
      ...trace,
    },
  }
}

/** A kept connection that was closed as a call went out on it: Kratos or its proxy is rolled. Every call here may be made again. */
const wasClosed = ({ code, request }: { code?: string; request?: { reusedSocket?: boolean } }) =>
  request?.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE')

/**
 * Asks Kratos, and turns all that can come of it into data: status 0 when it gave no whole answer in time.
 *
 * @param name what is asked, for the log
 * @param caller whose request this call serves
 * @param timeout in ms
 */
export async function askKratos(
  name: string,
  caller: Caller,
  call: (api: FrontendApi, options: CallOptions) => Promise<Reply>,
  timeout = TIMEOUT,
): Promise<Answer> {
  // Not AbortSignal.timeout(): that one keeps each call in memory until its time is over.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeout)
  const record = startCall('kratos', name)
  const send = (): Promise<Reply> =>
    call(kratos(), callOptions(caller, controller.signal, record.headers)).catch((error) => {
      if (wasClosed(error)) return send()
      throw error
    })
  try {
    const { status, data, headers } = await send()
    const { 'retry-after': retryAfter, 'x-total-count': total } = headers as Record<string, string>
    record.end(status, data, retryAfter)
    const answer = { status, body: data, retryAfter, total }
    if (status >= 500) {
      log().error({ call: name, status, requestId: caller.requestId }, 'Kratos answered with an error')
    }
    return answer
  } catch (error) {
    const code = (error as { code?: unknown }).code
    log().error({ call: name, code, requestId: caller.requestId }, 'Kratos did not answer')
    return { status: 0, body: undefined }
  } finally {
    clearTimeout(timer)
    record.end(0)
  }
}
