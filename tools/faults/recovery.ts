import { setTimeout as sleep } from 'node:timers/promises'
import type { Rig } from './rig.ts'
import { newTally, Visitor } from './visitor.ts'

/** What asks for a page, and beside it the server that it needs: whether they give what they should. */
export type Probe = { directly: () => Promise<boolean>; page: () => Promise<boolean> }

/** When a page was there again, in ms from when its server was: when the visit that got it began, and when it had it. */
export type Recovery = { begun: number; ms: number }

/** How long a server may take when it is asked directly: else it is not back yet, in ms. */
const DIRECTLY = 2_000
/** How long a page may take, in ms: longer than the UI waits for anything. */
const PATIENCE = 45_000
const GIVE_UP = 60_000

const CLOCK = { now: () => performance.now(), sleep: (ms: number): Promise<unknown> => sleep(ms) }

/**
 * Visits a page until it is there. Time counts from when its server itself answers, asked directly before each visit: a machine
 * that is busy with other things delays both.
 *
 * @returns infinite times when it was not there after a minute
 */
export async function recovery({ directly, page }: Probe, { now, sleep } = CLOCK): Promise<Recovery> {
  const started = now()
  let back: number | undefined
  while (now() - started < GIVE_UP) {
    if (await directly()) {
      back ??= now()
      const begun = now() - back
      if (await page()) return { begun, ms: now() - back }
    } else back = undefined
    await sleep(20)
  }
  return { begun: Number.POSITIVE_INFINITY, ms: Number.POSITIVE_INFINITY }
}

/** A login form, and Kratos's start of a login for scripts, by the way that the UI asks it. */
export function kratosProbe(rig: Rig): Probe {
  return {
    directly: async () => (await statusOf(`${rig.toKratos.url}/self-service/login/api`)) === 200,
    page: async () => (await new Visitor({ ui: rig.url }, newTally(), () => true).open('/login')) === 'page',
  }
}

/** What Hydra, and the UI with its help, say of a consent that nobody asked for. */
export function hydraProbe(rig: Rig): Probe {
  const query = 'consent_challenge=unknown'
  const saysSo = async (url: string, ms?: number) => [404, 410].includes(await statusOf(url, ms))
  return {
    directly: () => saysSo(`${rig.toHydra.url}/admin/oauth2/auth/requests/consent?${query}`),
    page: () => saysSo(`${rig.url}/consent?${query}`, PATIENCE),
  }
}

/** 0: no answer in time. */
async function statusOf(url: string, ms = DIRECTLY): Promise<number> {
  try {
    const answer = await fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(ms) })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}
