import type { LoadGenerator, LoadJob } from './load-generator.ts'
import { cpuMs, residentMiB } from './process-usage.ts'
import { type Figure, figureOf } from './statistics.ts'
import type { Target } from './targets.ts'

/** How much is measured: requests of each kind to warm up, then rounds of so many ms for each kind. */
export type Effort = { warmUp: number; rounds: number; roundMs: number; connections: number }

/**
 * What of one target was measured, one number a round: answers a second and CPU ms an answer at full load, MiB resident after
 * it; ms an answer took at half of that load. CPU and memory are NaN where the target has no process that counts.
 */
export type Samples = Record<'perSecond' | 'cpuPerRequest' | 'resident' | 'p50' | 'p99', number[]>

/** What is measured, and by what. */
export type Bench<Key extends string = string> = {
  targets: Readonly<Record<Key, Target>>
  generator: LoadGenerator
  effort: Effort
  log: (line: string) => void
}

/** Sends the first requests of each kind, unmeasured: a cold process costs more. Fails as {@link measure} does. */
export async function warmUp({ targets, effort, generator, log }: Bench): Promise<void> {
  const { connections, warmUp: maxRequests } = effort
  log(`Warming up: ${maxRequests} requests of each kind`)
  for (const target of Object.values(targets))
    await load(generator, target, { connections, maxRequests, maxMs: 60_000 })
}

/**
 * Measures every target in every round, so that a slow moment of the machine hits all of them.
 *
 * @throws Error when an answer has another status than the target's
 */
export async function measure<Key extends string>(bench: Bench<Key>): Promise<Record<Key, Samples>> {
  const { targets, effort, generator, log } = bench
  const keys = Object.keys(targets) as Key[]
  const empty = (): Samples => ({ perSecond: [], cpuPerRequest: [], resident: [], p50: [], p99: [] })
  const samples = Object.fromEntries(keys.map((key) => [key, empty()])) as Record<Key, Samples>
  for (let round = 0; round < effort.rounds; round++) {
    log(`Round ${round + 1} of ${effort.rounds}`)
    // Every other round goes backwards: nothing always runs behind the same neighbour.
    for (const key of round % 2 ? keys.toReversed() : keys) {
      const [target, sums] = [targets[key], samples[key]]
      const before = target.pid === undefined ? Number.NaN : cpuMs(target.pid)
      const limits = { connections: effort.connections, maxRequests: 1_000_000, maxMs: effort.roundMs }
      const { requests, ms } = await load(generator, target, limits)
      const perSecond = (requests * 1000) / ms
      sums.perSecond.push(perSecond)
      sums.cpuPerRequest.push(target.pid === undefined ? Number.NaN : (cpuMs(target.pid) - before) / requests)
      sums.resident.push(target.pid === undefined ? Number.NaN : residentMiB(target.pid).now)
      const half = await load(generator, target, { ...limits, perSecond: perSecond / 2, maxMs: effort.roundMs / 2 })
      sums.p50.push(half.p50)
      sums.p99.push(half.p99)
    }
  }
  return samples
}

type Limits = Pick<LoadJob, 'connections' | 'maxRequests' | 'maxMs' | 'perSecond'>

async function load(generator: LoadGenerator, { name, url, headers, status }: Target, limits: Limits) {
  const result = await generator.run({ url, headers, status, ...limits })
  const { requests, failures } = result
  if (failures > 0 || requests === 0) throw new Error(`${name}: ${failures} of ${failures + requests} failed`)
  return result
}

/** The ratio of two measurements, round by round. */
export function ratioOf(above: readonly number[], below: readonly number[]): Figure {
  return figureOf(above.map((value, round) => value / (below[round] ?? Number.NaN)))
}
