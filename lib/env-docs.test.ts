import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ENV_NAMES, parseEnv } from '#lib/env.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const sorted = (names: Iterable<string | undefined>) => [...names].sort()
const firstGroups = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name)

/** The rows of the README's table, without the formatter's padding. */
function tableRows(): string {
  const section = read('README.md').split('\n### Environment\n')[1]?.split(/\n#+ /)[0] ?? ''
  return section.replace(/ +/g, ' ')
}

test('.env.example has every variable once, and no other', () => {
  expect(sorted(firstGroups(read('.env.example'), /^#? ?([A-Z][A-Z0-9_]*)=/gm))).toEqual(sorted(ENV_NAMES))
})

test('each variable in .env.example has a comment right above it', () => {
  const lines = read('.env.example').split('\n')
  const bare = lines.filter((line, index) => /^[A-Z0-9_]+=/.test(line) && !/^# \S/.test(lines[index - 1] ?? ''))
  expect(bare).toEqual([])
})

test('the table of the README has every variable once, and no other', () => {
  expect(sorted(firstGroups(tableRows(), /^\| `([A-Z][A-Z0-9_]*)` \|/gm))).toEqual(sorted(ENV_NAMES))
})

test('the README names the defaults of the schema', () => {
  const parsed = parseEnv({ KRATOS_PUBLIC_URL: 'http://kratos', COOKIE_SECRET: 'x'.repeat(32) })
  const table = tableRows()
  for (const name of [
    'PORT',
    'HOST',
    'NODE_ENV',
    'TRUSTED_PROXIES',
    'LOG_LEVEL',
    'METRICS_HOST',
    'OTEL_SERVICE_NAME',
    'PROJECT_NAME',
    'REMEMBER_CONSENT_SESSION_FOR_SECONDS',
  ] as const) {
    expect(table).toContain(`| \`${name}\` | \`${parsed[name]}\` |`)
  }
})
