import 'server-only'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

/** How long Hydra may take to answer, in ms. */
const TIMEOUT = 5_000

/** An answer of Hydra: the status and the parsed body; status 0 stands for no answer, or for one that is no JSON. */
export type HydraAnswer = { status: number; body: unknown }

/**
 * Asks Hydra's admin API, and turns all that can come of it into data.
 *
 * @param path below HYDRA_ADMIN_URL, with its query
 * @param requestId the request that this call serves, for the log
 * @returns undefined where HYDRA_ADMIN_URL is not set
 */
export async function askHydra(path: string, requestId: string | null): Promise<HydraAnswer | undefined> {
  const base = env().HYDRA_ADMIN_URL?.replace(/\/$/, '')
  if (!base) return undefined
  // Not AbortSignal.timeout(): that one keeps each call in memory until its time is over.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT)
  try {
    const answer = await fetch(`${base}${path}`, {
      cache: 'no-store',
      redirect: 'manual',
      signal: controller.signal,
      headers: { Accept: 'application/json' },
    })
    return { status: answer.status, body: await answer.json() }
  } catch (error) {
    log().error(
      { call: 'hydra', code: (error as { name?: unknown }).name, requestId },
      'Hydra did not answer',
    )
    return { status: 0, body: undefined }
  } finally {
    clearTimeout(timer)
  }
}
