import 'server-only'
import { env } from '#lib/env.ts'
import type { Answer } from '#lib/kratos/results.ts'
import { ask, send } from '#lib/upstream.ts'

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
): Promise<Answer> {
  const { hydraAdminUrl, ORY_ADMIN_API_TOKEN: token } = env()
  if (!hydraAdminUrl) return { status: 0, body: undefined }
  const method = change?.method ?? 'GET'
  const body = change?.body === undefined ? undefined : JSON.stringify(change.body)
  const own = {
    ...(body ? { 'Content-Type': 'application/json' } : {}),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  }
  return ask('Hydra', `${method} ${path.split('?', 1)[0]}`, requestId, ({ signal, headers }) =>
    send({ url: hydraAdminUrl + path, method, body, signal, headers: { ...headers, ...own } }, (text) =>
      text === '' ? undefined : JSON.parse(text),
    ),
  )
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
): Promise<Answer> {
  const query = new URLSearchParams({ [`${kind}_challenge`]: challenge })
  const path = `/admin/oauth2/auth/requests/${kind}${answer ? `/${answer}` : ''}?${query}`
  return askHydra(path, requestId, answer && { method: 'PUT', body })
}
