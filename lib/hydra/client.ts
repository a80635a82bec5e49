import 'server-only'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { readText } from '#lib/read-text.ts'
import { REQUEST_ID } from '#lib/request-id.ts'
import { startCall } from '#lib/request-record.ts'

/** How long Hydra may take to answer, in ms. */
const TIMEOUT = 5_000
/** The largest answer that is read, in bytes: a page of consents with their claims is some 100 kB. */
const MAX_ANSWER = 4 * 1024 * 1024

/** An answer of Hydra: the status and the parsed body; status 0 stands for no answer, or for one that is no JSON. */
export type HydraAnswer = { status: number; body: unknown }

const SILENCE: HydraAnswer = { status: 0, body: undefined }

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
 * @returns status 0 also where no Hydra is configured
 */
export async function askHydra(
  path: string,
  requestId: string | null,
  change?: { method: 'PUT' | 'DELETE'; body?: unknown },
): Promise<HydraAnswer> {
  const { hydraAdminUrl, ORY_ADMIN_API_TOKEN: token } = env()
  if (!hydraAdminUrl) return SILENCE
  // Not AbortSignal.timeout(): that one keeps each call in memory until its time is over.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT)
  const method = change?.method ?? 'GET'
  const record = startCall('hydra', `${method} ${path.split('?', 1)[0]}`)
  try {
    const answer = await fetch(`${hydraAdminUrl}${path}`, {
      method,
      cache: 'no-store',
      redirect: 'manual',
      signal: controller.signal,
      headers: {
        Accept: 'application/json',
        ...(change?.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(requestId ? { [REQUEST_ID]: requestId } : {}),
        ...record.headers,
      },
      ...(change?.body === undefined ? {} : { body: JSON.stringify(change.body) }),
    })
    const text = await readText(answer.body, MAX_ANSWER)
    if (text === undefined) throw new RangeError('Hydra answers with too much')
    const body = text === '' ? undefined : JSON.parse(text)
    record.end(answer.status, body, answer.headers.get('retry-after'))
    return { status: answer.status, body }
  } catch (error) {
    log().error({ call: 'hydra', code: (error as { name?: unknown }).name, requestId }, 'Hydra did not answer')
    return SILENCE
  } finally {
    clearTimeout(timer)
    record.end(0)
  }
}

/**
 * Asks Hydra about a request of an application, or answers it.
 *
 * @param challenge what stands in the query of the page that Hydra sent the browser to
 * @param answer what to say to it; undefined: to read it
 * @param body what goes along with the answer
 * @see https://www.ory.sh/docs/hydra/reference/api /admin/oauth2/auth/requests/<kind>
 */
export function askAbout(
  kind: 'login' | 'consent' | 'logout' | 'device',
  challenge: string,
  requestId: string | null,
  answer?: 'accept' | 'reject',
  body?: unknown,
): Promise<HydraAnswer> {
  const query = new URLSearchParams({ [`${kind}_challenge`]: challenge })
  const path = `/admin/oauth2/auth/requests/${kind}${answer ? `/${answer}` : ''}?${query}`
  return askHydra(path, requestId, answer && { method: 'PUT', body })
}
