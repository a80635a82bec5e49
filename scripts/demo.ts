import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'
import { PROFILES } from '../tools/profiles.ts'
import { assertPortsFree, startBackend, startProfileUi } from '../tools/stack.ts'
import { buildUi } from '../tools/ui/build-ui.ts'
import { checkDemo } from './demo-check.ts'

// npm run demo: Kratos, a mail sink and the production build of the UI on this machine, until Ctrl-C.
// npm run demo -- --check: the same on an empty database, signs up and so on, and exits 0 or 1.

const profile = PROFILES.demo
const log = (line: string) => console.log(line)
const check = process.argv.includes('--check')
main(check ? runCheck : runDemo, check ? 1 : 0)

async function runDemo(): Promise<number | undefined> {
  const dataDir = join(CACHE, 'demo')
  const { kratos, ui, mail } = await start(dataDir)
  log(`
  UI        ${profile.uiUrl}
  Mails     ${mail.url}
  Kratos    ${kratos.publicUrl} (public), ${kratos.adminUrl} (admin)
  Logs      ${dataDir}

  Ctrl-C stops everything. Accounts are kept: delete ${dataDir} to start afresh.
`)
  await Promise.race([kratos.ended, ui.ended])
  throw new Error(`Kratos or the UI has ended: see ${kratos.logFile} and ${ui.logFile}`)
}

async function runCheck(): Promise<number> {
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'demo-check-'))
  const { kratos } = await start(dataDir)
  const ok = await checkDemo({ uiUrl: profile.uiUrl, adminUrl: kratos.adminUrl, log })
  await stopAll()
  // After a failure its logs tell more.
  if (ok) rmSync(dataDir, { recursive: true })
  else log(`Logs: ${dataDir}`)
  return ok ? 0 : 1
}

async function start(dataDir: string) {
  await assertPortsFree(profile)
  const kratosBin = await findKratos({ log })
  await buildUi({ log })
  log('Starting the mail sink and Kratos')
  const backend = await startBackend({ profile, kratosBin, dataDir })
  log('Starting the UI')
  const ui = await startProfileUi(profile, dataDir)
  return { ...backend, ui }
}
