import 'server-only'
import { askHydra } from '#lib/hydra/client.ts'
import { toConnected } from '#lib/hydra/connected-applications.ts'

/** So many consents are asked for, which is as many as Hydra gives at once; there is one for each sign-in. */
const PAGE_SIZE = 500

/**
 * The applications that somebody has given access to.
 *
 * @param subject the identity's id
 * @returns undefined when Hydra does not say
 * @see https://www.ory.sh/docs/hydra/reference/api GET /admin/oauth2/auth/sessions/consent
 */
export async function getConnected(subject: string, requestId: string | null) {
  const query = new URLSearchParams({ subject, page_size: String(PAGE_SIZE) })
  const answer = await askHydra(`${CONSENTS}?${query}`, requestId)
  if (answer.status !== 200 || !Array.isArray(answer.body)) return undefined
  return { applications: toConnected(answer.body), isAll: answer.body.length < PAGE_SIZE }
}

/**
 * Takes back the access of an application, or of all: its tokens are worth nothing then, and it has to ask anew.
 *
 * @param subject the identity's id
 * @param client the id of the application; undefined for all
 * @returns whether Hydra did so
 * @see https://www.ory.sh/docs/hydra/reference/api DELETE /admin/oauth2/auth/sessions/consent
 */
export async function revokeAccess(subject: string, client: string | undefined, requestId: string | null) {
  const query = new URLSearchParams({ subject, ...(client === undefined ? { all: 'true' } : { client }) })
  const answer = await askHydra(`${CONSENTS}?${query}`, requestId, { method: 'DELETE' })
  return answer.status === 204
}

const CONSENTS = '/admin/oauth2/auth/sessions/consent'
