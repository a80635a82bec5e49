import { randomBytes } from 'node:crypto'
import type { Trace } from '../lib/request-record.ts'

const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})/

/**
 * The trace of a request: the one that it came with, or a new one.
 *
 * @param traceparent the header, of a trusted proxy only: a stranger would choose what is traced
 * @see https://www.w3.org/TR/trace-context/
 */
export function traceOf(traceparent: unknown): Trace {
  const [, traceId, parentId, flags = '01'] = TRACEPARENT.exec(typeof traceparent === 'string' ? traceparent : '') ?? []
  return {
    traceId: traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    ...(parentId ? { parentId } : {}),
    sampled: Number.parseInt(flags, 16) % 2 === 1,
  }
}
