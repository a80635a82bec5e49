import { fork } from 'node:child_process'

/** So many requests of one kind. It ends at whichever limit comes first. */
export type LoadJob = {
  url: string
  headers: Readonly<Record<string, string>>
  /** the status of a good answer */
  status: number
  connections: number
  maxRequests: number
  maxMs: number
  /** how many a second are sent; as many as are answered without it */
  perSecond?: number
}

/**
 * What came of a job: `requests` have the expected status, `failures` any other or none; `p50` and `p99` are what they took,
 * in ms.
 */
export type LoadResult = { requests: number; failures: number; ms: number; p50: number; p99: number }

/** A load generator in a process of its own, so that its CPU is not the server's. */
export type LoadGenerator = {
  /** Runs one job; one at a time. */
  run: (job: LoadJob) => Promise<LoadResult>
  stop: () => void
}

/** Starts the load generator; it ends with this process at the latest. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(new URL('./load.ts', import.meta.url))
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error('The load generator has ended'))
        child.once('exit', onExit)
        child.once('message', (result) => {
          child.off('exit', onExit)
          resolve(result as LoadResult)
        })
        child.send(job)
      }),
    stop: () => {
      child.disconnect()
    },
  }
}
