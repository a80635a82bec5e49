import type { Identity } from '@ory/client'

/**
 * What a person is called on a page: an address or a name out of the traits, whatever the identity schema calls them.
 *
 * @param identity Kratos's identity; its traits have any shape
 * @returns never empty: the identity's id is the last resort
 */
export function displayName(identity: Identity | undefined): string {
  const address = identity?.verifiable_addresses?.[0]?.value || identity?.recovery_addresses?.[0]?.value
  return address || firstText(identity?.traits) || identity?.id || ''
}

const PREFERRED = ['email', 'username', 'phone', 'name']

function firstText(traits: unknown): string | undefined {
  if (typeof traits !== 'object' || traits === null) return undefined
  const values = PREFERRED.map((name) => (traits as Record<string, unknown>)[name])
  return values.filter((value) => typeof value === 'string').find(Boolean)
}
