import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bugsIn } from './log-bugs.ts'

const silence = (code: string) => `{"level":50,"call":"hydra","code":"${code}","msg":"Hydra did not answer"}`

test.each([
  [' ⨯ unhandledRejection: Error', true],
  ['TypeError: x is not a function', true],
  ['{"level":50,"err":"TypeError","msg":"a page failed"}', true],
  [silence('TypeError'), false],
  [silence('RangeError'), false],
  ['{"level":40,"msg":"not ready"}', false],
])('%s', (line, isBug) => {
  const file = join(mkdtempSync(join(tmpdir(), 'log-')), 'ui.log')
  writeFileSync(file, `before\n${line}\nafter\n`)
  expect(bugsIn(file).length > 0).toBe(isBug)
})
