import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { FuzzRequest } from './fuzz-requests.ts'
import { BY_KRATOS } from './fuzz-server.ts'

/** What must not come back, and what did. */
export type Finding = { what: string; detail: string }

/** Without a body by nature; 405 is how Next answers for routes that are no pages, such as /health/alive. */
const BODILESS = new Set([204, 304, 405])

/**
 * Sends a request, and looks at what comes back.
 *
 * @returns its status (`none` without one), and what is wrong with it
 */
export function askFuzzed(port: number, sent: FuzzRequest): Promise<{ status: string; finding?: Finding }> {
  const detail = `${sent.method} ${sent.path.slice(0, 200)}`
  return new Promise((resolve) => {
    const none = (what: string) => resolve({ status: 'none', finding: { what, detail } })
    const length = sent.body === '' ? {} : { 'content-length': Buffer.byteLength(sent.body) }
    const headers = { ...sent.headers, ...length }
    const { method, path } = sent
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false, timeout: 60_000 })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within a minute')))
    outgoing.on('error', (error) => none(error.message))
    outgoing.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      const byKratos = answer.headers[BY_KRATOS] !== undefined
      buffer(answer).then(
        (sentBody) => {
          const body = decoded(sentBody, answer.headers['content-encoding'])
          const isEmpty = body.length === 0 && method !== 'HEAD' && !BODILESS.has(status) && status >= 400
          const what =
            isWrong(status, byKratos, path) ??
            (isEmpty ? `an empty body, ${status}` : cut(answer.headers['content-type'], body, method, status))
          resolve({ status: String(status), ...(what ? { finding: { what, detail } } : {}) })
        },
        (error: Error) => none(`cut off: ${error.message}`),
      )
    })
    outgoing.end(sent.body)
  })
}

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  deflate: inflateSync,
  gzip: gunzipSync,
}

/** What a browser makes of a body. One that ends too early cannot be decoded, and stays as it is: no page ends like that. */
function decoded(body: Buffer, encoding = ''): Buffer {
  try {
    return DECODERS[encoding]?.(body) ?? body
  } catch {
    return body
  }
}

/** 503 is what we say when Kratos is down, 502 when a flow's form leads elsewhere; any other 5xx would be a bug. */
function isWrong(status: number, byKratos: boolean, path: string): string | undefined {
  const isForeignForm = status === 502 && path.includes('?flow=fuzz-')
  return status >= 500 && status !== 503 && !isForeignForm && !byKratos ? `status ${status}` : undefined
}

function cut(type: string | undefined, body: Buffer, method: string, status: number): string | undefined {
  if (method === 'HEAD' || !type?.startsWith('text/html')) return undefined
  if (status === 200 && body.length === 0) return 'an empty page'
  return body.length > 0 && !body.toString('utf8').trimEnd().endsWith('</html>') ? 'half a page' : undefined
}
