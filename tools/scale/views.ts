import { startLoadGenerator } from '../bench/load-generator.ts'
import { type Figure, figureOf } from '../bench/statistics.ts'
import { pagesOf, prepareVisitor } from '../bench/targets.ts'
import type { Cluster } from './cluster.ts'
import { cpuOf, machineCpuMs, PARTS, perPart } from './usage.ts'

const INSTANCES = [1, 2, 4]
const [ROUNDS, ROUND_MS, WARM_UP, CONNECTIONS] = [3, 5_000, 600, 20]

type Samples = { perSecond: number[]; uiMs: number[]; uiCores: number[]; ours: number[]; machine: number[] }

/** Counts the views of the login page that 1, 2 and 4 instances answer in a second, and the cores that are busy meanwhile. */
export async function measureViews(cluster: Cluster, log: (line: string) => void) {
  const [kratos] = cluster.kratoses
  if (!kratos) throw new Error('There is no Kratos')
  const ports = [...cluster.uis.keys()]
  const generator = startLoadGenerator()
  // Its pid is left out: the CPU of all instances counts.
  const { page } = pagesOf({ url: cluster.url, pid: 0 }, await prepareVisitor(cluster.url, kratos))
  const wrong: string[] = []
  const samples = new Map<number, Samples>()
  const load = async (limits: { maxRequests: number; maxMs: number }) => {
    const { name: _name, pid: _pid, ...target } = page
    const result = await generator.run({ ...target, connections: CONNECTIONS, ...limits })
    if (result.failures > 0) wrong.push(`${result.failures} views of ${result.requests + result.failures} failed`)
    return result
  }
  await load({ maxRequests: WARM_UP * ports.length, maxMs: 60_000 })
  for (let round = 0; round < ROUNDS; round++) {
    for (const count of round % 2 ? INSTANCES.toReversed() : INSTANCES) {
      await cluster.nginx.pass(ports.slice(0, count))
      const [before, machine] = [cpuOf(cluster), machineCpuMs()]
      const { requests, ms } = await load({ maxRequests: 1_000_000, maxMs: ROUND_MS })
      const after = cpuOf(cluster)
      const used = perPart((part) => after[part] - before[part])
      const of = samples.get(count) ?? { perSecond: [], uiMs: [], uiCores: [], ours: [], machine: [] }
      samples.set(count, of)
      of.perSecond.push((requests * 1000) / ms)
      of.uiMs.push(used.ui / requests)
      of.uiCores.push(used.ui / ms)
      of.ours.push(PARTS.reduce((sum, part) => sum + used[part], 0) / ms)
      of.machine.push((machineCpuMs() - machine) / ms)
    }
  }
  generator.stop()
  const show = (figure: Figure, digits: number) =>
    `${figure.median.toFixed(digits)} (${figure.min.toFixed(digits)}–${figure.max.toFixed(digits)})`
  log(
    '| instances | views/s | CPU of the UI for one, ms | cores busy: UI | with Kratos, PostgreSQL, nginx | the whole machine |',
  )
  for (const [count, { perSecond, uiMs, uiCores, ours, machine }] of samples) {
    const cells = [show(figureOf(perSecond), 0), show(figureOf(uiMs), 1)]
    log(
      `| ${count} | ${[...cells, ...[uiCores, ours, machine].map((values) => show(figureOf(values), 2))].join(' | ')} |`,
    )
  }
  return { samples: Object.fromEntries(samples), wrong }
}
