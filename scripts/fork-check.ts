import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { applyRecipe, recipesOf } from '../tools/docs/recipes.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { run } from '../tools/process.ts'

// node scripts/fork-check.ts: applies all recipes of docs/fork.md to one copy, checks its types and runs the unit tests of what a
// fork changes. Exits with 0 or 1.

/** What is no part of the source. */
const LEFT_OUT = ['.git', '.next', '.cache', 'node_modules', 'test-results', 'playwright-report']
const UNIT_TESTS = [
  'app',
  'components',
  'lib/i18n',
  'lib/kratos/links',
  'lib/kratos/flows',
  'lib/kratos/get-flow',
  'proxy',
]

main(async () => {
  mkdirSync(CACHE, { recursive: true })
  const copy = mkdtempSync(join(CACHE, 'fork-'))
  try {
    for (const name of readdirSync(ROOT).filter((one) => !LEFT_OUT.includes(one))) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const recipes = recipesOf(readFileSync(join(ROOT, 'docs/fork.md'), 'utf8'))
    if (recipes.length === 0) throw new Error('docs/fork.md has no recipes')
    for (const recipe of recipes) {
      const file = join(copy, recipe.file)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, applyRecipe(recipe, existsSync(file) ? readFileSync(file, 'utf8') : undefined))
      console.log(`${recipe.kind} ${recipe.file}`)
    }
    const tool = (name: string, ...args: string[]) =>
      run({ name, command: join(ROOT, 'node_modules', '.bin', name), args, cwd: copy })
    return (
      (await tool('next', 'typegen')) ||
      (await tool('tsc', '--noEmit')) ||
      (await tool('vitest', 'run', '--testTimeout=30000', ...UNIT_TESTS))
    )
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}, 1)
