import type { RequestRecord } from '../lib/request-record.ts'

/** A request that is over. */
export type Served = {
  requestId: string
  method: string
  /** see route-of.ts */
  route: string
  status: number
  /** ms since the epoch */
  startedAt: number
  ms: number
  /** whether the client went away before the whole answer was sent */
  aborted: boolean
  record: RequestRecord
}

/** Is told of each request that is over: for the log, the metrics, the traces. */
export type Observer = (served: Served) => void
