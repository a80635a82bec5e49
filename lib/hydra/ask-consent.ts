import 'server-only'
import type { AcceptOAuth2ConsentRequest } from '@ory/client'
import { askAbout } from '#lib/hydra/client.ts'
import { toConsentRequest } from '#lib/hydra/consent.ts'
import { type HydraResult, toHydraResult } from '#lib/hydra/results.ts'

/** What an application asks somebody to allow. */
export async function getConsentRequest(challenge: string, requestId: string | null) {
  return toHydraResult(await askAbout('consent', challenge, requestId), toConsentRequest)
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
  const answer = await askAbout('consent', challenge, requestId, body ? 'accept' : 'reject', body ?? REJECTION)
  return toHydraResult(answer, () => undefined)
}

const REJECTION = { error: 'access_denied', error_description: 'The resource owner denied the request' }
