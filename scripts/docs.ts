import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationPage } from '../tools/docs/configuration.ts'
import { ROOT } from '../tools/paths.ts'

// npm run docs: the page of all variables. docs/configuration.test.ts fails when it is not up to date.

writeFileSync(
  join(ROOT, 'docs', 'configuration.md'),
  configurationPage(readFileSync(join(ROOT, '.env.example'), 'utf8')),
)
