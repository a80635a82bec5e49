const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/**
 * A length of time for people, in the largest unit that it is a whole number of: "90 minutes", "1 hour".
 *
 * @param seconds a whole number
 */
export function duration(seconds: number, locale: string): string {
  const [unit, length] = UNITS.find(([, one]) => seconds >= one && seconds % one === 0) ?? UNITS[3]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length)
}
