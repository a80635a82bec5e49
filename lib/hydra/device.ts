import 'server-only'
import { askAbout } from '#lib/hydra/client.ts'
import { toHydraResult } from '#lib/hydra/results.ts'

/** What came of a code that a device shows. */
export type DeviceResult =
  | { kind: 'redirect'; to: string }
  /** not known, expired, or used: Hydra does not tell them apart */
  | { kind: 'wrong' }
  /** the page was open too long, or its sign-in is done with: the device's address has to be opened anew */
  | { kind: 'over' }
  | { kind: 'unavailable' }

/**
 * Tells Hydra the code that a person typed from a device (RFC 8628). Codes are never logged.
 *
 * @param userCode as it was typed
 */
export async function acceptDevice(
  challenge: string,
  userCode: string,
  requestId: string | null,
): Promise<DeviceResult> {
  const code = tidyCode(userCode)
  if (code === '') return { kind: 'wrong' }
  const answer = await askAbout('device', challenge, requestId, 'accept', { user_code: code })
  if (answer.status === 400) return { kind: 'wrong' }
  const result = toHydraResult(answer, () => undefined)
  return result.kind === 'redirect' || result.kind === 'unavailable' ? result : { kind: 'over' }
}

/** So long may a code be that is sent on to Hydra: its own have eight or nine letters. */
const MAX_CODE = 64

/**
 * A code as Hydra wants it, which takes it letter by letter: capitals, without what people put between or around.
 *
 * @returns empty for what cannot be a code
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-6.1
 */
export function tidyCode(typed: string): string {
  const code = typed
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
  return code.length > MAX_CODE ? '' : code
}
