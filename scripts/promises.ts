import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROMISES } from '../e2e/promises.ts'
import { CACHE } from '../tools/paths.ts'

// Prints each promise of e2e/promises.ts, the tests that keep it, and how they ended. Exits with 1 when one is not kept.
// node scripts/promises.ts [Playwright's JSON report]

type Test = { projectName: string; status: string }
type Suite = { suites?: Suite[]; specs?: { title: string; file: string; tests: Test[] }[] }

/** Promises hold with and without JavaScript. */
const PROJECTS = ['js', 'no-js']

const file = process.argv[2] ?? join(CACHE, 'test', 'e2e.json')
const specs = specsOf(JSON.parse(readFileSync(file, 'utf8')))
const broken = PROMISES.filter((promise) => !isKept(promise))
console.log(`${PROMISES.length - broken.length} of ${PROMISES.length} promises kept`)
process.exit(broken.length > 0 ? 1 : 0)

function isKept(promise: string): boolean {
  const tests = specs
    .filter((spec) => spec.title === `promise: ${promise}`)
    .flatMap((spec) => spec.tests.map((test) => ({ ...test, file: spec.file })))
  const missing = PROJECTS.filter((project) => !tests.some((test) => test.projectName === project))
  console.log(`\n${promise}`)
  for (const { file: spec, projectName, status } of tests) {
    console.log(`  ${spec} (${projectName}): ${status === 'expected' ? 'passed' : status}`)
  }
  for (const project of missing) console.log(`  MISSING (${project})`)
  return missing.length === 0 && tests.every((test) => test.status === 'expected')
}

function specsOf(suite: Suite): NonNullable<Suite['specs']> {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}
