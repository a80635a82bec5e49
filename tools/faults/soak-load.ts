import { Agent, request } from 'node:http'
import type { Target } from '../bench/targets.ts'

/** What a stretch of load came to; of what had another answer than the expected one, what each had, such as `/login: 503`. */
export type Stretch = { requests: number; failures: string[]; perSecond: number; p95: number }

/**
 * Asks for all targets in turn, at a steady rate, for some time.
 *
 * @param perSecond how many requests are sent; one that is due while too many are under way is not sent, and counts as failed
 */
export async function steadyLoad(targets: readonly Target[], perSecond: number, ms: number): Promise<Stretch> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST })
  const times: number[] = []
  const underWay = new Set<Promise<void>>()
  const started = performance.now()
  const failures: string[] = []
  let sent = 0
  while (performance.now() - started < ms) {
    const due = Math.floor(((performance.now() - started) / 1000) * perSecond)
    for (; sent < due; sent++) {
      const target = targets[sent % targets.length]
      if (!target) break
      if (underWay.size >= MOST) {
        failures.push('not sent')
        continue
      }
      const since = performance.now()
      const one: Promise<void> = ask(target, agent).then((failure) => {
        underWay.delete(one)
        times.push(performance.now() - since)
        if (failure) failures.push(failure)
      })
      underWay.add(one)
    }
    await new Promise((later) => setTimeout(later, 5))
  }
  await Promise.all(underWay)
  agent.destroy()
  return { ...sumUp(times, failures, started), requests: sent }
}

/**
 * Asks for all targets in turn, so many at once, as fast as the answers come. What it has asked for does not depend on the
 * machine.
 */
export async function countedLoad(targets: readonly Target[], atOnce: number, requests: number): Promise<Stretch> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const times: number[] = []
  const started = performance.now()
  const failures: string[] = []
  let sent = 0
  const one = async () => {
    for (
      let target = targets[sent % targets.length];
      target && sent < requests;
      target = targets[sent % targets.length]
    ) {
      sent++
      const since = performance.now()
      const failure = await ask(target, agent)
      if (failure) failures.push(failure)
      times.push(performance.now() - since)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  agent.destroy()
  return sumUp(times, failures, started)
}

function sumUp(times: readonly number[], failures: string[], started: number): Stretch {
  const sorted = [...times].sort((a, b) => a - b)
  const p95 = Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)
  const perSecond = Math.round((times.length / (performance.now() - started)) * 1000)
  return { requests: times.length, failures, perSecond, p95 }
}

/** Requests under way at once. */
const MOST = 100

/** Gives what was wrong with the answer, if anything was. */
function ask({ name, url, headers, status }: Target, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = ({ message }: Error) => resolve(`${name}: ${message}`)
    const outgoing = request(url, { agent, headers, timeout: 20_000 }, (answer) => {
      const { statusCode } = answer
      answer.on('end', () => resolve(statusCode === status ? undefined : `${name}: ${statusCode}`))
      answer.on('error', failed)
      answer.resume()
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in 20 s')))
    outgoing.on('error', failed)
    outgoing.end()
  })
}

/**
 * Finds the highest rate that is kept up: steps up until requests fail or the slowest twentieth takes longer than 400 ms, or
 * fewer are answered than sent.
 *
 * @returns four fifths of it, so that the load is steady and not at the edge
 */
export async function highestRate(targets: readonly Target[], stepMs: number): Promise<number> {
  let good = 10
  for (let rate = 20; rate < 5_000; rate = Math.round(rate * 1.5)) {
    const { failures, p95, perSecond } = await steadyLoad(targets, rate, stepMs)
    if (failures.length > 0 || p95 > 400 || perSecond < rate * 0.9) break
    good = rate
  }
  return Math.max(5, Math.round(good * 0.8))
}
