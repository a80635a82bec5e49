import { setTimeout as sleep } from 'node:timers/promises'
import { answers } from '../wait-until-ready.ts'
import type { Rig } from './rig.ts'
import { newTally, Visitor } from './visitor.ts'

/** How many requests are under way when the UI is told to end. */
const UNDER_WAY = 8
/** How long Kratos takes for each of them, in ms. */
const SLOW = 1_500
/** How long the UI may take to end: server/shutdown.ts. */
const DEADLINE = 10_000

/**
 * Ends the UI by SIGTERM, with requests under way, and waits until it is gone.
 *
 * @returns what was wrong: a request that got no page, a connection that was still accepted, an exit that was late or not clean
 */
export async function rollOver(rig: Rig): Promise<string[]> {
  const tally = newTally()
  const visitors = Array.from({ length: UNDER_WAY }, () => new Visitor({ ui: rig.url }, tally))
  for (const visitor of visitors) await visitor.open('/login')
  const before = rig.toKratos.pending
  rig.toKratos.broken = SLOW
  const underWay = visitors.map((visitor) => visitor.open(visitor.url.pathname + visitor.url.search))
  for (let tries = 0; tries < 100 && rig.toKratos.pending < before + UNDER_WAY; tries++) await sleep(10)

  const { ui } = rig
  const asked = performance.now()
  process.kill(ui.pid, 'SIGTERM')
  // Journeys go on meanwhile: what they were about to get is slow too, but ends in time.
  const refused = untilRefused(rig.url)
  const outcomes = await Promise.all(underWay)
  rig.toKratos.broken = undefined
  const code = await Promise.race([ui.ended, sleep(DEADLINE + 2_000).then(() => 'late' as const)])
  const ms = performance.now() - asked

  const wrong = [...tally.flaws]
  const cut = outcomes.filter((outcome) => outcome !== 'page').length
  if (cut > 0) wrong.push(`SIGTERM: ${cut} of ${UNDER_WAY} requests under way got no page`)
  if (!(await refused)) wrong.push('SIGTERM: new connections are still accepted after 500 ms')
  if (code !== 0) wrong.push(`SIGTERM: exit code ${code}`)
  if (ms > DEADLINE + 500) wrong.push(`SIGTERM: it took ${Math.round(ms)} ms`)
  return wrong
}

async function untilRefused(url: string): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    await sleep(50)
    if (!(await answers(`${url}/health/alive`))) return true
  }
  return false
}
