import 'server-only'
import { cache } from 'react'
import { getConsentRequest } from '#lib/hydra/ask-consent.ts'
import { getCaller } from './request.ts'

/** What an application asks somebody to allow: once a request, because the layout needs it as well, for language and brand. */
export const getConsent = cache(async (challenge: string) =>
  getConsentRequest(challenge, (await getCaller()).requestId),
)
