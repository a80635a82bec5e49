import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findKratos } from '../kratos/find-kratos.ts'
import { type Kratos, startKratos } from '../kratos/start-kratos.ts'
import { type MailSink, startMailSink } from '../mail/mail-sink.ts'
import { configsOf, type Profile } from '../profiles.ts'
import { uiEnv } from '../stack.ts'
import { startUi, type Ui } from '../ui/start-ui.ts'
import { FaultProxy } from './fault-proxy.ts'
import { freePorts } from './free-ports.ts'
import { type Inside, type Switches, switchable, switchUi } from './switch-ui.ts'

/** How long the UI may take to start, in ms: on a machine that is busy with other things too. */
const READY = 180_000

/** A UI, its Kratos, a Hydra and an application, all of which can be broken. */
export type Rig = {
  url: string
  kratos: Kratos
  ui: Ui
  toKratos: FaultProxy
  toHydra: FaultProxy
  hydra: { application: string; issuer: string; admin: string }
  /** Starts again what was ended. Kratos keeps its database, the UI its secret. */
  startKratos: () => Promise<void>
  startUi: () => Promise<void>
  /** Changes something inside of the UI: see switch-ui.ts. */
  switchUi: (change?: Partial<Omit<Switches, 'id'>>) => Promise<Inside>
  stop: () => Promise<void>
}

/**
 * Starts the production build of the UI, a Kratos on SQLite, a mail sink, and the stand-in for Hydra with its application, on
 * free ports. Between the UI and the servers that it asks are proxies, which it knows by names that can stop to resolve.
 *
 * @param options the folder for databases and logs, and what gets a line
 * @throws Error when one of them does not start
 */
export async function startRig(options: { dataDir: string; log: (line: string) => void }): Promise<Rig> {
  const { dataDir, log } = options
  const bin = await findKratos({ log })
  const [uiPort, kratosPort, , kratosProxy, hydraProxy, hydraPort] = (await ports()) as Ports
  const uiUrl = `http://localhost:${uiPort}`
  const mail = await startMailSink({ smtpPort: 0, httpPort: 0 })
  // The stand-in reads its places when it is loaded.
  Object.assign(process.env, { HYDRA_FIRST_PORT: String(hydraPort), HYDRA_UI_URL: uiUrl })
  const { APPLICATION, HYDRA_ADMIN_URL, ISSUER } = await import('../../e2e/support/hydra/places.ts')
  const { startStandIn } = await import('../../e2e/support/hydra/stand-in.ts')
  const { startApplication } = await import('../../e2e/support/hydra/application.ts')
  const stopHydra = await startStandIn()
  const stopApplication = await startApplication()

  const profile: Profile = {
    name: `faults-${uiPort}`,
    uiUrl,
    kratosBrowserUrl: '/',
    kratosPort,
    mail: { smtpPort: 0, httpPort: 0 },
  }
  const kratosEnv = { COURIER_SMTP_CONNECTION_URI: mailUri(mail), OAUTH2_PROVIDER_URL: HYDRA_ADMIN_URL }
  const kratosOptions = { bin, name: 'faults', configs: configsOf(profile), dataDir, env: kratosEnv }
  const switches = join(dataDir, 'ui-switches.json')
  const env = {
    ...uiEnv(profile),
    KRATOS_PUBLIC_URL: `http://kratos.invalid:${kratosProxy}`,
    HYDRA_ADMIN_URL: `http://hydra.invalid:${hydraProxy}`,
    COOKIE_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'warn',
    ...switchable(switches),
  }
  let uis = 0
  const newUi = () => startUi({ port: uiPort, env, logFile: join(dataDir, `ui-${uis++}.log`), readyMs: READY })
  const kratos = await startPatiently(kratosOptions)
  const toKratos = new FaultProxy(kratos.publicUrl, kratosProxy)
  const toHydra = new FaultProxy(HYDRA_ADMIN_URL, hydraProxy)
  await toKratos.accept()
  await toHydra.accept()
  const rig: Rig = {
    url: uiUrl,
    kratos,
    ui: await newUi(),
    toKratos,
    toHydra,
    hydra: { application: APPLICATION, issuer: ISSUER, admin: HYDRA_ADMIN_URL },
    startKratos: async () => {
      rig.kratos = await startPatiently(kratosOptions)
    },
    startUi: async () => {
      rig.ui = await newUi()
    },
    switchUi: (change) => switchUi({ pid: rig.ui.pid, file: switches }, change),
    stop: async () => {
      await rig.ui.stop()
      await rig.kratos.stop()
      for (const proxy of [toKratos, toHydra]) await proxy.refuse()
      await stopApplication()
      await stopHydra()
      await mail.stop()
    },
  }
  return rig
}

/** A machine has only so many watchers of files, of which each Kratos takes some: they may be free a moment later. */
export async function startPatiently(options: Parameters<typeof startKratos>[0]): Promise<Kratos> {
  for (let tries = 0; ; tries++) {
    try {
      return await startKratos(options)
    } catch (error) {
      if (tries >= 120 || !(error as Error).message.includes('too many open files')) throw error
      await sleep(500)
    }
  }
}

type Ports = [number, number, number, number, number, number]

/** The UI's, Kratos's two, two of proxies, and the first of Hydra's three. */
async function ports(): Promise<number[]> {
  const first = await freePorts(8)
  return [0, 1, 2, 3, 4, 5].map((index) => first + index)
}

function mailUri({ smtpUrl }: MailSink): string {
  return `${smtpUrl.replace(/\/$/, '')}/?disable_starttls=true`
}
