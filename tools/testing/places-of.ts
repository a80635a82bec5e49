import { branchesOf, PART } from '../../lib/i18n/format.ts'

/**
 * The names that a text has a place for, and the plural cases of each.
 *
 * @returns each name once, with its cases where it is a plural
 */
export function placesOf(text: string): Map<string, readonly string[]> {
  const places = new Map<string, readonly string[]>()
  for (const [, name = '', branches] of text.matchAll(PART)) {
    const inner = branches ? branchesOf(branches) : new Map<string, string>()
    places.set(name, [...inner.keys()])
    for (const branch of inner.values()) {
      for (const [found] of placesOf(branch)) if (!places.has(found)) places.set(found, [])
    }
  }
  return places
}
