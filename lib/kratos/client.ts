import 'server-only'
import { Configuration, FrontendApi } from '@ory/client'
import { withoutOurs } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import type { Answer } from '#lib/kratos/results.ts'
import { ask, type CallOptions, type Reply, send } from '#lib/upstream.ts'

/** What of the browser's request is passed on to Kratos. */
export type Caller = { cookie: string | null; requestId: string | null }

// The SDK knows paths and parameters. It gets this for an axios, which takes twice as long for a call (docs/performance.md).
const axios = { defaults: {}, request: (call: Parameters<typeof send>[0]) => send(call, parse) }
let api: FrontendApi | undefined

/** The one client of Kratos's public API. */
function kratos(): FrontendApi {
  const basePath = env().KRATOS_PUBLIC_URL.replace(/\/$/, '')
  api ??= new FrontendApi(new Configuration({ basePath }), basePath, axios as never)
  return api
}

/** JSON; or the text, as of a gateway's page. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * Asks Kratos, with the browser's cookies but for ours: see {@link ask}.
 *
 * @param name what is asked, for the log
 * @param caller whose request this call serves
 * @param timeout in ms
 */
export function askKratos(
  name: string,
  { cookie, requestId }: Caller,
  call: (api: FrontendApi, options: CallOptions) => Promise<Reply>,
  timeout?: number,
): Promise<Answer> {
  const theirs = withoutOurs(cookie)
  const make = ({ signal, headers }: CallOptions) =>
    call(kratos(), { signal, headers: theirs ? { ...headers, Cookie: theirs } : headers })
  return ask('Kratos', name, requestId, make, timeout)
}
