import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, ROOT } from '../paths.ts'
import { lastLines, run } from '../process.ts'

/** An older state, built in a worktree of its own. */
export type Older = { root: string; commit: string; remove: () => void }

/**
 * Checks an older state out beside this one, and builds it. Its packages are those of this checkout where the two locks are the
 * same, else `npm ci` gets them.
 *
 * @param ref what git takes for a commit
 * @throws Error when git does not know it, or its build fails; the worktree is gone then
 */
export async function buildOlder(ref: string, log: (line: string) => void): Promise<Older> {
  const commit = git('rev-parse', '--short', '--verify', `${ref}^{commit}`)
  const root = join(CACHE, 'against', commit)
  const remove = () => {
    rmSync(root, { recursive: true, force: true })
    git('worktree', 'prune')
  }
  remove()
  log(`Building ${ref} (${commit}) in ${root}`)
  git('worktree', 'add', '--detach', root, commit)
  try {
    await install(root)
    const logFile = join(CACHE, 'against.log')
    const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
    for (const args of [[join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], ['scripts/assemble.ts']]) {
      const code = await run({ name: 'build', command: process.execPath, args, cwd: root, env, logFile })
      if (code !== 0) throw new Error(`Building ${ref} failed (exit code ${code}):\n${lastLines(logFile, 40)}`)
    }
    return { root, commit, remove }
  } catch (error) {
    remove()
    throw error
  }
}

async function install(root: string): Promise<void> {
  const lock = (folder: string) => readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const modules = join(ROOT, 'node_modules')
  if (lock(root) === lock(ROOT) && existsSync(modules)) {
    // Hard links: a build does not follow a symbolic link that leads out of its folder.
    execFileSync('cp', ['-al', modules, join(root, 'node_modules')])
    return
  }
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  if ((await run({ name: 'npm', command: 'npm', args, cwd: root })) !== 0) throw new Error('npm ci failed')
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}
