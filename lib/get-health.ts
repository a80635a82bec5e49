import { get } from 'node:http'
import { get as getSecure } from 'node:https'
import { env } from '#lib/env.ts'

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
  const answers = await Promise.all([ask('Kratos', kratos), hydra && ask('Hydra', hydra)])
  const reason = answers.filter(Boolean).join('; ')
  return reason ? { ready: false, reason } : { ready: true }
}

/** Why this one is not ready; undefined when it is. */
function ask(name: string, base: string): Promise<string | undefined> {
  const url = new URL(`${base.replace(/\/$/, '')}/health/ready`)
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? getSecure : get)(url, { agent: false, timeout: TIMEOUT }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200 ? undefined : `${name} answered ${answer.statusCode} to /health/ready`)
    })
    request.on('timeout', () => {
      resolve(`${name} did not answer within ${TIMEOUT / 1000} s`)
      request.destroy()
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(`${name} cannot be reached (${error.code ?? 'error'})`),
    )
  })
}
