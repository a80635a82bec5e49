import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { assertPortFree } from '../tools/port.ts'
import { stopAll } from '../tools/process.ts'
import { PROFILES, type Profile } from '../tools/profiles.ts'
import { assertPortsFree, startBackend, startProfileUi } from '../tools/stack.ts'
import { buildUi } from '../tools/ui/build-ui.ts'
import { checkDemo } from './demo-check.ts'

// npm run demo: Kratos, a mail sink and the production build of the UI on this machine, until Ctrl-C.
// npm run demo -- --oauth2: with an example application and a stand-in for Ory Hydra (or the one that HYDRA_BIN names), at the
// places of the tests.
// npm run demo -- --check: the same on an empty database, signs up and so on, and exits 0 or 1.

const oauth2 = process.argv.includes('--oauth2')
const profile: Profile = oauth2 ? PROFILES.oauth2 : PROFILES.demo
const log = (line: string) => console.log(line)
const check = process.argv.includes('--check')
main(check ? runCheck : runDemo, check ? 1 : 0)

async function runDemo(): Promise<number | undefined> {
  const dataDir = join(CACHE, oauth2 ? 'demo-oauth2' : 'demo')
  const { kratos, ui, mail, hydra } = await start(dataDir)
  log(`
  UI        ${profile.uiUrl}
  Mails     ${mail.url}
  Kratos    ${kratos.publicUrl} (public), ${kratos.adminUrl} (admin)
${hydra ? hydra.lines : ''}  Logs      ${dataDir}

  Ctrl-C stops everything. Accounts are kept: delete ${dataDir} to start afresh.
`)
  await Promise.race([kratos.ended, ui.ended])
  throw new Error(`Kratos or the UI has ended: see ${kratos.logFile} and ${ui.logFile}`)
}

async function runCheck(): Promise<number> {
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'demo-check-'))
  const { kratos, hydra } = await start(dataDir)
  const application = hydra && { url: hydra.application, issuer: hydra.issuer }
  const ok = await checkDemo({ uiUrl: profile.uiUrl, adminUrl: kratos.adminUrl, application, log })
  await hydra?.stop()
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
  const hydra = oauth2 ? await startOAuth2(dataDir) : undefined
  const backend = await startBackend({ profile, kratosBin, dataDir })
  log('Starting the UI')
  const ui = await startProfileUi(profile, dataDir, { DOCTOR: 'true', ...hydra?.uiEnv })
  return { ...backend, ui, hydra }
}

/** Starts Hydra, or the stand-in for it, and the example application. */
async function startOAuth2(dataDir: string) {
  // Only here: they load an OpenID provider.
  const { APPLICATION, HYDRA_ADMIN_URL, ISSUER } = await import('../e2e/support/hydra/places.ts')
  const { startHydra } = await import('../e2e/support/hydra/start-hydra.ts')
  const { startApplication } = await import('../e2e/support/hydra/application.ts')
  for (const url of [ISSUER, HYDRA_ADMIN_URL, APPLICATION]) await assertPortFree(Number(new URL(url).port))
  const what = process.env.HYDRA_BIN
    ? 'the Hydra that HYDRA_BIN names'
    : 'a stand-in for it, which forgets everything when it stops'
  log(process.env.HYDRA_BIN ? 'Starting Hydra' : 'Starting the stand-in for Hydra')
  const stopHydra = await startHydra(dataDir)
  const stopApplication = await startApplication()
  return {
    issuer: ISSUER,
    application: APPLICATION,
    uiEnv: { HYDRA_ADMIN_URL, OAUTH2_LOGO_HOSTS: new URL(APPLICATION).host },
    lines: `  Hydra     ${ISSUER} (public), ${HYDRA_ADMIN_URL} (admin): ${what}
  Example   ${APPLICATION}: start here
`,
    stop: async () => {
      await stopApplication()
      await stopHydra()
    },
  }
}
