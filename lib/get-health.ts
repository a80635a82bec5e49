import { env } from '#lib/env.ts'
import { send } from '#lib/upstream.ts'

const TIMEOUT = 1_000
const CACHED = 500

/** Whether we can serve flows, and if not, why. */
export type Health = { ready: true } | { ready: false; reason: string }

let last: { at: number; health: Promise<Health> } | undefined

/**
 * Asks Kratos, and Hydra where there is one, for `/health/ready`, for at most 1 s; the answer is kept for half a second, so
 * that probes cost them little.
 */
export function getHealth(): Promise<Health> {
  const now = performance.now()
  if (!last || now - last.at > CACHED) last = { at: now, health: askAll() }
  return last.health
}

async function askAll(): Promise<Health> {
  const { KRATOS_PUBLIC_URL: kratos, hydraAdminUrl: hydra } = env()
  const answers = await Promise.all([whyNotReady('Kratos', kratos), hydra && whyNotReady('Hydra', hydra)])
  const reason = answers.filter(Boolean).join('; ')
  return reason ? { ready: false, reason } : { ready: true }
}

/** Why this one is not ready; undefined when it is. */
export async function whyNotReady(name: 'Kratos' | 'Hydra', base: string): Promise<string | undefined> {
  const url = `${base.replace(/\/$/, '')}/health/ready`
  try {
    const { status } = await send({ url, signal: AbortSignal.timeout(TIMEOUT), headers: {} }, () => undefined)
    return status === 200 ? undefined : `${name} answered ${status} to /health/ready`
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException
    if (code === 'ABORT_ERR') return `${name} did not answer within ${TIMEOUT / 1000} s`
    return `${name} cannot be reached (${code})`
  }
}
