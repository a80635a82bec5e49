import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { onPath } from '../executables.ts'
import { ROOT, USER_CACHE } from '../paths.ts'
import { lastLines, run } from '../process.ts'

const MODULE = join(ROOT, 'tools', 'kratos')

/** Where the build of the Kratos that go.mod names is kept. It need not exist. */
export function builtKratos(): string {
  const hash = createHash('sha256')
  for (const name of ['go.sum', 'go.mod']) hash.update(readFileSync(join(MODULE, name)))
  return join(USER_CACHE, `kratos-${hash.digest('hex').slice(0, 16)}`, 'kratos')
}

/** What a build lacks on this machine, or undefined when it can be tried. */
export function missingForBuild(): string | undefined {
  if (!onPath('go')) return 'there is no Go'
  if (![process.env.CC, 'cc', 'gcc', 'clang'].some((name) => name && onPath(name))) {
    return 'there is no C compiler, which SQLite needs'
  }
  return undefined
}

/**
 * Builds Kratos with Go and keeps it for later.
 *
 * @returns the path of the executable
 * @throws Error with the end of the compiler's output
 */
export async function buildKratos({ log }: { log: (line: string) => void }): Promise<string> {
  const target = builtKratos()
  const folder = join(target, '..')
  mkdirSync(folder, { recursive: true })
  // Runs at the same time each build a file of their own; a rename is atomic, so nobody sees half a file.
  const own = join(folder, `kratos.${process.pid}`)
  const logFile = join(folder, `build.${process.pid}.log`)
  log(`Building Kratos ${kratosVersion()} with Go: once, some minutes (output in ${logFile})`)
  const code = await run({
    name: 'go build',
    command: 'go',
    args: ['build', '-tags', 'sqlite', '-buildvcs=false', '-ldflags', ldflags(), '-o', own, 'github.com/ory/kratos'],
    cwd: MODULE,
    env: { CGO_ENABLED: '1' },
    logFile,
  })
  if (code !== 0) throw new Error(`Building Kratos failed (exit code ${code}):\n${lastLines(logFile)}`)
  renameSync(own, target)
  return target
}

/** The version of Kratos in go.mod, such as v1.3.1. */
export function kratosVersion(): string {
  const [, found] = /github\.com\/ory\/kratos (v\S+)/.exec(readFileSync(join(MODULE, 'go.mod'), 'utf8')) ?? []
  if (!found) throw new Error('tools/kratos/go.mod names no version of github.com/ory/kratos')
  return found
}

function ldflags(): string {
  return `-s -w -X github.com/ory/kratos/driver/config.Version=${kratosVersion()}`
}
