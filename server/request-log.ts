import { log } from '../lib/log.ts'
import type { Served } from './served.ts'

// What probes and browsers ask for all the time.
const QUIET = /^\/(health\/|_next\/|brand\/|icon\.svg$)/

/** Writes the one log line of a request. Nothing in it is of a person: no URL, no query, no address, no cookie. */
export function logRequest({ requestId, method, route, status, ms, aborted, record }: Served): void {
  const { calls, start, stop } = record
  const line = {
    requestId,
    method,
    route,
    status,
    ms: Math.round(ms),
    upstreamMs: Math.round(record.upstreamMs),
    upstreamCalls: calls.length,
    errorId: calls.find(({ errorId }) => errorId)?.errorId,
    start,
    stop,
    ...(aborted ? { aborted } : {}),
  }
  if (status < 500 && QUIET.test(route)) log().debug(line, 'request')
  else log().info(line, 'request')
}
