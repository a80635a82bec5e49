import { join } from 'node:path'
import { ROOT } from './paths.ts'

/** A set-up of Kratos and the UI: the overlay e2e/kratos/<name>.yml, and where browsers find the two. */
export type Profile = {
  name: string
  /** The UI's origin, as in the overlay. */
  uiUrl: string
  /** KRATOS_BROWSER_URL: `/` is the UI's own origin. */
  kratosBrowserUrl: string
  mail: { smtpPort: number; httpPort: number }
}

// The tests share one mail sink, the demo has its own: both can run at the same time.
const TEST_MAIL = { smtpPort: 4526, httpPort: 4536 }

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
  strict: { name: 'strict', uiUrl: 'http://localhost:4475', kratosBrowserUrl: '/', mail: TEST_MAIL },
  outage: { name: 'outage', uiUrl: 'http://localhost:4495', kratosBrowserUrl: '/', mail: TEST_MAIL },
  passkeys: { name: 'passkeys', uiUrl: 'http://localhost:4625', kratosBrowserUrl: '/', mail: TEST_MAIL },
  privileged: { name: 'privileged', uiUrl: 'http://localhost:4615', kratosBrowserUrl: '/', mail: TEST_MAIL },
  oidc: { name: 'oidc', uiUrl: 'http://localhost:4635', kratosBrowserUrl: '/', mail: TEST_MAIL },
  code: { name: 'code', uiUrl: 'http://localhost:4645', kratosBrowserUrl: '/', mail: TEST_MAIL },
  steps: { name: 'steps', uiUrl: 'http://localhost:4655', kratosBrowserUrl: '/', mail: TEST_MAIL },
  link: { name: 'link', uiUrl: 'http://localhost:4665', kratosBrowserUrl: '/', mail: TEST_MAIL },
  short: { name: 'short', uiUrl: 'http://localhost:4485', kratosBrowserUrl: '/', mail: TEST_MAIL },
} as const satisfies Record<string, Profile>

/** The Kratos configuration files of a profile, in the order in which Kratos loads them. */
export function configsOf(profile: Profile): string[] {
  return ['base', profile.name].map((name) => join(ROOT, 'e2e', 'kratos', `${name}.yml`))
}
