import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pagesOf, prepareVisitor } from '../tools/bench/targets.ts'
import { endWith } from '../tools/faults/end-with.ts'
import { type Sample, trendsOf } from '../tools/faults/flatness.ts'
import { bugsIn } from '../tools/faults/log-bugs.ts'
import { type Rig, startRig } from '../tools/faults/rig.ts'
import { highestRate, steadyLoad } from '../tools/faults/soak-load.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm run soak: ten minutes at the highest load that this machine keeps up, in stretches with a look at the UI's memory (after a
// garbage collection), its open sockets and its timers between them. Linux only. docs/faults.md
// npm run soak -- --short: half a minute; a part of npm test.

const LONG = { stretches: 40, stretchMs: 15_000, stepMs: 3_000 }
const SHORT = { stretches: 8, stretchMs: 2_500, stepMs: 700 }
/** Idle connections of the load generator are closed then, and Kratos's answers have come, in ms. */
const SETTLE = 1_000

const log = (line: string) => console.log(line)
main(soak, 1)

async function soak(): Promise<number> {
  const effort = process.argv.includes('--short') ? SHORT : LONG
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'soak-'))
  await buildUi({ log })
  const rig = await startRig({ dataDir, log })
  const visitor = await prepareVisitor(rig.url, rig.kratos)
  const { page, bare, redirect, welcome } = pagesOf({ url: rig.url, pid: rig.ui.pid }, visitor)
  const targets = [page, redirect, page, bare, welcome]
  await steadyLoad(targets, 30, effort.stepMs * 2)
  const rate = await highestRate(targets, effort.stepMs)
  log(`${rate} requests a second; load of the machine ${loadavg()[0]?.toFixed(1)}`)
  // The first stretches fill caches and let the compiler of JavaScript settle: they are not judged.
  const warmUp = Math.ceil(effort.stretches / 4)
  const samples: Sample[] = []
  const started = performance.now()
  let [requests, failures] = [0, 0]
  for (let index = 0; index < warmUp + effort.stretches; index++) {
    const stretch = await steadyLoad(targets, rate, effort.stretchMs)
    requests += stretch.requests
    failures += stretch.failures
    await sleep(SETTLE)
    if (index >= warmUp) samples.push(await look(rig, (performance.now() - started) / 1000))
  }
  const trends = trendsOf(samples)
  const bugs = bugsIn(rig.ui.logFile)
  await rig.stop()
  await stopAll()
  for (const { measure, before, after, perMinute, flat } of trends) {
    const went = `${before.toFixed(1)} -> ${after.toFixed(1)} (${perMinute.toFixed(2)} a minute)`
    log(`${flat ? 'flat    ' : 'NOT FLAT'} ${measure.padEnd(8)} ${went}`)
  }
  for (const bug of bugs) log(bug)
  log(`${requests} requests in ${Math.round(samples.at(-1)?.seconds ?? 0)} s, ${failures} without the expected answer`)
  const report = { rate, requests, failures, trends, samples, load: loadavg() }
  writeFileSync(join(CACHE, 'soak.json'), `${JSON.stringify(report, null, 2)}\n`)
  const failed = trends.filter(({ flat }) => !flat).length + (bugs.length > 0 ? 1 : 0)
  if (failed === 0) rmSync(dataDir, { recursive: true })
  else log(`Logs: ${dataDir}`)
  return endWith('soak', trends.length + 1 - failed, failed)
}

async function look(rig: Rig, seconds: number): Promise<Sample> {
  const { heapUsed, rss, resources } = await rig.switchUi()
  const mib = (bytes: number) => bytes / 1024 / 1024
  const timers = (resources.Timeout ?? 0) + (resources.Immediate ?? 0)
  return { seconds, heapMiB: mib(heapUsed), rssMiB: mib(rss), sockets: socketsOf(rig.ui.pid), timers }
}

/** The open sockets of a process. Linux only. */
function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(join(folder, fd)).startsWith('socket:')
    } catch {
      return false
    }
  }).length
}
