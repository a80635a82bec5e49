import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'

// docs/decisions/0036: what is served has to be small enough to be read.
const BOUND = 8_000
/** All lines, with comments and blank ones: over the bound, so they may only shrink. */
const TODAY = 9_414

test('the code that is served does not grow beyond what it is', () => {
  const files = globSync(['{app,components,lib,server}/**/*.{ts,tsx}', 'app/.well-known/**/*.ts'], {
    cwd: ROOT,
  })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .concat('proxy.ts')
  expect(files.length).toBeGreaterThan(100)
  const lines = files.flatMap((file) => readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n'))
  const code = lines.filter((line) => !/^\s*(\/\/.*|\/?\*.*|\{\/\*.*\*\/\})?$/.test(line)).length
  process.stdout.write(`${lines.length} lines (bound ${BOUND}), ${code} without comments and blank lines\n`)
  expect(code).toBeLessThan(BOUND)
  expect(lines.length).toBeLessThanOrEqual(TODAY)
})
