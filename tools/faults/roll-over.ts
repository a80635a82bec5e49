import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Rig } from './rig.ts'
import { newTally, Visitor } from './visitor.ts'

/** How many requests are under way when the UI is told to end. */
const UNDER_WAY = 8
/** How long they may take to reach Kratos, and how long Kratos keeps them then, while new connections are tried: in ms. */
const [ARRIVE, KEEP] = [3_000, 3_000]
/** In less than this since they were sent, the UI does not give them up: it waits 5 s for Kratos. In ms. */
const SURELY = 4_500
/** How long the UI may take to end: server/shutdown.ts. And more than enough to see that it has. */
const [DEADLINE, SLACK] = [10_000, 2_000]

/**
 * Ends the UI by SIGTERM, with requests under way, and waits until it is gone.
 *
 * @returns what was wrong: a request without an answer, a connection that was still accepted, an exit that was late or not clean
 */
export async function rollOver(rig: Rig): Promise<string[]> {
  const tally = newTally()
  const visitors = Array.from({ length: UNDER_WAY }, () => new Visitor({ ui: rig.url }, tally))
  await Promise.all(visitors.map((visitor) => visitor.open('/login')))
  const flows = visitors.map(({ url }) => url.searchParams.get('flow') ?? '')
  let letGo = () => {}
  rig.toKratos.broken = new Promise<void>((over) => {
    letGo = over
  })
  const sent = performance.now()
  const underWay = visitors.map((visitor) => visitor.open(visitor.url.pathname + visitor.url.search))
  const areThere = () => flows.every((flow) => [...rig.toKratos.underWay].some((url) => url.includes(flow)))
  await until(areThere, ARRIVE)

  const { ui } = rig
  const asked = performance.now()
  process.kill(ui.pid, 'SIGTERM')
  const refused = await until(() => refuses(rig.url), KEEP)
  letGo()
  rig.toKratos.broken = undefined
  const heldFor = performance.now() - sent
  const outcomes = await Promise.all(underWay)
  const code = await Promise.race([ui.ended, sleep(DEADLINE + SLACK).then(() => 'late' as const)])
  const ms = performance.now() - asked

  const wrong = [...tally.flaws]
  // On a machine that is too busy, Kratos was kept for longer than the UI waits: then a page that says so is an answer too.
  const cut = outcomes.filter((outcome) => outcome === 'refused' || (outcome !== 'page' && heldFor < SURELY)).length
  if (cut > 0) wrong.push(`SIGTERM: ${cut} of ${UNDER_WAY} requests under way got no page`)
  if (!refused) wrong.push('SIGTERM: new connections are still accepted while requests are under way')
  if (code !== 0) wrong.push(`SIGTERM: exit code ${code}`)
  if (ms > DEADLINE + SLACK) wrong.push(`SIGTERM: it took ${Math.round(ms)} ms`)
  return wrong
}

async function until(isSo: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  for (const since = performance.now(); performance.now() - since < ms; await sleep(10)) if (await isSo()) return true
  return false
}

/** Whether nobody listens. */
async function refuses(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return !isOpen
}
