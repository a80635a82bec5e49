import { hkdfSync } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import { env } from '#lib/env.ts'

// COOKIE_SECRET may be as short as 8 characters (the Express UI's contract), iron-session wants 32: the key is derived.
let key: string | undefined
function password(): string {
  key ??= Buffer.from(hkdfSync('sha256', env().COOKIE_SECRET, '', 'kratos-selfservice-ui-next cookies', 32)).toString(
    'hex',
  )
  return key
}

/**
 * Seals a value for a cookie: encrypted and authenticated by iron-session. Costs about 0.4 ms.
 *
 * @param ttl seconds for which the seal is good
 */
export function seal(value: unknown, ttl: number): Promise<string> {
  return sealData(value, { password: password(), ttl })
}

/**
 * Opens a sealed value.
 *
 * @returns the value, or undefined when it is missing, expired, tampered with or sealed with another secret
 */
export async function unseal(sealed: string | undefined, ttl: number): Promise<unknown> {
  if (!sealed) return undefined
  const value = await unsealData<Record<string, unknown>>(sealed, { password: password(), ttl }).catch(() => undefined)
  // iron-session gives an empty object for whatever it cannot open.
  return value && Object.keys(value).length > 0 ? value : undefined
}
