import { setTimeout as sleep } from 'node:timers/promises'
import { getHealth } from '../lib/get-health.ts'
import { log } from '../lib/log.ts'

/** How often to look, in ms. */
const PACE = 250

/** Says in the log what a start waits for, whenever that changes, and when all of it is there. */
export async function announceReady(): Promise<void> {
  let said: string | undefined
  for (;;) {
    const health = await getHealth()
    if (health.ready) return log().info('ready')
    if (health.reason !== said) log().warn({ reason: health.reason }, 'not ready')
    said = health.reason
    await sleep(PACE, undefined, { ref: false })
  }
}
