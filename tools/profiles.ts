import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, ROOT } from './paths.ts'

/** A set-up of Kratos and the UI: the overlay e2e/kratos/<name>.yml, and where browsers find the two. */
export type Profile = {
  name: string
  /** The UI's origin, and its BASE_PATH if it has one. */
  uiUrl: string
  /** The port of Kratos's public API; the next one is that of its admin API. Without it, the overlay says where all is. */
  kratosPort?: number
  /** KRATOS_BROWSER_URL: `/` is the UI's own origin. */
  kratosBrowserUrl: string
  mail: { smtpPort: number; httpPort: number }
  /** As a deployment has it: PostgreSQL on this port in place of SQLite, and Kratos without --dev. */
  postgresPort?: number
}

// The tests share one mail sink, the demo has its own: both can run at the same time.
const TEST_MAIL = { smtpPort: 4526, httpPort: 4536 }

/** A profile with Kratos on the UI's own origin. */
function oneOrigin(name: string, uiPort: number, kratosPort: number) {
  return { name, uiUrl: `http://localhost:${uiPort}`, kratosBrowserUrl: '/', kratosPort, mail: TEST_MAIL }
}

/** Every profile by its name. */
export const PROFILES = {
  demo: {
    name: 'demo',
    uiUrl: 'http://localhost:3000',
    kratosBrowserUrl: '/',
    mail: { smtpPort: 1025, httpPort: 4436 },
  },
  sameOrigin: {
    name: 'same-origin',
    uiUrl: 'http://localhost:4455',
    kratosBrowserUrl: '/',
    mail: TEST_MAIL,
  },
  subdomains: {
    name: 'subdomains',
    uiUrl: 'http://ui.example.localhost:4465',
    kratosBrowserUrl: 'http://kratos.example.localhost:4543/',
    mail: TEST_MAIL,
  },
  strict: oneOrigin('strict', 4475, 4553),
  short: oneOrigin('short', 4485, 4563),
  outage: oneOrigin('outage', 4495, 4593),
  privileged: oneOrigin('privileged', 4615, 4613),
  passkeys: oneOrigin('passkeys', 4625, 4623),
  oidc: oneOrigin('oidc', 4635, 4633),
  code: oneOrigin('code', 4645, 4643),
  steps: oneOrigin('steps', 4655, 4653),
  link: oneOrigin('link', 4665, 4663),
  webauthn: oneOrigin('webauthn', 4675, 4673),
  verified: oneOrigin('verified', 4715, 4713),
  closed: oneOrigin('closed', 4725, 4723),
  traits: oneOrigin('traits', 4705, 4703),
  sms: oneOrigin('sms', 4685, 4683),
  mfa: oneOrigin('mfa', 4735, 4733),
  fleeting: oneOrigin('fleeting', 4755, 4753),
  breaches: oneOrigin('breaches', 4825, 4823),
  oauth2: oneOrigin('oauth2', 4765, 4763),
  basePath: { ...oneOrigin('base-path', 4795, 4793), uiUrl: 'http://localhost:4795/id/auth' },
  production: { ...oneOrigin('production', 4745, 4743), postgresPort: 4746 },
} as const satisfies Record<string, Profile>

const CONFIGS = join(ROOT, 'e2e', 'kratos')

/**
 * The Kratos configuration files of a profile, in the order in which Kratos loads them: base.yml, where all is, the
 * overlay. Writes the second one, from one-origin.yml, where the profile has a port for Kratos.
 */
export function configsOf(profile: Profile): string[] {
  const overlay = join(CONFIGS, `${profile.name}.yml`)
  const where = profile.kratosPort ? [writePlaces(profile.name, profile.uiUrl, profile.kratosPort)] : []
  return [join(CONFIGS, 'base.yml'), ...where, ...(existsSync(overlay) ? [overlay] : [])]
}

function writePlaces(name: string, ui: string, port: number): string {
  const values: Record<string, string | number> = { UI: ui, PORT: port, ADMIN: port + 1 }
  const template = readFileSync(join(CONFIGS, 'one-origin.yml'), 'utf8')
  const folder = join(CACHE, 'kratos')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.yml`)
  const text = template.replace(/\$([A-Z]+)/g, (_, key: string) => String(values[key]))
  // A Kratos that runs reads its files again when they change, and finds a file half written.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  return file
}
