import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'

// docs/decisions/0036: what is served has to stay small enough to be read.
const LIMIT = 8_000

test('the code that is served stays under its limit', () => {
  const files = globSync('{app,components,lib,server}/**/*.{ts,tsx}', { cwd: ROOT })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .concat('proxy.ts')
  expect(files.length).toBeGreaterThan(100)
  const lines = files.flatMap((file) => readFileSync(join(ROOT, file), 'utf8').split('\n'))
  const code = lines.filter((line) => !/^\s*(\/\/.*|\/?\*.*|\{\/\*.*\*\/\})?$/.test(line)).length
  process.stdout.write(`${code} lines of code, ${lines.length} with comments and blank lines\n`)
  expect(code).toBeLessThan(LIMIT)
})
