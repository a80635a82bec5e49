import { seal, unseal } from '#lib/seal.ts'

/** How long a form of ours may lie open, in seconds. */
const TTL = 3600

/**
 * A token against forged requests, for a hidden field of a form of ours: sealed, and bound to what only the page of that
 * person could know (docs/decisions/0014). Kratos's own forms have Kratos's token.
 *
 * @param boundTo what it acts on, such as the id of the Kratos session; nobody else's token fits
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function formToken(purpose: string, boundTo: string): Promise<string> {
  return seal({ purpose, boundTo }, TTL)
}

/** Whether a token that came with a form is one of {@link formToken} for the same purpose and thing. */
export async function isFormToken(token: string | null, purpose: string, boundTo: string): Promise<boolean> {
  const value = (await unseal(token ?? undefined, TTL)) as Record<string, unknown> | undefined
  return value?.purpose === purpose && value.boundTo === boundTo
}
