import 'server-only'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Configuration, FrontendApi } from '@ory/client'
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

/** What a call of the client comes to. */
export type Reply = { status: number; data: unknown; headers: object }

/** What of the browser's request is passed on to Kratos. */
export type Caller = { cookie: string | null; requestId: string | null }

let api: FrontendApi | undefined

/** The one client of Kratos's public API: keep-alive, no redirects followed, every status an answer. */
export function kratos(): FrontendApi {
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

/**
 * The request options of a call: the browser's cookies without ours, the request id, and the time limit.
 *
 * @param caller whose request this call serves
 * @param timeout in ms
 */
export function callOptions(caller: Caller, timeout = TIMEOUT) {
  const cookie = withoutOurs(caller.cookie)
  return {
    signal: AbortSignal.timeout(timeout),
    headers: {
      Accept: 'application/json',
      ...(cookie ? { Cookie: cookie } : {}),
      ...(caller.requestId ? { [REQUEST_ID]: caller.requestId } : {}),
    },
  }
}

/**
 * Waits for a call and turns all that can come of it into data: status 0 when Kratos gave no whole answer.
 *
 * @param name what was asked, for the log
 * @param caller whose request this call serves
 * @param call the client's promise
 */
export async function answerOf(name: string, caller: Caller, call: Promise<Reply>): Promise<Answer> {
  try {
    const { status, data, headers } = await call
    const answer = { status, body: data, retryAfter: (headers as Record<string, string>)['retry-after'] }
    if (status >= 500)
      log().error({ call: name, status, requestId: caller.requestId }, 'Kratos answered with an error')
    return answer
  } catch (error) {
    const code = (error as { code?: unknown }).code
    log().error({ call: name, code, requestId: caller.requestId }, 'Kratos did not answer')
    return { status: 0, body: undefined }
  }
}
