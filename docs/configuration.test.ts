import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ENV_NAMES } from '#lib/env.ts'
import { configurationPage } from '../tools/docs/configuration.ts'
import { ROOT } from '../tools/paths.ts'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const EXAMPLE = read('.env.example')

test('docs/configuration.md is what npm run docs makes', () => {
  expect(read('docs/configuration.md')).toBe(configurationPage(EXAMPLE))
})

test('every variable has a section of its own', () => {
  const sections = [...configurationPage(EXAMPLE).matchAll(/^### (\w+)$/gm)].map(([, name]) => name)
  expect(sections.sort()).toEqual([...ENV_NAMES].sort())
})

test('values and defaults are those of the schema', () => {
  const page = configurationPage(EXAMPLE)
  expect(page).toContain('- value: a port number (0 to 65535)\n- default: `3000`')
  expect(page).toContain('- value: fatal, error, warn, info, debug, trace or silent\n- default: `info`')
  // What is given to make the page is nobody's default.
  expect(page).not.toMatch(/kratos:4433|xxxxxxxx/)
})

test('a variable that .env.example does not describe is missed', () => {
  expect(() => configurationPage(EXAMPLE.replace(/^LOG_LEVEL=.*\n/m, ''))).toThrow('.env.example lacks LOG_LEVEL')
})
