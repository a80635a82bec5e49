import {
  chmodSync,
  copyFileSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeImageRoot } from '../tools/image/image-root.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { startKratos } from '../tools/kratos/start-kratos.ts'
import { startMailSink } from '../tools/mail/mail-sink.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { assertPortFree } from '../tools/port.ts'
import { run, startInBackground, stopAll } from '../tools/process.ts'
import { buildUi } from '../tools/ui/build-ui.ts'
import { waitUntilReady } from '../tools/wait-until-ready.ts'
import { checkDemo } from './demo-check.ts'

// node scripts/image-check.ts: starts what the container image contains as a container would, without Docker: another user,
// files that it cannot write, an environment of a few variables; with a Kratos on the configuration of compose.yaml.
// Then a sign-up, a sign-in and so on over HTTP. Exits with 0 or 1.

const PORTS = { ui: 4601, kratos: 4602, admin: 4603, smtp: 4604, mails: 4605 }
const ORIGIN = `http://localhost:${PORTS.ui}`
const EPOCH = 1_700_000_000
/** That of the Dockerfile. Only root can become somebody else. */
const USER = process.getuid?.() === 0 ? { uid: 10_000, gid: 10_000 } : {}
const log = (line: string) => console.log(line)

main(async () => {
  for (const port of Object.values(PORTS)) await assertPortFree(port)
  await buildUi({ log })
  // Not in the repository's folder, which others may have no way into.
  const folder = mkdtempSync(join(tmpdir(), 'ui-image-'))
  try {
    return (await checkImage(folder)) ? 0 : 1
  } finally {
    await stopAll()
    rmSync(folder, { recursive: true })
  }
}, 1)

async function checkImage(folder: string): Promise<boolean> {
  chmodSync(folder, 0o755)
  const root = join(folder, 'image')
  makeImageRoot(root, EPOCH)
  const files = globSync(['**', '**/.*', '**/.*/**'], { cwd: root }).map((file) => join(root, file))
  log(`${(files.reduce((sum, file) => sum + sizeOf(file), 0) / 1e6).toFixed(1)} MB of files, besides Node and its base`)
  readOnly(root, files)

  const node = join(folder, 'node')
  copyFileSync(process.execPath, node)
  await startMailSink({ smtpPort: PORTS.smtp, httpPort: PORTS.mails })
  let ok = true
  for (const base of ['', '/id/auth']) ok = (await check(folder, node, files, base)) && ok
  return ok
}

/** With its Kratos, at the root or under a BASE_PATH. */
async function check(folder: string, node: string, files: string[], base: string): Promise<boolean> {
  log(base ? `BASE_PATH=${base}` : 'At the root')
  const uiUrl = ORIGIN + base
  const kratos = await startCompose(join(folder, `kratos-${base.length}`), uiUrl)
  const env = {
    ...nothing(),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(PORTS.ui),
    KRATOS_PUBLIC_URL: kratos.publicUrl,
    KRATOS_BROWSER_URL: '/',
    PUBLIC_URL: ORIGIN,
    BASE_PATH: base,
    COOKIE_SECRET: 'x'.repeat(32),
  }
  const command = (args: string[]) => ({
    name: 'the image',
    command: node,
    args,
    cwd: join(folder, 'image', 'app'),
    env,
    ...USER,
  })
  const logFile = join(CACHE, 'image', base ? 'ui-base-path.log' : 'ui.log')
  const ui = await startInBackground({ ...command(['server/main.ts']), logFile, graceMs: 12_000 })
  await waitUntilReady(`${ORIGIN}/health/ready`, ui)
  const steps: [string, () => Promise<boolean>][] = [
    ['the health check finds it', async () => (await run(command(['health-check.ts']))) === 0],
    ['a person signs up, in and out', () => checkDemo({ uiUrl, adminUrl: kratos.adminUrl, log })],
    ['it has written nothing', async () => files.every((file) => lstatSync(file).mtimeMs === EPOCH * 1000)],
    ['its output names no error', async () => !/error|warn/i.test(readFileSync(logFile, 'utf8'))],
    ['it stops by itself', async () => (await Promise.all([ui.ended, ui.stop()]))[0] === 0],
    ['the health check does not find it any more', async () => (await run(command(['health-check.ts']))) === 1],
  ]
  let failed = 0
  for (const [name, step] of steps) {
    const ok = await step()
    log(`${ok ? 'ok      ' : 'FAILED  '}${name}`)
    if (!ok) failed += 1
  }
  if (failed > 0) log(`Log: ${logFile}`)
  await kratos.stop()
  return failed === 0
}

/** Kratos as compose.yaml has it, at ports of our own. */
async function startCompose(dataDir: string, uiUrl: string) {
  mkdirSync(dataDir)
  const source = readFileSync(join(ROOT, 'deploy/compose/kratos.yml'), 'utf8')
  const config = source
    .replaceAll('http://localhost:3000', uiUrl)
    .replace('port: 4433', `port: ${PORTS.kratos}`)
    .replace('port: 4434', `port: ${PORTS.admin}`)
    .replace('smtp://mail:1025/', `smtp://127.0.0.1:${PORTS.smtp}/`)
  const file = join(dataDir, 'kratos.yml')
  writeFileSync(file, config)
  copyFileSync(join(ROOT, 'deploy/compose/identity.schema.json'), join(dataDir, 'identity.schema.json'))
  return startKratos({ bin: await findKratos({ log }), name: 'compose.yaml', configs: [file], dataDir })
}

/** As a read-only root file system: nobody but root could write, and nothing has to. */
function readOnly(root: string, files: string[]): void {
  for (const file of [root, ...files]) {
    const stat = lstatSync(file)
    if (!stat.isSymbolicLink()) chmodSync(file, stat.isDirectory() ? 0o555 : 0o444)
  }
}

function sizeOf(file: string): number {
  const stat = lstatSync(file)
  return stat.isFile() ? stat.size : 0
}

/** Takes every variable of this process away: `env` of a command is added to them. */
function nothing(): Record<string, undefined> {
  return Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]))
}
