import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertPortFree } from '../port.ts'
import { type Background, lastLines, run, startInBackground } from '../process.ts'

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const NOBODY = 65534
const DEADLINE = 30_000

/** A PostgreSQL that runs. */
export type Postgres = Background & { dsn: string }

/**
 * Starts a PostgreSQL on loopback with an empty database, which is gone when it is stopped.
 *
 * @param options the folder of its executables, the port, and the folder for its log
 * @returns the DSN for Kratos, and how to stop it
 * @throws Error when the port is busy or it is not ready after 30 s (with the end of its log)
 */
export async function startPostgres(options: { bin: string; port: number; dataDir: string }): Promise<Postgres> {
  const { bin, port, dataDir } = options
  await assertPortFree(port)
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  // Not in the repository: nobody may not be able to go there.
  const data = mkdtempSync(join(tmpdir(), 'ksui-postgres-'))
  if (user.uid) chownSync(data, user.uid, user.gid)
  const common = { name: 'PostgreSQL', cwd: data, ...user }
  const initLog = join(dataDir, 'postgres-initdb.log')
  const init = ['--pgdata', data, '--username', 'kratos', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync']
  if ((await run({ ...common, command: join(bin, 'initdb'), args: init, logFile: initLog })) !== 0) {
    throw new Error(`PostgreSQL: initdb failed:\n${lastLines(initLog)}`)
  }
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off']
  const server = await startInBackground({
    ...common,
    command: join(bin, 'postgres'),
    args: ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    logFile: join(dataDir, 'postgres.log'),
  })
  void server.ended.then(() => rmSync(data, { recursive: true, force: true }))
  await untilReady(server)
  return { ...server, dsn: `postgres://kratos@127.0.0.1:${port}/postgres?sslmode=disable` }
}

/** Not pg_isready: npm's package lacks it. */
async function untilReady(server: Background): Promise<void> {
  const end = Date.now() + DEADLINE
  while (!lastLines(server.logFile).includes('ready to accept connections')) {
    if (Date.now() > end) throw new Error(`PostgreSQL is not ready:\n${lastLines(server.logFile)}`)
    await sleep(100)
  }
}
