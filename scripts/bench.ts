import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { startLoadGenerator } from '../tools/bench/load-generator.ts'
import { measureBytes } from '../tools/bench/page-bytes.ts'
import { residentMiB } from '../tools/bench/process-usage.ts'
import { rowsOf, tableOf, verdictOf } from '../tools/bench/report.ts'
import { type Effort, measure, warmUp } from '../tools/bench/rounds.ts'
import { startAll } from '../tools/bench/start.ts'
import { makeTargets } from '../tools/bench/targets.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'

// npm run bench: measures the production build of the UI against its budgets. Linux only, about two minutes.
// npm run bench -- --quick: one short round, to see that it works.
// Ends with 0 also where a budget is exceeded: timings are no tests. The figures go to .cache/bench.json as well.

const FULL: Effort = { warmUp: 2000, rounds: 3, roundMs: 4000, connections: 20 }
const QUICK: Effort = { warmUp: 100, rounds: 1, roundMs: 500, connections: 20 }
const REPORT = join(CACHE, 'bench.json')

const log = (line: string) => console.log(line)
main(bench, 1)

async function bench(): Promise<number> {
  if (process.platform !== 'linux') throw new Error('The bench reads CPU and memory from /proc: it needs Linux')
  const effort = process.argv.includes('--quick') ? QUICK : FULL
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'bench-'))
  const { kratos, ui, starts } = await startAll({ dataDir, starts: effort.rounds, log })
  const machine = describeMachine()
  const generator = startLoadGenerator()
  const targets = await makeTargets(ui.url, kratos.publicUrl)
  const work = { targets, generator, effort, log, pid: ui.pid }

  const bytes = await measureBytes(targets.page)
  const ready = residentMiB(ui.pid).now
  await warmUp(work)
  const warm = residentMiB(ui.pid).now
  const samples = await measure(work)
  const { now: after, peak } = residentMiB(ui.pid)
  generator.stop()
  await stopAll()

  const rows = rowsOf({ targets, samples, bytes, starts, memory: { ready, warm, after, peak } })
  log(`\n${describe(machine, effort)}\n\n${tableOf(rows)}\n\nAlso in ${REPORT}`)
  const results = rows.map((row) => ({ ...row, verdict: verdictOf(row) }))
  const report = { machine, effort, results, samples, bytes, starts }
  writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`)
  rmSync(dataDir, { recursive: true })
  return 0
}

function describeMachine() {
  const [load = 0] = loadavg()
  return { node: process.version, cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), load }
}

function describe(machine: ReturnType<typeof describeMachine>, effort: Effort): string {
  const { node, cpu, cores, load } = machine
  return `Node ${node}; ${cores} cores (${cpu}), load ${load.toFixed(1)} before the rounds
Kratos --dev, bcrypt cost 4, SQLite, on the same machine as the UI and the load generator
${effort.connections} connections, ${effort.rounds} rounds of ${effort.roundMs / 1000} s for each kind: median, lowest and highest round
The figures depend on the machine: only ratios and counts carry over. The bare page renders the layout and a card.`
}
