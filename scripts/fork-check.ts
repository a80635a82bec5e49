import {
  chmodSync,
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
import { applyRecipe, type Recipe, recipesOf, type Section, sectionsOf } from '../tools/docs/recipes.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { run } from '../tools/process.ts'

// npm run fork: applies all recipes of docs/fork.md to one copy, checks its types and runs the unit tests of what a
// fork changes. Exits with 0 or 1.
// --each: the same for each section of that page alone, and then the test in a browser that shows it.
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
  'lib/targets',
  'proxy',
  'server/route-of',
]
/** The recipes' own spec, and those of the pages that they change; what these need; no pictures, since the look is another one. */
const SPECS = ['own.spec.ts', 'traits.spec.ts', 'passkeys.spec.ts', 'pages.spec.ts']
const PROFILES = 'sameOrigin,traits,passkeys'

/** The recipe that is a spec, which the others are shown by. */
const SPEC = 'e2e/own.spec.ts'

const has = (option: string) => process.argv.includes(option)

main(async () => {
  mkdirSync(CACHE, { recursive: true })
  const page = readFileSync(join(ROOT, 'docs/fork.md'), 'utf8')
  const recipes = recipesOf(page)
  if (recipes.length === 0) throw new Error('docs/fork.md has no recipes')
  if (has('--each')) return await each(sectionsOf(page))
  if (has('--e2e=all')) return await withCopy(recipes, tmpdir(), (copy) => browse(copy))
  if (has('--e2e')) return await withCopy(recipes, tmpdir(), (copy) => browse(copy, SPECS))
  return await withCopy(recipes, CACHE, check)
}, 1)

async function each(sections: readonly Section[]): Promise<number> {
  const spec = sections.flatMap(({ recipes }) => recipes).find(({ file }) => file === SPEC)
  let failed = 0
  for (const { title, recipes, needs, shownBy } of sections) {
    console.log(`\n--- ${title}`)
    const before = sections.filter((section) => needs.includes(section.title)).flatMap((section) => section.recipes)
    const all = [...before, ...recipes, ...(shownBy && spec ? [spec] : [])]
    const code = await withCopy(all, tmpdir(), async (copy) => {
      return (await check(copy)) || (shownBy ? await browse(copy, ['own.spec.ts', '--grep', shownBy]) : 0)
    })
    if (code) failed++
    console.log(`--- ${title}: ${code ? 'FAILED' : 'passed'}`)
  }
  console.log(`\n${sections.length - failed} passed, ${failed} failed, 0 skipped`)
  return failed ? 1 : 0
}

/** Applies recipes to a copy in a folder, and removes it when the work on it is done. */
async function withCopy(
  recipes: readonly Recipe[],
  folder: string,
  work: (copy: string) => Promise<number>,
): Promise<number> {
  // A build looks for node_modules and the lock file in the folders above, too: what is built is put elsewhere.
  const copy = mkdtempSync(join(folder, 'fork-'))
  // As a checkout: nginx's workers are another user.
  chmodSync(copy, 0o755)
  try {
    for (const name of readdirSync(ROOT).filter((one) => !LEFT_OUT.includes(one))) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    }
    if (folder === CACHE) symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    else await copyModules(copy)
    for (const recipe of recipes) {
      const file = join(copy, recipe.file)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, applyRecipe(recipe, existsSync(file) ? readFileSync(file, 'utf8') : undefined))
      console.log(`${recipe.kind} ${recipe.file}`)
    }
    return await work(copy)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

async function check(copy: string): Promise<number> {
  return (
    (await tool(copy, 'next', 'typegen')) ||
    (await tool(copy, 'tsc', '--noEmit')) ||
    (await tool(copy, 'vitest', 'run', '--testTimeout=30000', ...UNIT_TESTS))
  )
}

/** Builds the copy and runs specs on it: with the profiles that they need, or all with all. */
async function browse(copy: string, specs?: readonly string[]): Promise<number> {
  const log = (line: string) => console.log(line)
  const chromium = await findChromium({ log })
  const env = {
    KRATOS_BIN: await findKratos({ log }),
    ...(chromium && { CHROMIUM_PATH: chromium }),
    ...(specs && { E2E_PROFILES: PROFILES }),
  }
  const quiet = { NEXT_TELEMETRY_DISABLED: '1' }
  const build = await run({ name: 'build', command: 'npm', args: ['run', 'build'], cwd: copy, env: quiet })
  // Trees and pictures are the fork's to take anew.
  const taken = ['--ignore-snapshots', '--grep-invert', 'each state has its tree']
  const args = ['test', '--config', 'e2e/playwright.config.ts', ...taken, ...(specs ?? [])]
  return build || run({ name: 'e2e', command: bin(copy, 'playwright'), args, cwd: copy, env })
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
