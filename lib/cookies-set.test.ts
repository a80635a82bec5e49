import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'

// The name and the attributes of a cookie of ours come from one place: lib/cookies.ts. Its table of them is cookies.test.ts.
const files = globSync('{app,components,lib,server}/**/*.{ts,tsx}', { cwd: ROOT })
  .filter((file) => !/\.test\.tsx?$/.test(file))
  .concat('proxy.ts')
const lines = files.flatMap((file) =>
  readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .map((line) => ({ file, line })),
)

test('every cookie that a response sets is made by ourCookie', () => {
  const sets = lines.filter(({ line }) => /cookies\.set\(/.test(line))
  expect(sets.length).toBeGreaterThan(5)
  expect(sets.filter(({ line }) => !/cookies\.set\(ourCookie\(/.test(line))).toEqual([])
})

test('no cookie is set in another way, or named by hand', () => {
  const by = (pattern: RegExp) => [...new Set(lines.filter(({ line }) => pattern.test(line)).map(({ file }) => file))]
  // remember-account.ts writes what ourCookie says; pass-through.ts adds that to Kratos's own.
  expect(by(/; Max-Age=|document\.cookie|cookieStore/)).toEqual(['lib/remember-account.ts'])
  expect(by(/^(?!.*\*).*'Set-Cookie'/)).toEqual(['server/pass-through.ts'])
  // A path, and names of metrics.
  const others = ['server/base-path.ts', 'server/metrics.ts']
  expect(by(/ksui_|__Host-|__Secure-/).filter((file) => !others.includes(file))).toEqual(['lib/cookies.ts'])
})
