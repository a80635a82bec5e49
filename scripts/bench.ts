import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildOlder, type Older } from '../tools/bench/against.ts'
import { startBareApp } from '../tools/bench/bare-app.ts'
import { type BrowserRow, browserTable, measureBrowser } from '../tools/bench/browser.ts'
import { growthTable, measureGrowth } from '../tools/bench/growth.ts'
import { type LoadGenerator, startLoadGenerator } from '../tools/bench/load-generator.ts'
import { measureBytes } from '../tools/bench/page-bytes.ts'
import { makePeer } from '../tools/bench/peer.ts'
import { residentMiB } from '../tools/bench/process-usage.ts'
import { rowsOf, tableOf, verdictOf } from '../tools/bench/report.ts'
import { type Effort, measure, warmUp } from '../tools/bench/rounds.ts'
import { type Started, startAll, startSecondUi } from '../tools/bench/start.ts'
import {
  makeTargets,
  pagesOf,
  prepareVisitor,
  type Target,
  type Targets,
  type Visitor,
} from '../tools/bench/targets.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'

// npm run bench: measures the production build of the UI against its budgets. Linux only, about five minutes.
//   --quick          one short round, to see that it works
//   --rounds <n>     more rounds, where the machine is noisy
//   --browser        what a browser sees of the login page, instead
//   --growth         what a page costs as its flow grows, instead
//   --against <ref>  an older state's pages beside the present ones
// PEER_URL: another UI on the Kratos of the bench. Ends with 0 also where a budget is exceeded: timings are no tests.
// The figures go to .cache/bench.json as well.

const FULL: Effort = { warmUp: 2000, rounds: 3, roundMs: 4000, connections: 20 }
const QUICK: Effort = { warmUp: 100, rounds: 1, roundMs: 500, connections: 20 }
const REPORT = join(CACHE, 'bench.json')
const [BARE_PORT, OLDER_PORT] = [4608, 4609]

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    against: { type: 'string' },
  },
})
const log = (line: string) => console.log(line)
let older: Older | undefined
main(async () => {
  try {
    return await bench()
  } finally {
    older?.remove()
  }
}, 1)

async function bench(): Promise<number> {
  if (process.platform !== 'linux') throw new Error('The bench reads CPU and memory from /proc: it needs Linux')
  const base = options.quick ? QUICK : FULL
  const effort = { ...base, rounds: Number(options.rounds ?? base.rounds) }
  if (!(effort.rounds >= 1)) throw new Error(`--rounds: found ${options.rounds}, expected a number`)
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'bench-'))
  const machine = describeMachine()
  try {
    if (options.growth) {
      const growth = await measureGrowth({ dataDir, effort, log })
      report(machine, effort, growthTable(growth), { growth })
      return 0
    }
    if (options.against) older = await buildOlder(options.against, log)
    const started = await startAll({ dataDir, starts: options.browser ? 1 : effort.rounds, log })
    const visitor = await prepareVisitor(started.ui.url, started.kratos)
    if (options.browser) {
      const browser: BrowserRow[] = await measureBrowser({ ui: started.ui, visitor, rounds: effort.rounds, log })
      report(machine, effort, browserTable(browser), { browser })
    } else await server(started, visitor, effort, machine)
    return 0
  } finally {
    await stopAll()
    rmSync(dataDir, { recursive: true })
  }
}

async function server(started: Started, visitor: Visitor, effort: Effort, machine: Machine): Promise<void> {
  const { ui, starts } = started
  const targets: Targets = {
    ...makeTargets(ui, started.kratos.publicUrl, visitor),
    ...(await others(started, visitor)),
  }
  const generator: LoadGenerator = startLoadGenerator()
  const work = { targets, generator, effort, log }
  const bytes = await measureBytes(targets.page)
  const ready = residentMiB(ui.pid).now
  await warmUp(work)
  const warm = residentMiB(ui.pid).now
  const samples = await measure(work)
  const { now: after, peak } = residentMiB(ui.pid)
  generator.stop()
  const rows = rowsOf({ targets, samples, bytes, starts, memory: { ready, warm, after, peak } })
  const results = rows.map((row) => ({ ...row, verdict: verdictOf(row) }))
  report(machine, effort, tableOf(rows), { results, samples, bytes, starts, against: older?.commit })
}

/** What is measured beside the UI: the least that Next can do, another UI, an older state of this one. */
async function others({ kratos, dataDir }: Started, visitor: Visitor): Promise<Record<string, Target>> {
  const { url, pid } = await startBareApp(BARE_PORT, `${kratos.publicUrl}/self-service/login/flows?id=${visitor.login}`)
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', cookie: visitor.cookies.anonymous }
  const found: Record<string, Target> = {
    'next-page': { name: 'a bare Next app, its page', url: `${url}/`, headers, status: 200, pid },
    'next-call': {
      name: 'a bare Next app, a route with the Kratos call',
      url: `${url}/call`,
      headers,
      status: 200,
      pid,
    },
  }
  const { PEER_URL: peer } = process.env
  if (peer) found.peer = await makePeer(peer, visitor)
  if (older) {
    const second = await startSecondUi(OLDER_PORT, older.root, dataDir)
    const pages = Object.entries(pagesOf(second, visitor, ` at ${older.commit}`))
    for (const [key, target] of pages) found[`older-${key}`] = target
  }
  return found
}

type Machine = ReturnType<typeof describeMachine>

function describeMachine() {
  const [load = 0] = loadavg()
  return { node: process.version, cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), load }
}

function report(machine: Machine, effort: Effort, table: string, figures: object): void {
  const { node, cpu, cores, load } = machine
  const [after = 0] = loadavg()
  const busy =
    load > cores / 2 ? `\nThe machine was busy before the start: believe no figure that differs between rounds.` : ''
  const once = effort.rounds < 3 ? '\nFewer than three rounds: nothing here tells how noisy they are.' : ''
  log(`
Node ${node}; ${cores} cores (${cpu}), load ${load.toFixed(1)} before the start, ${after.toFixed(1)} with its own at the end
Kratos --dev, bcrypt cost 4, SQLite, on the same machine as the UI and the load generator
${effort.connections} connections, ${effort.rounds} rounds of ${effort.roundMs / 1000} s for each kind: median, lowest and highest round
A figure whose rounds differ by more than a quarter of the median is too noisy to tell.
The figures depend on the machine: only ratios and counts carry over. The bare page renders the layout and a card.${busy}${once}

${table}

Also in ${REPORT}`)
  writeFileSync(REPORT, `${JSON.stringify({ machine, effort, ...figures }, null, 2)}\n`)
}
