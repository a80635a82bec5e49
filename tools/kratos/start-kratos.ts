import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { assertPortFree } from '../port.ts'
import { type Background, lastLines, run, startInBackground } from '../process.ts'
import { waitUntilReady } from '../wait-until-ready.ts'
import { readKratosPorts } from './config-ports.ts'

// Several requests write at once. Without these, SQLite answers some with "database is locked": a transaction that starts
// as a reader cannot become a writer while another one writes, each commit waits for the disk, and a lock of Kratos's own
// waits for SQLite's and the other way round (docs/decisions/0026-sqlite.md).
const SQLITE = [
  '_fk=true&mode=rwc&max_conns=32&lock=false',
  '_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate&_busy_timeout=10000',
].join('&')

/** What a Kratos is started with. */
export type KratosOptions = {
  /** The executable: see findKratos. */
  bin: string
  /** For messages and the log file. */
  name: string
  /** Configuration files; a later one overrides an earlier one. Kratos runs in the folder of the first. */
  configs: readonly string[]
  /** Gets the database and the log. */
  dataDir: string
  /** Kratos reads its configuration from here too: COURIER_SMTP_CONNECTION_URI overrides courier.smtp.connection_uri. */
  env?: Readonly<Record<string, string>>
  /** Of a database that is there already; SQLite in `dataDir` without it. */
  dsn?: string
  /** False drops --dev, with which Kratos accepts cookies over http and a low bcrypt cost. */
  dev?: boolean
}

/** A Kratos that runs. */
export type Kratos = Background & { publicUrl: string; adminUrl: string }

/**
 * Migrates the database (SQLite in `dataDir`, unless a DSN is given), starts a Kratos on it and waits until it is ready.
 *
 * @returns its URLs without a slash at the end, and how to stop it
 * @throws Error when a port is busy, the migration fails, or Kratos is not ready after 30 s (with the end of its log)
 */
export async function startKratos(options: KratosOptions): Promise<Kratos> {
  const configs = options.configs.map((file) => resolve(file))
  const { publicPort, adminPort } = readKratosPorts(configs)
  for (const port of [publicPort, adminPort]) await assertPortFree(port)

  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true })
  const common = {
    name: `Kratos (${options.name})`,
    command: options.bin,
    // File URLs in the configuration are relative to where Kratos runs.
    cwd: dirname(configs[0] ?? dataDir),
    env: { ...options.env, DSN: options.dsn ?? `sqlite://${join(dataDir, 'kratos.sqlite')}?${SQLITE}` },
  }
  const migrationLog = join(dataDir, 'kratos-migration.log')
  const code = await run({ ...common, args: ['migrate', 'sql', '-e', '--yes'], logFile: migrationLog })
  if (code !== 0) {
    throw new Error(`${common.name}: the migration failed (exit code ${code}):\n${lastLines(migrationLog)}`)
  }

  const flags = [...(options.dev === false ? [] : ['--dev']), '--watch-courier', '--sqa-opt-out']
  const server = await startInBackground({
    ...common,
    args: ['serve', ...configs.flatMap((file) => ['-c', file]), ...flags],
    logFile: join(dataDir, 'kratos.log'),
  })
  const publicUrl = `http://127.0.0.1:${publicPort}`
  const adminUrl = `http://127.0.0.1:${adminPort}`
  await waitUntilReady(`${adminUrl}/health/ready`, server)
  await waitUntilReady(`${publicUrl}/health/ready`, server)
  return { ...server, publicUrl, adminUrl }
}
