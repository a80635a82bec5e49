import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from '../../tools/paths.ts'

// Runs in a process of its own, which tells what of the catalogues it reads for each language.
const SCRIPT = `
import { registerHooks } from 'node:module'
let read = []
registerHooks({
  load: (url, context, next) => {
    if (url.includes('/messages/')) read.push(url.replace(/.*\\//, ''))
    return next(url, context)
  },
})
const { loadWords } = await import('#lib/i18n/index.ts')
const all = [['start', read]]
for (const locale of ['en', 'de', 'ar', 'de']) {
  read = []
  await loadWords(locale)
  all.push([locale, read])
}
console.log(JSON.stringify(all))`

test('a language reads one catalogue, its own, and only once; English is read at the start', {
  timeout: 60_000,
}, () => {
  const args = ['--input-type=module', '--eval', SCRIPT]
  expect(JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }))).toEqual([
    ['start', ['en.json']],
    ['en', []],
    ['de', ['de.json']],
    ['ar', ['ar.json']],
    ['de', []],
  ])
})
