import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { countOne, countPlaywright, countScript, countVitest, describe, sum } from './test-counts.ts'

const folder = mkdtempSync(join(tmpdir(), 'test-counts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const unit = {
  testResults: [{ assertionResults: ['passed', 'passed', 'pending', 'todo'].map((status) => ({ status })) }],
}
const e2e = { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 1 } }

test.each([
  ['all is well', 0, { passed: 2, failed: 0, skipped: 2 }],
  ['a file does not load', 1, { passed: 2, failed: 1, skipped: 2 }],
])('counts a vitest report when %s', (_case, code, expected) => {
  expect(countVitest(report(unit), code)).toEqual(expected)
})

test.each([
  ['all is well', 0, e2e.stats, { passed: 5, failed: 0, skipped: 1 }],
  ['the set-up fails', 1, e2e.stats, { passed: 5, failed: 1, skipped: 1 }],
  ['a test fails', 1, { ...e2e.stats, unexpected: 2 }, { passed: 5, failed: 2, skipped: 1 }],
  ['a test is flaky', 0, { ...e2e.stats, flaky: 1 }, { passed: 5, failed: 1, skipped: 1 }],
])('counts a Playwright report when %s', (_case, code, stats, expected) => {
  expect(countPlaywright(report({ stats }), code)).toEqual(expected)
})

test('a run that left no report counts as one failed', () => {
  expect(countPlaywright(join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test.each([
  [{ passed: 2, failed: 0, skipped: 0 }, 0, { passed: 2, failed: 0, skipped: 0 }],
  [{ passed: 2, failed: 0, skipped: 0 }, 1, { passed: 2, failed: 1, skipped: 0 }],
  [{ passed: 2, failed: 3, skipped: 0 }, 1, { passed: 2, failed: 3, skipped: 0 }],
])('a script of ours that left %j and ended with %i', (counts, code, expected) => {
  expect(countScript(report(counts), code)).toEqual(expected)
})

test('a script of ours that left nothing counts as one failed, however it ended', () => {
  expect(countScript(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('sums up and describes', () => {
  expect(describe(sum([countOne(0), countOne(2), { passed: 3, failed: 0, skipped: 1 }]))).toBe(
    '4 passed, 1 failed, 1 skipped',
  )
})
