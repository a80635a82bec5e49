import { hkdfSync } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import { env } from '#lib/env.ts'

// COOKIE_SECRET may be as short as 8 characters (the Express UI's contract), iron-session wants 32: the key is derived.
let keys: readonly string[] | undefined
function passwords(): readonly string[] {
  keys ??= env().COOKIE_SECRET.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'kratos-selfservice-ui-next cookies', 32)).toString('hex'),
  )
  return keys
}

/**
 * Seals a value for a cookie, with the first secret: encrypted and authenticated by iron-session. Costs about 0.4 ms.
 *
 * @param ttl seconds for which the seal is good
 */
export function seal(value: unknown, ttl: number): Promise<string> {
  return sealData(value, { password: passwords()[0] ?? '', ttl })
}

/**
 * Opens a sealed value with whichever secret fits. Not by iron-session's map of passwords, whose ids stand in the seal: a
 * secret's place in the list changes when a new one comes before it (docs/decisions/0038).
 *
 * @returns the value, or undefined when it is missing, expired, tampered with or sealed with a secret that is not listed
 */
export async function unseal(sealed: string | undefined, ttl: number): Promise<unknown> {
  if (!sealed) return undefined
  for (const password of passwords()) {
    const value = await unsealData<Record<string, unknown>>(sealed, { password, ttl }).catch(() => undefined)
    // iron-session gives an empty object for whatever it cannot open.
    if (value && Object.keys(value).length > 0) return value
  }
  return undefined
}
