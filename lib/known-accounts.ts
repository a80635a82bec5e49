import type { Session } from '@ory/client'
import { z } from 'zod'
import { displayName } from '#lib/kratos/identity.ts'
import { seal, unseal } from '#lib/seal.ts'

// Who signed in on this device before (REMEMBER_ACCOUNTS, docs/decisions/0035): a sealed cookie, newest first.

/** How long they are kept without a sign-in, in seconds: 90 days. */
export const KNOWN_TTL = 7_776_000
/** So many people share a device, at most; and a cookie has its limits. */
const MAX_ACCOUNTS = 5
const MAX_NAME = 254

const accountSchema = z.object({
  name: z.string().min(1).max(MAX_NAME),
  method: z.string().max(50),
  provider: z.string().max(100).optional(),
})
const schema = z.object({ accounts: z.array(accountSchema).max(MAX_ACCOUNTS) })

/** Somebody who signed in here: what they are called, and how they signed in last (Kratos's name of the method). */
export type KnownAccount = z.output<typeof accountSchema>

/** The cookie's value, sealed. */
export function sealKnown(accounts: readonly KnownAccount[]): Promise<string> {
  return seal({ accounts }, KNOWN_TTL)
}

/** Reads the cookie's value; anything else is nobody. */
export async function openKnown(sealed: string | undefined): Promise<readonly KnownAccount[]> {
  return schema.safeParse(await unseal(sealed, KNOWN_TTL)).data?.accounts ?? []
}

/**
 * The account of a session.
 *
 * @returns undefined for one without an address or a name, which nobody would know again
 */
export function knownAccount({ identity, authentication_methods: methods }: Session): KnownAccount | undefined {
  const name = displayName(identity)
  const first = methods?.find(({ aal }) => aal !== 'aal2') ?? methods?.[0]
  if (!first?.method || name === '' || name === identity?.id || name.length > MAX_NAME) return undefined
  return { name, method: first.method, ...(first.provider ? { provider: first.provider } : {}) }
}

/** The list with this account first. */
export function withKnown(known: readonly KnownAccount[], account: KnownAccount): KnownAccount[] {
  return [account, ...known.filter(({ name }) => name !== account.name)].slice(0, MAX_ACCOUNTS)
}

/** The list without the account of that name. */
export function withoutKnown(known: readonly KnownAccount[], name: string): KnownAccount[] {
  return known.filter((account) => account.name !== name)
}
