import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { residentMiB } from '../bench/process-usage.ts'
import { Accounts } from './accounts.ts'
import { walkInChromium } from './chromium.ts'
import type { Posted } from './fault-proxy.ts'
import type { Fault } from './fault-table.ts'
import { type Journey, journey } from './journeys.ts'
import { bugsIn } from './log-bugs.ts'
import { hydraProbe, kratosProbe, type Recovery, recovery } from './recovery.ts'
import type { Rig } from './rig.ts'
import { newTally, type Tally, Visitor } from './visitor.ts'

/** What came of one fault. `wrong` must be empty, and `lost` 0. */
export type Row = {
  fault: string
  injections: number
  journeys: number
  /** and in Chromium, besides */
  inChromium: number
  requests: number
  pages: number
  problems: number
  refused: number
  lost: number
  /** the slowest: from when Kratos, or Hydra, answers again to the first good page, in ms */
  recoveryMs: number
  peakMiB: number
  wrong: string[]
}

/** How much is done for each fault, and with which Chromium, if any. */
export type Effort = { journeys: number; atOnce: number; times: number; chromium?: Browser }

/** How long people go on before a fault, in ms. */
const GAP = 250
/** How long people go on trying, in ms. */
const PATIENCE = 240_000
/** From Kratos being back to a visit that gets its page, in ms. */
const RECOVERY = 2_000
/** Of the UI, in MiB: it is not bounded by a smaller heap than the machine allows, and several answers of 10 MB are read at once. */
const MOST_MEMORY = 512

/** Lets people go on their journeys while a fault comes and goes, and compares what they saw with what Kratos holds. */
export async function runFault(rig: Rig, fault: Fault, effort: Effort): Promise<Row> {
  const tally = newTally()
  const accounts = new Accounts(rig.kratos)
  const postedBefore = rig.toKratos.posted.length
  const sites = { ui: rig.url, others: [rig.hydra.application, rig.hydra.issuer] }
  const world = { accounts, hydra: rig.hydra, visitor: () => new Visitor(sites, tally, () => fault.endsUi === true) }
  const journeys: Journey[] = []
  for (let index = 0; index < effort.journeys; index++) {
    const name = fault.journeys[index % fault.journeys.length] ?? 'sign-in'
    journeys.push(await journey(name, world))
  }

  const probe = fault.journeys.includes('consent') ? hydraProbe(rig) : kratosProbe(rig)
  const wrong: string[] = []
  let peakMiB = 0
  const progress: Progress = { ended: new Set(), walked: 0, isOver: false }
  const walking = walk(journeys, effort.atOnce, wrong, progress)
  const place = { url: rig.url, accounts, person: await accounts.create(), mayBeCut: fault.endsUi === true }
  let isBack = false
  const inChromium =
    effort.chromium &&
    walkInChromium(effort.chromium, place, () => isBack).catch(({ message }: Error) => ({
      journeys: 0,
      wrong: [`Chromium: ${message}`],
    }))
  const recoveries: Recovery[] = []
  // Each time while people are on their way: the slower the machine, the more of a fault would be all that they see otherwise.
  for (let time = 0; time < effort.times && (time === 0 || !progress.isOver); time++) {
    await sleep(GAP)
    while (progress.walked < (journeys.length * time) / effort.times && !progress.isOver) await sleep(20)
    const before = fault.met?.(rig, tally) ?? 0
    const isMet = () => !fault.met || fault.met(rig, tally) > before
    wrong.push(...((await fault.start(rig)) ?? []))
    await sleep(fault.hold)
    for (let waited = 0; !isMet() && !progress.isOver && waited < PATIENCE; waited += 20) await sleep(20)
    if (!isMet() && time === 0) wrong.push('nobody met it')
    await fault.end(rig)
    recoveries.push(await recovery(probe))
    peakMiB = Math.max(peakMiB, residentMiB(rig.ui.pid).peak)
  }
  await walking
  isBack = true
  const seen = await inChromium
  wrong.push(...(seen?.wrong ?? []))

  const lost = [...(await lostOf(progress.ended)), ...lostOnTheWay(rig.toKratos.posted.slice(postedBefore), tally)]
  const recoveryMs = Math.round(Math.max(...recoveries.map(({ ms }) => ms)))
  const late = Math.max(...recoveries.map(({ begun }) => begun))
  if (late > RECOVERY) wrong.push(`${Math.round(late)} ms after all was back, visits still got no page`)
  if (peakMiB > MOST_MEMORY) wrong.push(`${Math.round(peakMiB)} MiB of memory`)
  wrong.push(...tally.flaws, ...lost.map((what) => `lost: ${what}`), ...bugsIn(rig.ui.logFile))
  const { requests, pages, problems, refused } = tally
  return {
    fault: fault.name,
    injections: recoveries.length,
    journeys: journeys.length,
    inChromium: seen?.journeys ?? 0,
    requests,
    pages,
    problems,
    refused,
    lost: lost.length,
    recoveryMs,
    peakMiB: Math.round(peakMiB),
    wrong,
  }
}

/** Journeys that came to their end, and how many are over, to the end or not. */
type Progress = { ended: Set<Journey>; walked: number; isOver: boolean }

async function walk(all: readonly Journey[], atOnce: number, wrong: string[], progress: Progress): Promise<void> {
  const rest = [...all]
  const one = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) {
      await next.run(Date.now() + PATIENCE).then(
        () => progress.ended.add(next),
        (error: Error) => wrong.push(error.message),
      )
      progress.walked++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  progress.isOver = true
}

/** What people were told was done, and Kratos does not hold. */
async function lostOf(journeys: ReadonlySet<Journey>): Promise<string[]> {
  const found: string[] = []
  for (const { check } of journeys) {
    const missing = await check()
    if (missing) found.push(missing)
  }
  return found
}

/** Forms whose acceptance came back whole to the UI, which the browser was not told as it was. */
function lostOnTheWay(posted: readonly Posted[], { posts }: Tally): string[] {
  return posted.flatMap(({ requestId, path, status, location, delivered }) => {
    const told = posts.get(requestId)
    if (status !== 303 || !delivered || !told) return []
    if (told.status === 303 && told.location === location) return []
    return [`${path}: accepted, but the browser was told ${told.status}`]
  })
}
