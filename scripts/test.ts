import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { OBSERVATIONS } from '../e2e/coverage/observations.ts'
import { findChromium } from '../tools/browser/find-chromium.ts'
import { countsFile } from '../tools/faults/end-with.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { run } from '../tools/process.ts'
import {
  type Counts,
  countOne,
  countPlaywright,
  countScript,
  countVitest,
  describe,
  forgetReport,
  sum,
} from '../tools/test-counts.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm test: every check, one after the other. The last line is the sum: N passed, N failed, N skipped.

const log = (line: string) => console.log(line)
const UNIT_REPORT = join(CACHE, 'test', 'unit.json')
const E2E_REPORT = join(CACHE, 'test', 'e2e.json')
/** In its short form: docs/faults.md. */
const FAULTS = ['fuzz', 'chaos', 'soak'] as const
const NONE: Counts = { passed: 0, failed: 0, skipped: 0 }

main(async () => {
  mkdirSync(join(CACHE, 'test'), { recursive: true })
  for (const report of [UNIT_REPORT, E2E_REPORT, OBSERVATIONS, ...FAULTS.map(countsFile)]) forgetReport(report)
  const total = sum(await stages())
  log(`\n${describe(total)}`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}, 1)

async function stages(): Promise<Counts[]> {
  const checks = [
    await stage('lint', async () => countOne(await tool('biome', 'check', '.'))),
    await stage('types', async () => countOne((await tool('next', 'typegen')) || (await tool('tsc', '--noEmit')))),
    await stage('unused', async () => countOne(await tool('knip'))),
    await stage('unit', async () => {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`]
      return countVitest(UNIT_REPORT, await tool('vitest', 'run', ...reporters))
    }),
  ]
  checks.push(await stage('fork', async () => countOne(await node('scripts/fork-check.ts'))))
  let built = false
  const build = await stage('build', async () => {
    await buildUi({ log })
    built = true
    return NONE
  })
  // Without a build there is nothing to open in a browser, and no promise that could be kept.
  if (!built) return [...checks, build]
  const image = await stage('image', async () => countOne(await node('scripts/image-check.ts')))
  const commands = await stage('commands', async () => countOne(await node('scripts/doc-commands.ts')))
  const e2e = await stage('e2e', runE2e)
  const promises = await stage('promises', async () => countOne(await node('scripts/promises.ts', E2E_REPORT)))
  const coverage = await stage('coverage', async () => countOne(await node('scripts/coverage.ts')))
  const faults: Counts[] = []
  for (const name of FAULTS) {
    const run = async () => countScript(countsFile(name), await node(`scripts/${name}.ts`, '--short'))
    faults.push(await stage(name, run))
  }
  return [...checks, build, image, commands, e2e, promises, coverage, ...faults]
}

async function runE2e(): Promise<Counts> {
  const kratos = await findKratos({ log })
  const chromium = await findChromium({ log })
  const env = {
    KRATOS_BIN: kratos,
    PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_REPORT,
    ...(chromium && { CHROMIUM_PATH: chromium }),
  }
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', '--retries=0']
  return countPlaywright(E2E_REPORT, await run({ ...command('playwright', args), env }))
}

// A stage that throws (no browser, a build that fails) counts as one failed.
async function stage(name: string, work: () => Promise<Counts>): Promise<Counts> {
  log(`\n--- ${name}`)
  const start = performance.now()
  const counts = await work().catch((error: Error) => {
    log(error.message)
    return countOne(1)
  })
  log(`--- ${name}: ${describe(counts)} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  return counts
}

function tool(name: string, ...args: string[]): Promise<number> {
  return run(command(name, args))
}

function node(...args: string[]): Promise<number> {
  return run({ name: args[0] ?? 'node', command: process.execPath, args, cwd: ROOT })
}

function command(name: string, args: string[]) {
  return { name, command: join(ROOT, 'node_modules', '.bin', name), args, cwd: ROOT }
}
