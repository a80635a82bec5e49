import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ENV_NAMES } from '#lib/env.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const sorted = (names: Iterable<string | undefined>) => [...names].sort()
const firstGroups = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name)

test('.env.example has every variable once, and no other', () => {
  expect(sorted(firstGroups(read('.env.example'), /^#? ?([A-Z][A-Z0-9_]*)=/gm))).toEqual(sorted(ENV_NAMES))
})

test('each variable in .env.example has a comment right above it', () => {
  const lines = read('.env.example').split('\n')
  const bare = lines.filter((line, index) => /^[A-Z0-9_]+=/.test(line) && !/^# \S/.test(lines[index - 1] ?? ''))
  expect(bare).toEqual([])
})
