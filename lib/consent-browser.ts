import { randomUUID } from 'node:crypto'
import { seal, unseal } from '#lib/seal.ts'

// Which browser a consent page was shown to: a sealed cookie that proxy.ts sets, and that the token of the form is bound
// to. Kratos's session alone would not do: Kratos is not ours, and its cookie may be shared by a whole domain.

/** How long the cookie is good after the last page, in seconds: as long as the token of the form. */
export const CONSENT_TTL = 3600

/** The browser's id in its cookie; undefined without a good one. */
export async function consentBrowser(cookie: string | undefined): Promise<string | undefined> {
  const value = (await unseal(cookie, CONSENT_TTL)) as { browser?: unknown } | undefined
  return typeof value?.browser === 'string' ? value.browser : undefined
}

/** A cookie for a browser that looks at a consent page. It keeps its id, so that its other tabs stay good. */
export async function consentCookie(cookie: string | undefined): Promise<string> {
  return seal({ browser: (await consentBrowser(cookie)) ?? randomUUID() }, CONSENT_TTL)
}

/** What the token of a consent form is bound to: this request, in this browser, of this session. */
export function consentBinding(challenge: string, browser: string, sessionId: string): string {
  return JSON.stringify([challenge, browser, sessionId])
}
