import 'server-only'
import { get } from 'node:http'
import { get as getSecure } from 'node:https'
import { env } from '#lib/env.ts'

const TIMEOUT = 1_000
const CACHED = 1_000

/** Whether we can serve flows, and if not, why. */
export type Health = { ready: true } | { ready: false; reason: string }

let last: { at: number; health: Promise<Health> } | undefined

/** Asks Kratos's `/health/ready`, for at most 1 s; the answer is kept for 1 s, so that probes cost Kratos little. */
export function getHealth(): Promise<Health> {
  const now = performance.now()
  if (!last || now - last.at > CACHED) last = { at: now, health: ask() }
  return last.health
}

function ask(): Promise<Health> {
  const url = new URL(`${env().KRATOS_PUBLIC_URL.replace(/\/$/, '')}/health/ready`)
  return new Promise((resolve) => {
    const notReady = (reason: string) => resolve({ ready: false, reason })
    const request = (url.protocol === 'https:' ? getSecure : get)(url, { timeout: TIMEOUT }, (answer) => {
      answer.resume()
      if (answer.statusCode === 200) resolve({ ready: true })
      else notReady(`Kratos answered ${answer.statusCode} to /health/ready`)
    })
    request.on('timeout', () => {
      notReady(`Kratos did not answer within ${TIMEOUT / 1000} s`)
      request.destroy()
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      notReady(`Kratos cannot be reached (${error.code ?? 'error'})`),
    )
  })
}
