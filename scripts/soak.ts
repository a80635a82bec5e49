import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pagesOf, prepareVisitor } from '../tools/bench/targets.ts'
import { endWith } from '../tools/faults/end-with.ts'
import { type Sample, trendsOf } from '../tools/faults/flatness.ts'
import { bugsIn } from '../tools/faults/log-bugs.ts'
import { type Rig, startRig } from '../tools/faults/rig.ts'
import { countedLoad, highestRate, steadyLoad } from '../tools/faults/soak-load.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm run soak: ten minutes at the highest load that this machine keeps up, in stretches with a look at the UI's memory (after a
// garbage collection), its open sockets and its timers between them. Linux only. docs/faults.md
// npm run soak -- --short: the same number of requests on every machine, in half a minute on a good one; a part of npm test.
// npm run soak -- --minutes=5: shorter, or longer.

const STRETCH = 15_000
const STEP = 3_000
const SHORT = { stretches: 8, requests: 250, atOnce: 8 }
/** How long connections that were closed may take to be gone, in ms. */
const SETTLE = 3_000
/** Requests that may have another answer than the expected one: a soak of error pages would tell nothing. */
const FAILURES = 0.01

const log = (line: string) => console.log(line)
main(soak, 1)

async function soak(): Promise<number> {
  const short = process.argv.includes('--short')
  const minutes = Number(process.argv.find((argument) => argument.startsWith('--minutes='))?.split('=')[1] ?? 10)
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'soak-'))
  await buildUi({ log })
  const rig = await startRig({ dataDir, log })
  const visitor = await prepareVisitor(rig.url, rig.kratos)
  const { page, bare, redirect, welcome } = pagesOf({ url: rig.url, pid: rig.ui.pid }, visitor)
  const targets = [page, redirect, page, bare, welcome]
  const idle = socketsOf(rig.ui.pid)
  let rate = 0
  if (!short) {
    await steadyLoad(targets, 30, STEP * 2)
    rate = await highestRate(targets, STEP)
    log(`${rate} requests a second; load of the machine ${loadavg()[0]?.toFixed(1)}`)
  }
  const load = () => (short ? countedLoad(targets, SHORT.atOnce, SHORT.requests) : steadyLoad(targets, rate, STRETCH))
  const stretches = short ? SHORT.stretches : Math.ceil((minutes * 60_000) / STRETCH)
  // The first stretches fill caches and let the compiler of JavaScript settle: they are not judged.
  const warmUp = Math.ceil(stretches / 4)
  const samples: Sample[] = []
  const started = performance.now()
  const failures: string[] = []
  let requests = 0
  for (let index = 0; index < warmUp + stretches; index++) {
    const stretch = await load()
    requests += stretch.requests
    failures.push(...stretch.failures)
    await settle(rig, idle)
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
  const seconds = Math.round(samples.at(-1)?.seconds ?? 0)
  log(`${requests} requests in ${seconds} s, ${failures.length} without the expected answer`)
  const kinds = Object.fromEntries([...new Set(failures)].map((kind) => [kind, count(failures, kind)]))
  for (const [kind, times] of Object.entries(kinds)) log(`${times} times: ${kind}`)
  const report = { rate, requests, failures: kinds, trends, samples, load: loadavg() }
  writeFileSync(join(CACHE, `soak${short ? '-short' : ''}.json`), `${JSON.stringify(report, null, 2)}\n`)
  const isWrong = bugs.length > 0 || failures.length > requests * FAILURES
  const failed = trends.filter(({ flat }) => !flat).length + (isWrong ? 1 : 0)
  if (failed === 0) rmSync(dataDir, { recursive: true })
  else log(`Logs: ${dataDir}`)
  return endWith('soak', trends.length + 1 - failed, failed)
}

const count = (all: readonly string[], one: string) => all.filter((other) => other === one).length

/** Closes what nobody uses any more, and waits until the UI has as many sockets as before any load, if it comes to that. */
async function settle(rig: Rig, idle: number): Promise<void> {
  const started = performance.now()
  do {
    for (const proxy of [rig.toKratos, rig.toHydra]) proxy.closeIdle()
    await sleep(100)
  } while (socketsOf(rig.ui.pid) > idle && performance.now() - started < SETTLE)
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
