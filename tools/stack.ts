import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readKratosPorts } from './kratos/config-ports.ts'
import { type Kratos, startKratos } from './kratos/start-kratos.ts'
import { type MailSink, startMailSink } from './mail/mail-sink.ts'
import { assertPortFree } from './port.ts'
import { configsOf, type Profile } from './profiles.ts'
import { startUi, type Ui } from './ui/start-ui.ts'

/** Kratos and its mail sink. */
export type Backend = { kratos: Kratos; mail: MailSink; stop: () => Promise<void> }

/**
 * Starts a mail sink and the Kratos of a profile.
 *
 * @param options the profile, the executable of Kratos, and the folder for the database and the logs
 * @throws Error when a port is busy or Kratos does not start; nothing is left running then
 */
export async function startBackend(options: {
  profile: Profile
  kratosBin: string
  dataDir: string
}): Promise<Backend> {
  const { profile, kratosBin, dataDir } = options
  const mail = await startMailSink(profile.mail)
  try {
    const kratos = await startKratos({
      bin: kratosBin,
      name: profile.name,
      configs: configsOf(profile),
      dataDir,
    })
    const stop = async () => {
      await kratos.stop()
      await mail.stop()
    }
    return { kratos, mail, stop }
  } catch (error) {
    await mail.stop()
    throw error
  }
}

/**
 * Starts the production build of the UI as a profile has it. Fails as {@link startUi} does.
 *
 * @param own what it has in its environment besides
 */
export function startProfileUi(
  profile: Profile,
  dataDir: string,
  own: Readonly<Record<string, string>> = {},
): Promise<Ui> {
  const port = Number(new URL(profile.uiUrl).port)
  return startUi({ port, env: { ...uiEnv(profile), ...own }, logFile: join(dataDir, 'ui.log') })
}

/** The environment of a profile's UI. */
export function uiEnv(profile: Profile): Record<string, string> {
  const { publicPort } = readKratosPorts(configsOf(profile))
  const { origin, pathname } = new URL(profile.uiUrl)
  return {
    KRATOS_PUBLIC_URL: `http://127.0.0.1:${publicPort}`,
    KRATOS_BROWSER_URL: profile.kratosBrowserUrl,
    PUBLIC_URL: origin,
    BASE_PATH: pathname,
    COOKIE_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'info',
  }
}

/**
 * Makes sure, before anything takes long, that every port of a profile is free.
 *
 * @throws Error as {@link assertPortFree} does
 */
export async function assertPortsFree(profile: Profile, { ui = true } = {}): Promise<void> {
  const { publicPort, adminPort } = readKratosPorts(configsOf(profile))
  const { smtpPort, httpPort } = profile.mail
  const uiPort = ui ? [Number(new URL(profile.uiUrl).port)] : []
  for (const port of [...uiPort, publicPort, adminPort, smtpPort, httpPort]) await assertPortFree(port)
}
