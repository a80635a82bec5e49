import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, ROOT } from '../paths.ts'
import { lastLines, run } from '../process.ts'

const STAMP = join(ROOT, '.next', 'standalone', '.sources')
const SOURCES = [
  '{app,components,lib,public,server}/**/*.*',
  '{proxy,instrumentation,next.config,scripts/assemble}.*',
  '{package,package-lock,tsconfig}.json',
]

/**
 * Builds the UI for production, unless the build that is there is of these very sources.
 *
 * @param options.log gets a line about what is done
 * @throws Error with the end of the compiler's output
 */
export async function buildUi({ log }: { log: (line: string) => void }): Promise<void> {
  const sources = hashSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) {
    log('The build of the UI is up to date')
    return
  }
  log('Building the UI (next build)')
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const logFile = join(CACHE, 'build.log')
  for (const args of [[join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], ['scripts/assemble.ts']]) {
    const code = await run({ name: 'build', command: process.execPath, args, cwd: ROOT, env, logFile })
    if (code !== 0) throw new Error(`Building the UI failed (exit code ${code}):\n${lastLines(logFile, 40)}`)
  }
  writeFileSync(STAMP, sources)
}

function hashSources(): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}
