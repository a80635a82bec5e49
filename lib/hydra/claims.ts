import type { Identity } from '@ory/client'

/**
 * What an application learns of a person by each scope: the claims, and the traits that a claim is taken from, the first
 * one that is there. A dot leads into a trait. A fork adds its own scopes, claims and traits here, and the words for a
 * scope as `scope.<name>` in lib/i18n/messages/en.json (docs/oauth2.md). Left out is what Hydra itself says in a token.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims
 */
export const CLAIMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  email: { email: ['email'] },
  phone: { phone_number: ['phone', 'phone_number'] },
  address: { address: ['address'] },
  profile: {
    name: ['name', 'full_name'],
    given_name: ['given_name', 'first_name', 'name.first'],
    family_name: ['family_name', 'last_name', 'name.last'],
    preferred_username: ['preferred_username', 'username'],
    nickname: ['nickname'],
    website: ['website'],
    picture: ['picture'],
    birthdate: ['birthdate'],
    locale: ['locale'],
    zoneinfo: ['zoneinfo'],
  },
}

/**
 * The claims for an ID token.
 *
 * @param identity the person; the traits have any shape
 * @param scopes what was granted
 * @returns only what is known: a claim without a value is left out
 */
export function claimsOf(identity: Identity, scopes: readonly string[]): Record<string, unknown> {
  const claims: Record<string, unknown> = {}
  for (const scope of new Set(scopes)) {
    for (const [claim, paths] of Object.entries(Object.hasOwn(CLAIMS, scope) ? (CLAIMS[scope] ?? {}) : {})) {
      const value = paths.map((path) => valueAt(identity.traits, path)).find((one) => one !== undefined)
      const said = claim === 'name' ? wholeName(value) : value
      if (said !== undefined) claims[claim] = said
    }
  }
  if (scopes.includes('email')) withVerified(claims, 'email', 'email', identity)
  if (scopes.includes('phone')) withVerified(claims, 'phone_number', 'sms', identity)
  const updated = Date.parse(identity.updated_at ?? '')
  if (scopes.includes('profile') && updated) claims.updated_at = Math.floor(updated / 1000)
  return claims
}

function valueAt(traits: unknown, path: string): unknown {
  let value = traits
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? value[name as never] : undefined
  }
  return value === null || value === '' ? undefined : value
}

/** Kratos's examples keep a name in two parts. */
function wholeName(value: unknown): unknown {
  if (typeof value === 'string') return value
  return [valueAt(value, 'first'), valueAt(value, 'last')].filter(Boolean).join(' ') || undefined
}

/** An address is verified if Kratos says so of this very one; where no trait has its name, Kratos's first one counts. */
function withVerified(claims: Record<string, unknown>, claim: string, via: string, identity: Identity): void {
  const known = (identity.verifiable_addresses ?? []).filter((address) => address.via === via)
  if (typeof claims[claim] !== 'string') claims[claim] = known[0]?.value
  const value = claims[claim]
  if (value === undefined) delete claims[claim]
  else claims[`${claim}_verified`] = known.some((one) => one.value === value && one.verified)
}
