import type { LoadGenerator } from './load-generator.ts'
import { cpuMs } from './process-usage.ts'
import { type Figure, figureOf } from './statistics.ts'
import type { Targets } from './targets.ts'

/** How much is measured: requests of each kind to warm up, then rounds of so many ms for each kind. */
export type Effort = { warmUp: number; rounds: number; roundMs: number; connections: number }

/** What of one target was measured, one number a round. The CPU, in ms, is the UI's: for `kratos` it means nothing. */
export type Samples = { perSecond: number[]; cpuPerRequest: number[] }

/** What is measured, by what, and the pid of the UI. */
export type Bench = {
  targets: Targets
  generator: LoadGenerator
  pid: number
  effort: Effort
  log: (line: string) => void
}

const names = (targets: Targets) => Object.keys(targets) as (keyof Targets)[]

/** Sends the first requests of each kind, unmeasured: a cold process costs more. Fails as {@link measure} does. */
export async function warmUp(bench: Bench): Promise<void> {
  const { targets, effort, log } = bench
  log(`Warming up: ${effort.warmUp} requests of each kind`)
  for (const name of names(targets)) await load(bench, name, effort.warmUp, 60_000)
}

/**
 * Measures every target in every round, so that a slow moment of the machine hits all of them.
 *
 * @throws Error when an answer has another status than the target's
 */
export async function measure(bench: Bench): Promise<Record<keyof Targets, Samples>> {
  const { targets, effort, pid, log } = bench
  const empty = (): Samples => ({ perSecond: [], cpuPerRequest: [] })
  const samples: Record<keyof Targets, Samples> = {
    page: empty(),
    bare: empty(),
    redirect: empty(),
    alive: empty(),
    pass: empty(),
    kratos: empty(),
  }
  for (let round = 0; round < effort.rounds; round++) {
    log(`Round ${round + 1} of ${effort.rounds}`)
    // Every other round goes backwards: nothing always runs behind the same neighbour.
    for (const name of round % 2 ? names(targets).toReversed() : names(targets)) {
      const before = cpuMs(pid)
      const { requests, ms } = await load(bench, name, 1_000_000, effort.roundMs)
      samples[name].cpuPerRequest.push((cpuMs(pid) - before) / requests)
      samples[name].perSecond.push((requests * 1000) / ms)
    }
  }
  return samples
}

async function load(bench: Bench, key: keyof Targets, maxRequests: number, maxMs: number) {
  const { name, ...target } = bench.targets[key]
  const { connections } = bench.effort
  const result = await bench.generator.run({ ...target, connections, maxRequests, maxMs })
  const { requests, failures } = result
  if (failures > 0 || requests === 0) throw new Error(`${name}: ${failures} of ${failures + requests} failed`)
  return result
}

/** The ratio of two measurements, round by round. */
export function ratioOf(above: readonly number[], below: readonly number[]): Figure {
  return figureOf(above.map((value, round) => value / (below[round] ?? Number.NaN)))
}
