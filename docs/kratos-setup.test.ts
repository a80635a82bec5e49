import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'

// The README quotes the configuration on which the end-to-end tests run; a line that drifted would be a trap.
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const QUOTES = [...README.matchAll(/<!-- quoted from (\S+) -->\n```yaml\n(.*?)```/gs)]

test('both set-ups are quoted, and no other YAML stands there', () => {
  expect(QUOTES.map(([, file]) => file)).toEqual(['e2e/kratos/same-origin.yml', 'e2e/kratos/subdomains.yml'])
  expect(README.match(/```ya?ml/g)).toHaveLength(QUOTES.length)
})

test.each(QUOTES.map(([, file = '', yaml = '']) => ({ file, yaml })))(
  'what is quoted from $file is what it says, part by part',
  ({ file, yaml }) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    for (const part of yaml.trim().split('\n\n')) expect(`\n${source}`).toContain(`\n${part}\n`)
  },
)

test('the branding file that is quoted is the one that the tests use', () => {
  const page = readFileSync(join(ROOT, 'docs/branding.md'), 'utf8')
  const [, quoted = ''] = /<!-- quoted from e2e\/branding\/branding.json -->\n```json\n(.*?)```/s.exec(page) ?? []
  expect(quoted).toBe(readFileSync(join(ROOT, 'e2e/branding/branding.json'), 'utf8'))
})
