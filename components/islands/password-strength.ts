/** How a new password looks: the first three are what Kratos, or common sense, would refuse. */
export type Strength = 'short' | 'similar' | 'weak' | 'good'

/** Kratos compares a password with the identifiers: fewer changes than this, or a larger common part, is too similar. */
const MIN_DISTANCE = 5
const MAX_COMMON = 0.5

/**
 * Judges a new password as Kratos does, as far as that can be known here: Kratos also asks a list of breached passwords.
 *
 * @param password what is typed so far
 * @param identifiers addresses and names that the person signs in with
 * @param min the least length, in bytes, as Kratos counts
 * @returns undefined while nothing is typed
 * @see https://github.com/ory/kratos/blob/v1.3.1/selfservice/strategy/password/validator.go
 */
export function strengthOf(password: string, identifiers: readonly string[], min: number): Strength | undefined {
  if (password === '') return undefined
  if (new TextEncoder().encode(password).length < min) return 'short'
  const lower = password.toLowerCase()
  if (identifiers.some((identifier) => isSimilar(identifier.trim().toLowerCase(), lower))) return 'similar'
  const isPoor = new Set(password).size < 5 || (/^\d+$/.test(password) && password.length < 12)
  return isPoor ? 'weak' : 'good'
}

function isSimilar(identifier: string, password: string): boolean {
  if (identifier === '') return false
  const { distance, common } = compare(identifier, password)
  return distance < MIN_DISTANCE || common / password.length > MAX_COMMON
}

/** The Levenshtein distance of two texts, and the length of their longest common part. */
function compare(a: string, b: string): { distance: number; common: number } {
  let distances = Array.from({ length: b.length + 1 }, (_, index) => index)
  let parts = new Array<number>(b.length + 1).fill(0)
  let common = 0
  for (let i = 1; i <= a.length; i++) {
    const [nextDistances, nextParts] = [[i], [0]]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const [above = 0, before = 0, diagonal = 0] = [distances[j], nextDistances[j - 1], distances[j - 1]]
      nextDistances.push(Math.min(above + 1, before + 1, diagonal + (same ? 0 : 1)))
      const part = same ? (parts[j - 1] ?? 0) + 1 : 0
      nextParts.push(part)
      common = Math.max(common, part)
    }
    distances = nextDistances
    parts = nextParts
  }
  return { distance: distances[b.length] ?? 0, common }
}
