import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { startKratos } from '../tools/kratos/start-kratos.ts'
import { assertNoLeaks } from '../tools/log-leaks.ts'
import { startMailSink } from '../tools/mail/mail-sink.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { findPostgres } from '../tools/postgres/find-postgres.ts'
import { startPostgres } from '../tools/postgres/start-postgres.ts'
import { stopAll } from '../tools/process.ts'
import { configsOf, PROFILES, type Profile } from '../tools/profiles.ts'
import { uiEnv } from '../tools/stack.ts'
import { startUi } from '../tools/ui/start-ui.ts'
import { Recorder } from './coverage/observations.ts'
import { BREACH_LIST_CERTIFICATE, startBreachList } from './support/breach-list.ts'
import { startApplication } from './support/hydra/application.ts'
import { HYDRA_ADMIN_URL } from './support/hydra/places.ts'
import { startHydra } from './support/hydra/start-hydra.ts'
import { startIdentityProvider } from './support/identity-provider.ts'
import { startUpstreamProxy, upstreamPort } from './support/upstream-proxy.ts'

const log = (line: string) => console.log(line)

/** All but those that are started elsewhere. E2E_PROFILES narrows them down, to run a few specs by hand. */
function profilesToStart(): Profile[] {
  const { demo: _demo, outage: _outage, ...profiles } = PROFILES
  const wanted = process.env.E2E_PROFILES?.split(',')
  return Object.entries(profiles).flatMap(([name, profile]) => (!wanted || wanted.includes(name) ? [profile] : []))
}

/** What Kratos says of itself: `v1.3.1`, or `master` for a build that was not told. */
function versionOf(bin: string): string {
  const output = execFileSync(bin, ['version'], { encoding: 'utf8' })
  return /Version:\s*(\S+)/.exec(output)?.[1] ?? 'unknown'
}

/** What makes a profile one of production: see Profile. */
async function productionOf({ postgresPort: port }: Profile, dataDir: string) {
  if (port === undefined) return {}
  const postgres = await startPostgres({ bin: await findPostgres({ log }), port, dataDir })
  return { dsn: postgres.dsn, dev: false }
}

const BRANDING_FILE = join(ROOT, 'e2e', 'branding', 'branding.json')

/** What the UIs of some profiles have besides, by name. */
const OWN_ENV: Readonly<Record<string, Record<string, string>>> = {
  [PROFILES.oauth2.name]: {
    HYDRA_ADMIN_URL,
    OAUTH2_LOGO_HOSTS: 'localhost:4777',
    TRUSTED_CLIENT_IDS: 'nobody,listed',
    BRANDING_FILE,
  },
  [PROFILES.closed.name]: { BRANDING_FILE, REMEMBER_ACCOUNTS: 'true' },
}

/** What the Kratos of some profiles has besides, by name. */
const KRATOS_ENV: Readonly<Record<string, Record<string, string>>> = {
  [PROFILES.breaches.name]: { SSL_CERT_FILE: BREACH_LIST_CERTIFICATE },
}

/**
 * Starts what the specs talk to: one mail sink; a Kratos and a UI for each profile, and between the two the upstream proxy,
 * which keeps what Kratos answers; the social identity provider; the OAuth2 server with an application; and the list of
 * breached passwords.
 *
 * @returns what stops all of it again, and fails the run when a UI has logged what it must not
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const bin = await findKratos({ log })
  const version = versionOf(bin)
  const root = join(CACHE, 'e2e')
  rmSync(root, { recursive: true, force: true })
  const mail = await startMailSink(PROFILES.sameOrigin.mail)
  const recorder = new Recorder()
  await recorder.start()
  const stopProxies: (() => Promise<void>)[] = []
  const stopProvider = await startIdentityProvider()
  const stopHydra = await startHydra(join(root, PROFILES.oauth2.name))
  const stopApplication = await startApplication()
  const stopBreachList = await startBreachList()
  const stop = async () => {
    await stopAll()
    await stopBreachList()
    await stopApplication()
    await stopHydra()
    await stopProvider()
    for (const stopProxy of stopProxies) await stopProxy()
    await recorder.stop(version)
  }
  try {
    for (const profile of profilesToStart()) {
      const dataDir = join(root, profile.name)
      const env = KRATOS_ENV[profile.name] ?? {}
      const kratos = { bin, name: profile.name, configs: configsOf(profile), dataDir, env }
      await startKratos({ ...kratos, ...(await productionOf(profile, dataDir)) })
      stopProxies.push(await startUpstreamProxy(profile, (path, body) => recorder.add(profile.name, path, body)))
      const upstream = { KRATOS_PUBLIC_URL: `http://127.0.0.1:${upstreamPort(profile)}` }
      const port = Number(new URL(profile.uiUrl).port)
      const uiOwn = { ...uiEnv(profile), ...upstream, ...OWN_ENV[profile.name] }
      await startUi({ port, env: uiOwn, logFile: join(dataDir, 'ui.log') })
    }
  } catch (error) {
    await stop()
    await mail.stop()
    throw error
  }
  return async () => {
    await stop()
    // With all that any test has done: nothing of a person is in any log.
    await assertNoLeaks(root, mail.url).finally(() => mail.stop())
  }
}
