import { Agent, get } from 'node:http'
import type { LoadJob, LoadResult } from './load-generator.ts'

// The load generator's process, forked by load-generator.ts: takes one job after the other, ends with its parent.

process.on('message', async (job: LoadJob) => process.send?.(await runJob(job)))
process.on('disconnect', () => process.exit())

async function runJob(job: LoadJob): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections })
  const result: LoadResult = { requests: 0, failures: 0, ms: 0 }
  const started = performance.now()
  let sent = 0
  const isOver = () => sent >= job.maxRequests || performance.now() - started >= job.maxMs
  const connection = async () => {
    while (!isOver()) {
      sent++
      if ((await ask(job, agent)) === job.status) result.requests++
      else result.failures++
    }
  }
  await Promise.all(Array.from({ length: job.connections }, connection))
  result.ms = performance.now() - started
  agent.destroy()
  return result
}

/** The status of one answer, read to its end; 0 when there was none. */
function ask(job: LoadJob, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const request = get(job.url, { agent, headers: job.headers, timeout: 10_000 }, (answer) => {
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', () => resolve(0))
      answer.resume()
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(0))
  })
}
