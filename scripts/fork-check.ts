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
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findChromium } from '../tools/browser/find-chromium.ts'
import { applyRecipe, recipesOf } from '../tools/docs/recipes.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { run } from '../tools/process.ts'

// npm run fork: applies all recipes of docs/fork.md to one copy, checks its types and runs the unit tests of what a
// fork changes. Exits with 0 or 1.
// --e2e: builds the copy in place of that, and runs the specs of what the recipes change; --e2e=all: every spec.

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
/** The recipes' own spec, and those of the pages that they change; what these need; no pictures, since the look is another one. */
const SPECS = ['own.spec.ts', 'traits.spec.ts', 'passkeys.spec.ts', 'pages.spec.ts']
const PROFILES = 'sameOrigin,traits,passkeys'

const e2e = process.argv.find((argument) => /^--e2e(=all)?$/.test(argument))

main(async () => {
  mkdirSync(CACHE, { recursive: true })
  // A build looks for node_modules and the lock file in the folders above, too: it gets none.
  const copy = mkdtempSync(join(e2e ? tmpdir() : CACHE, 'fork-'))
  try {
    for (const name of readdirSync(ROOT).filter((one) => !LEFT_OUT.includes(one))) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    }
    if (e2e) await copyModules(copy)
    else symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const recipes = recipesOf(readFileSync(join(ROOT, 'docs/fork.md'), 'utf8'))
    if (recipes.length === 0) throw new Error('docs/fork.md has no recipes')
    for (const recipe of recipes) {
      const file = join(copy, recipe.file)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, applyRecipe(recipe, existsSync(file) ? readFileSync(file, 'utf8') : undefined))
      console.log(`${recipe.kind} ${recipe.file}`)
    }
    return await (e2e ? browse(copy) : check(copy))
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}, 1)

async function check(copy: string): Promise<number> {
  return (
    (await tool(copy, 'next', 'typegen')) ||
    (await tool(copy, 'tsc', '--noEmit')) ||
    (await tool(copy, 'vitest', 'run', '--testTimeout=30000', ...UNIT_TESTS))
  )
}

async function browse(copy: string): Promise<number> {
  const log = (line: string) => console.log(line)
  const chromium = await findChromium({ log })
  const env = {
    KRATOS_BIN: await findKratos({ log }),
    ...(chromium && { CHROMIUM_PATH: chromium }),
    ...(e2e === '--e2e' && { E2E_PROFILES: PROFILES }),
  }
  const quiet = { NEXT_TELEMETRY_DISABLED: '1' }
  const build = await run({ name: 'build', command: 'npm', args: ['run', 'build'], cwd: copy, env: quiet })
  const specs = [
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--ignore-snapshots',
    ...(e2e === '--e2e' ? SPECS : []),
  ]
  return build || run({ name: 'e2e', command: bin(copy, 'playwright'), args: specs, cwd: copy, env })
}

/** By hard links where the disk has them: a build follows no link out of its folder. */
async function copyModules(copy: string): Promise<void> {
  const cp = (how: string) => run({ name: 'cp', command: 'cp', args: [how, join(ROOT, 'node_modules'), copy] })
  if ((await cp('-al')) !== 0 && (await cp('-a')) !== 0) throw new Error('node_modules cannot be copied')
}

function tool(copy: string, name: string, ...args: string[]): Promise<number> {
  return run({ name, command: bin(copy, name), args, cwd: copy })
}

function bin(folder: string, name: string): string {
  return join(folder, 'node_modules', '.bin', name)
}
