import 'server-only'
import { askAbout } from '#lib/hydra/client.ts'
import { webUrl } from '#lib/hydra/results.ts'

/**
 * Where a login that Hydra has done with goes on: the URL that the application asked with.
 *
 * @returns undefined when Hydra cannot or does not tell
 * @see https://www.ory.sh/docs/hydra/reference/api GET /admin/oauth2/auth/requests/login, status 410
 */
export async function getWayOn(challenge: string, requestId: string | null): Promise<string | undefined> {
  const { status, body } = await askAbout('login', challenge, requestId)
  if (status !== 410) return undefined
  const { redirect_to: to } = (body ?? {}) as { redirect_to?: unknown }
  return webUrl(to)
}
