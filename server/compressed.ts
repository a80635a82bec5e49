import type { RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

const GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/
/** What gets smaller: pages, JSON, drawings. A stream of events would wait for its end. */
const TEXT = /^(text\/(?!event-stream)|application\/([\w.]+\+)?(json|javascript|xml)|image\/svg)/
/** Below this many bytes nothing is gained. */
const LEAST = 1024

/**
 * Sends each text that Next writes as a whole, with its length, and compressed in one go where the browser takes gzip. Next itself
 * would compress and flush piece by piece: more bytes, and several times the CPU (docs/decisions/0055). Nothing is lost by that: no page of
 * ours comes in parts.
 *
 * @param next Next's request handler, built with `compress: false`
 */
export function compressed(next: RequestListener): RequestListener {
  return (request, response) => {
    if (request.method !== 'HEAD') holdBack(response, GZIP.test(String(request.headers['accept-encoding'])))
    return next(request, response)
  }
}

function holdBack(response: ServerResponse, takesGzip: boolean): void {
  const chunks: Buffer[] = []
  const original = { flushHeaders: response.flushHeaders, write: response.write, end: response.end }
  let isHeld: boolean | undefined
  /** Asked first when Next has set all headers. One that has sent them knows what it does. */
  const holds = () => {
    isHeld ??= !response.headersSent && !response.hasHeader('Content-Encoding') && isText(response)
    if (!isHeld) Object.assign(response, original)
    return isHeld
  }
  response.flushHeaders = () => {
    if (!holds()) response.flushHeaders()
  }
  response.write = (...args: unknown[]) => {
    if (!holds()) return (response.write as (...args: unknown[]) => boolean)(...args)
    chunks.push(bufferOf(args))
    const written = callbackOf(args)
    if (written) process.nextTick(written)
    return true
  }
  response.end = (...args: unknown[]) => {
    if (!holds()) return (response.end as (...args: unknown[]) => ServerResponse)(...args)
    chunks.push(bufferOf(args))
    Object.assign(response, original)
    return response.end(pack(response, Buffer.concat(chunks), takesGzip), callbackOf(args))
  }
}

function isText(response: ServerResponse): boolean {
  return TEXT.test(String(response.getHeader('Content-Type'))) && response.statusCode !== 304
}

function callbackOf(args: readonly unknown[]): (() => void) | undefined {
  const last = args.at(-1)
  return typeof last === 'function' ? (last as () => void) : undefined
}

/** What `write` or `end` were called with, which may be no more than what to call afterwards. */
function bufferOf([chunk, encoding]: unknown[]): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as 'utf8') : 'utf8')
  if (!ArrayBuffer.isView(chunk)) return Buffer.alloc(0)
  return Buffer.from(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength)
}

function pack(response: ServerResponse, whole: Buffer, takesGzip: boolean): Buffer {
  response.appendHeader('Vary', 'Accept-Encoding')
  const body = takesGzip && whole.length >= LEAST ? gzipSync(whole) : whole
  if (body !== whole) response.setHeader('Content-Encoding', 'gzip')
  response.setHeader('Content-Length', body.length)
  return body
}
