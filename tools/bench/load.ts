import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadJob, LoadResult } from './load-generator.ts'

// The load generator's process, forked by load-generator.ts: takes one job after the other, ends with its parent.

process.on('message', async (job: LoadJob) => process.send?.(await runJob(job)))
process.on('disconnect', () => process.exit())

async function runJob(job: LoadJob): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.connections })
  const times: number[] = []
  let failures = 0
  const one = async (since: number) => {
    if ((await ask(job, agent)) === job.status) times.push(performance.now() - since)
    else failures++
  }
  const started = performance.now()
  await (job.perSecond ? atRate(job, started, job.perSecond, one) : atOnce(job, started, one))
  const ms = performance.now() - started
  agent.destroy()
  times.sort((a, b) => a - b)
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((part) => times[Math.floor(part * (times.length - 1))])
  return { requests: times.length, failures, ms, p50, p99 }
}

/** As fast as the answers come. */
async function atOnce(job: LoadJob, started: number, one: (since: number) => Promise<void>): Promise<void> {
  let sent = 0
  const connection = async () => {
    while (sent < job.maxRequests && performance.now() - started < job.maxMs) {
      sent++
      await one(performance.now())
    }
  }
  await Promise.all(Array.from({ length: job.connections }, connection))
}

/** By the clock, whether or not answers come: a request is timed from when it was due, so that a stall is seen whole. */
async function atRate(job: LoadJob, started: number, rate: number, one: (since: number) => Promise<void>) {
  const open: Promise<void>[] = []
  for (let sent = 0; sent < job.maxRequests; sent++) {
    const due = started + (sent * 1000) / rate
    if (due - started >= job.maxMs) break
    const wait = due - performance.now()
    if (wait > 1) await sleep(wait)
    open.push(one(due))
  }
  await Promise.all(open)
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
