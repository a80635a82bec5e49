/** The header that carries the request id: from a trusted proxy to us, from us to Kratos and to the browser. */
export const REQUEST_ID = 'x-request-id'

const SHAPE = /^[\w.:-]{8,64}$/

/** Whether a request id from outside can be taken over: short, and nothing that could break a log line or a page. */
export function isRequestId(value: unknown): value is string {
  return typeof value === 'string' && SHAPE.test(value)
}
