import 'server-only'
import type { AcceptOAuth2ConsentRequest } from '@ory/client'
import { askHydra } from '#lib/hydra/client.ts'
import { type ConsentRequest, toConsentRequest } from '#lib/hydra/consent.ts'
import { type HydraResult, toHydraResult } from '#lib/hydra/results.ts'

const PATH = '/admin/oauth2/auth/requests/consent'
const UNAVAILABLE = { status: 0, body: undefined }

/**
 * What an application asks somebody to allow.
 *
 * @see https://www.ory.sh/docs/hydra/reference/api GET /admin/oauth2/auth/requests/consent
 */
export async function getConsentRequest(
  challenge: string,
  requestId: string | null,
): Promise<HydraResult<ConsentRequest>> {
  const answer = await askHydra(`${PATH}?${query(challenge)}`, requestId)
  return toHydraResult(answer ?? UNAVAILABLE, toConsentRequest)
}

/**
 * Allows or refuses a request.
 *
 * @param body what is allowed; undefined to refuse, which the application is told as `access_denied`
 * @returns `redirect` when Hydra has taken it
 */
export async function answerConsent(
  challenge: string,
  body: AcceptOAuth2ConsentRequest | undefined,
  requestId: string | null,
): Promise<HydraResult<undefined>> {
  const change = { method: 'PUT', body: body ?? REJECTION } as const
  const path = `${PATH}/${body ? 'accept' : 'reject'}?${query(challenge)}`
  return toHydraResult((await askHydra(path, requestId, change)) ?? UNAVAILABLE, () => undefined)
}

const REJECTION = { error: 'access_denied', error_description: 'The resource owner denied the request' }

function query(challenge: string): URLSearchParams {
  return new URLSearchParams({ consent_challenge: challenge })
}
