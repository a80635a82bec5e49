import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CACHE } from '../paths.ts'
import { describe } from '../test-counts.ts'

/** Where chaos, soak and fuzz leave what they have counted, for npm test. */
export function countsFile(name: 'chaos' | 'soak' | 'fuzz'): string {
  return join(CACHE, 'test', `${name}.json`)
}

/** Ends such a run: its last line is the counts. Returns the exit code. */
export function endWith(name: 'chaos' | 'soak' | 'fuzz', passed: number, failed: number): number {
  const counts = { passed, failed, skipped: 0 }
  mkdirSync(dirname(countsFile(name)), { recursive: true })
  writeFileSync(countsFile(name), JSON.stringify(counts))
  console.log(`\n${describe(counts)}`)
  return failed === 0 && passed > 0 ? 0 : 1
}
