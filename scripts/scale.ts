import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'
import { type Cluster, startCluster } from '../tools/scale/cluster.ts'
import { measureCosts, measureStatements } from '../tools/scale/costs.ts'
import { add, kill, newSecret, rollAll, rotate } from '../tools/scale/events.ts'
import { runJourneys } from '../tools/scale/run-journeys.ts'
import { measureViews } from '../tools/scale/views.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm run scale: nginx in front of four UIs and two Kratoses on one PostgreSQL. Linux only. docs/scale.md
// npm run scale -- --journeys: 500 people (--people=100 --at-once=8: fewer), while instances are rolled, killed and added, and the secret is rotated.
// npm run scale -- --views: page views a second with 1, 2 and 4 instances.
// npm run scale -- --cost: what a sign-in costs, and the model; --bcrypt=12 (the default) or 4.
// npm run scale -- --quick: 40 journeys, one roll, one kill.
// Without one of them: all but the last.

const QUICK = { journeys: 40, atOnce: 8 }
const FULL = { journeys: 500, atOnce: 16 }

const log = (line: string) => console.log(line)
main(scale, 1)

async function scale(): Promise<number> {
  if (process.platform !== 'linux') throw new Error('CPU is read from /proc: this needs Linux')
  const wants = (part: string) => process.argv.includes(`--${part}`)
  const all = !['journeys', 'views', 'cost', 'quick'].some(wants)
  const cost = numberOf('bcrypt', 12)
  mkdirSync(CACHE, { recursive: true })
  await buildUi({ log })
  log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`)
  let failed = 0
  if (wants('quick') || wants('journeys') || all) failed += await withCluster('journeys', 4, runAll(wants('quick')))
  if (wants('views') || all) failed += await withCluster('views', 4, (cluster) => measureViews(cluster, log))
  if (wants('cost') || all) {
    failed += await withCluster(`cost-${cost}`, cost, (cluster) => measureCosts(cluster, cost, log))
    failed += await withCluster('statements', 4, (cluster) => measureStatements(cluster, log), '&log_statement=all')
  }
  return failed === 0 ? 0 : 1
}

function numberOf(name: string, otherwise: number): number {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))
  return given ? Number(given.split('=')[1]) : otherwise
}

type Work = (cluster: Cluster, secret: string) => Promise<{ wrong: string[] }>

function runAll(quick: boolean): Work {
  return async (cluster, secret) => {
    const rotation = rotate(secret)
    const events = quick ? [rollAll(), kill] : [rollAll(), kill, kill, add, ...rotation, kill, kill, rollAll()]
    const full = { journeys: numberOf('people', FULL.journeys), atOnce: numberOf('at-once', FULL.atOnce) }
    const effort = quick ? QUICK : full
    const outcome = await runJourneys(cluster, effort, events, log)
    const { wrong: _wrong, ...figures } = outcome
    log(JSON.stringify(figures))
    return outcome
  }
}

/** Starts everything, works with it, stops it. What came of it goes to .cache/scale-<name>.json. */
async function withCluster(name: string, bcrypt: number, work: Work, dsn?: string): Promise<number> {
  log(`\n--- ${name}`)
  const dataDir = mkdtempSync(join(CACHE, 'scale-'))
  const secret = newSecret()
  const cluster = await startCluster({ dataDir, bcrypt, secret, log, ...(dsn === undefined ? {} : { dsn }) })
  const result = await work(cluster, secret)
  await cluster.stop()
  await stopAll()
  writeFileSync(join(CACHE, `scale-${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  for (const line of result.wrong) log(`WRONG ${line}`)
  if (result.wrong.length === 0) rmSync(dataDir, { recursive: true })
  else log(`Logs: ${dataDir}`)
  log(`${name}: ${result.wrong.length === 0 ? 'ok' : `${result.wrong.length} wrong`}`)
  return result.wrong.length
}
