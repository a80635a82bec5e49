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

/** A run: the tests by the key of what they saw, and whether its Kratos is another one than that of the reasons, v1.3.1. */
export type Run = { seen: Readonly<Record<string, readonly string[]>>; isNewer: boolean }

/**
 * What is wrong with the evidence after a run: rows with none at all, rows that no test saw any more although the run's
 * Kratos has them, and reasons for what was seen. On a newer Kratos the reasons of this one may not hold.
 *
 * @returns one line each; none when all is well
 */
export function problemsOf(rows: readonly Row[], evidence: Evidence, { seen, isNewer }: Run): string[] {
  const known = new Set(rows.map(({ key }) => key))
  return [
    ...rows.flatMap((row) => {
      const { key, since } = row
      const [test, reason] = [evidence.chosen[key], evidence.reasons[key]]
      if (seen[key]) return reason && !isNewer ? [`${key}: it was seen, but is said never to occur`] : []
      if (verdictOn(row, evidence).kind === 'open') return [`${key}: nothing shows it`]
      const has = !since || (since === 'newer' && isNewer)
      // By that test or another one: a request that comes late is noted for the test after it.
      return test && has ? [`${key}: not seen in this run; "${test}" saw it before`] : []
    }),
    ...[...Object.keys(evidence.chosen), ...Object.keys(evidence.reasons)]
      .filter((key) => !known.has(key))
      .map((key) => `${key}: not in the catalogue`),
  ]
}
