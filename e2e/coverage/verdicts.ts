/** A row of the catalogue: something that Kratos can send. */
export type Row = { key: string; name?: string; since?: 'newer' | 'licensed' }

/** What shows that a row is handled. */
export type Verdict =
  /** a test that sees it, with the profile */
  | { kind: 'e2e'; test: string }
  /** hand-written flows of e2e/flows/newer that have it */
  | { kind: 'fixture'; files: string[] }
  /** why no browser ever gets it */
  | { kind: 'cannot occur'; reason: string }
  | { kind: 'open' }

/** What the verdicts are made from, each by the key of the row. */
export type Evidence = {
  /** the test that was chosen for a row when docs/coverage.md was written */
  chosen: Readonly<Record<string, string>>
  fixtures: Readonly<Record<string, string[]>>
  reasons: Readonly<Record<string, string>>
}

/** The verdict on a row: a test on a real Kratos before a hand-written flow, that before a reason. */
export function verdictOn({ key }: Row, { chosen, fixtures, reasons }: Evidence): Verdict {
  if (chosen[key]) return { kind: 'e2e', test: chosen[key] }
  if (fixtures[key]) return { kind: 'fixture', files: fixtures[key] }
  if (reasons[key]) return { kind: 'cannot occur', reason: reasons[key] }
  return { kind: 'open' }
}

/**
 * Chooses a test for each row that a run saw: the one that was chosen before, if it saw it again, else the first.
 *
 * @param seen the tests by the key of what they saw
 */
export function choose(
  rows: readonly Row[],
  seen: Readonly<Record<string, readonly string[]>>,
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap(({ key }) => {
      const tests = seen[key] ?? []
      const test = tests.find((candidate) => candidate === before[key]) ?? tests[0]
      return test ? [[key, test]] : []
    }),
  )
}

/**
 * What is wrong with the evidence after a run: rows that no test saw any more, and reasons for what was seen.
 *
 * @param seen the tests by the key of what they saw in that run
 * @returns one line each; none when all is well
 */
export function problemsOf(
  rows: readonly Row[],
  evidence: Evidence,
  seen: Readonly<Record<string, readonly string[]>>,
): string[] {
  const known = new Set(rows.map(({ key }) => key))
  return [
    ...rows.flatMap(({ key }) => {
      const test = evidence.chosen[key]
      // By that test or another one: a request that comes late is noted for the test after it.
      if (test && !seen[key]) return [`${key}: not seen in this run; "${test}" saw it before`]
      return evidence.reasons[key] && seen[key] ? [`${key}: it was seen, but is said never to occur`] : []
    }),
    ...[...Object.keys(evidence.chosen), ...Object.keys(evidence.reasons)]
      .filter((key) => !known.has(key))
      .map((key) => `${key}: not in the catalogue`),
  ]
}
