import 'server-only'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { REQUEST_ID } from '#lib/request-id.ts'

/** How long Hydra may take to answer, in ms. */
const TIMEOUT = 5_000
/** The largest answer that is read, in bytes: a page of consents with their claims is some 100 kB. */
const MAX_ANSWER = 4 * 1024 * 1024

/** An answer of Hydra: the status and the parsed body; status 0 stands for no answer, or for one that is no JSON. */
export type HydraAnswer = { status: number; body: unknown }

/** Whether there is a Hydra at all: without one, the OAuth2 pages do not exist. */
export function hasHydra(): boolean {
  return env().hydraAdminUrl !== undefined
}

/**
 * Asks Hydra's admin API, and turns all that can come of it into data.
 *
 * @param path below the admin URL, with its query
 * @param requestId the request that this call serves: for Hydra and for the log
 * @param change what to do in place of reading: the method, and its body as data
 * @returns undefined where no Hydra is configured
 */
export async function askHydra(
  path: string,
  requestId: string | null,
  change?: { method: 'PUT' | 'DELETE'; body?: unknown },
): Promise<HydraAnswer | undefined> {
  const { hydraAdminUrl, ORY_ADMIN_API_TOKEN: token } = env()
  if (!hydraAdminUrl) return undefined
  // Not AbortSignal.timeout(): that one keeps each call in memory until its time is over.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT)
  try {
    const answer = await fetch(`${hydraAdminUrl}${path}`, {
      method: change?.method ?? 'GET',
      cache: 'no-store',
      redirect: 'manual',
      signal: controller.signal,
      headers: {
        Accept: 'application/json',
        ...(change?.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(requestId ? { [REQUEST_ID]: requestId } : {}),
      },
      ...(change?.body === undefined ? {} : { body: JSON.stringify(change.body) }),
    })
    const text = await readText(answer)
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  } catch (error) {
    log().error({ call: 'hydra', code: (error as { name?: unknown }).name, requestId }, 'Hydra did not answer')
    return { status: 0, body: undefined }
  } finally {
    clearTimeout(timer)
  }
}

async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > MAX_ANSWER) throw new RangeError('Hydra answers with too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
