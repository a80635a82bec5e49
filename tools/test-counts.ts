import { readFileSync, rmSync } from 'node:fs'

/** How many tests passed, failed and were skipped. */
export type Counts = { passed: number; failed: number; skipped: number }

/** A check that counts as one test. */
export function countOne(code: number): Counts {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

/**
 * Counts the tests in vitest's JSON report.
 *
 * @param code vitest's exit code; a run that failed without a failed test (a file that does not load) counts as one failed
 */
export function countVitest(file: string, code: number): Counts {
  const report = readReport(file) as { testResults: { assertionResults: { status: string }[] }[] } | undefined
  const states =
    report?.testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status)) ?? []
  const passed = states.filter((status) => status === 'passed').length
  const failed = states.filter((status) => status === 'failed').length
  return withExitCode({ passed, failed, skipped: states.length - passed - failed }, code)
}

/**
 * Counts the tests in Playwright's JSON report.
 *
 * @param code Playwright's exit code; a run that failed without a failed test counts as one failed
 */
export function countPlaywright(file: string, code: number): Counts {
  type Stats = { expected: number; unexpected: number; flaky: number; skipped: number }
  const report = readReport(file) as { stats: Stats } | undefined
  const { expected, unexpected, flaky, skipped } = report?.stats ?? {
    expected: 0,
    unexpected: 0,
    flaky: 0,
    skipped: 0,
  }
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped }, code)
}

/**
 * Reads the counts that a script of ours has left (tools/faults/end-with.ts).
 *
 * @param code its exit code; a run that failed without a failed test, or left nothing, counts as one failed
 */
export function countScript(file: string, code: number): Counts {
  const counts = readReport(file) as Counts | undefined
  return counts ? withExitCode(counts, code) : countOne(1)
}

/** The sum of counts. */
export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** Counts as the closing line of a test run. */
export function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Removes a report of an earlier run, which must never be counted for this one. */
export function forgetReport(file: string): void {
  rmSync(file, { force: true })
}

function withExitCode(counts: Counts, code: number): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
