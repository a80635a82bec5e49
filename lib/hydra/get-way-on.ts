import 'server-only'
import { askHydra } from '#lib/hydra/client.ts'
import { webUrl } from '#lib/hydra/results.ts'

/**
 * Where a login that Hydra has done with goes on: the URL that the application asked with.
 *
 * @param challenge the `login_challenge`
 * @param requestId the request that this call serves
 * @returns undefined when Hydra cannot or does not tell
 * @see https://www.ory.sh/docs/hydra/reference/api GET /admin/oauth2/auth/requests/login, status 410
 */
export async function getWayOn(challenge: string, requestId: string | null): Promise<string | undefined> {
  const query = new URLSearchParams({ login_challenge: challenge })
  const answer = await askHydra(`/admin/oauth2/auth/requests/login?${query}`, requestId)
  if (answer?.status !== 410) return undefined
  const { redirect_to: to } = (answer.body ?? {}) as { redirect_to?: unknown }
  return webUrl(to)
}
