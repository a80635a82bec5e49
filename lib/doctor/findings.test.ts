import { expect, test } from 'vitest'
import { type Facts, STARTED, type Start } from '#lib/doctor/facts.ts'
import { findingsOf, lineOf } from '#lib/doctor/findings.ts'

const CSRF = 'csrf_token_1=a; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax'
const to = (location: string, cookie = `${CSRF}; Secure`): Start => ({ status: 303, location, cookies: [cookie] })

const UI = 'https://login.example.org'

/** A set-up on one origin in which nothing is wrong. */
const FINE: Facts = {
  environment: {
    PUBLIC_URL: UI,
    BASE_PATH: '',
    KRATOS_PUBLIC_URL: 'http://kratos:4433/',
    KRATOS_BROWSER_URL: '/',
    sameOrigin: true,
    hydraAdminUrl: undefined,
  },
  notReady: {},
  starts: {
    login: to(`${UI}/login?flow=1`),
    registration: to(`${UI}/registration?flow=1`),
    recovery: to(`${UI}/recovery?flow=1`),
    verification: to(`${UI}/verification?flow=1`),
  },
  backToUs: to(`${UI}/login?flow=2`),
  forbidden: to(`${UI}/error?id=1`),
  action: `${UI}/self-service/login?flow=1`,
  clock: 0.4,
  versions: { Node: 'v24.0.0', Kratos: 'v1.3.1' },
  openedAt: UI,
}

/** The same with Kratos on a host of its own. */
const apart = (kratos: string, cookie = `${CSRF}; Domain=example.org; Secure`, ours = UI): Facts => ({
  ...FINE,
  environment: { ...FINE.environment, PUBLIC_URL: ours, KRATOS_BROWSER_URL: kratos, sameOrigin: false },
  starts: { login: to(`${ours}/login?flow=1`, cookie) },
  action: `${kratos.replace(/\/$/, '')}/self-service/login?flow=1`,
})

/** The same as {@link FINE} with everything under a path. */
const UNDER: Facts = {
  ...FINE,
  environment: { ...FINE.environment, BASE_PATH: '/auth' },
  starts: Object.fromEntries(STARTED.map((type) => [type, to(`${UI}/auth/${type}?flow=1`)])),
  backToUs: to(`${UI}/auth/login?flow=2`),
  forbidden: to(`${UI}/auth/error?id=1`),
  action: `${UI}/auth/self-service/login?flow=1`,
}

/** The same as {@link FINE} with one that is not ready, whose URL has what nobody may see. */
const kratosAt = (host: string, why: string): Facts => ({
  ...FINE,
  environment: { ...FINE.environment, KRATOS_PUBLIC_URL: `http://user:secret@${host}/?token=secret` },
  notReady: { Kratos: `Kratos ${why}` },
})
const hydraAt = (hydraAdminUrl: string, why?: string): Facts => ({
  ...FINE,
  environment: { ...FINE.environment, hydraAdminUrl },
  notReady: { Hydra: why && `Hydra ${why}` },
})

const login = (start: Start): Facts => ({ ...FINE, starts: { ...FINE.starts, login: start } })
const linesOf = (facts: Facts) => findingsOf(facts).map(lineOf)
const wrongOf = (facts: Facts) => linesOf(facts).filter((line) => !line.startsWith('ok '))

test('nothing is wrong', () => {
  expect(linesOf(FINE)).toEqual([
    'ok       reachable: fine',
    'ok       PUBLIC_URL: fine',
    'ok       opened at: fine',
    'ok       scheme and host of Kratos: fine',
    'ok       base_url of Kratos: fine',
    'ok       cookie domain: fine',
    'ok       Secure cookies: fine',
    'ok       ui_url of login: fine',
    'ok       ui_url of registration: fine',
    'ok       ui_url of recovery: fine',
    'ok       ui_url of verification: fine',
    'ok       ui_url of error: fine',
    'ok       allowed return URLs: fine',
    'ok       clock: fine',
    'ok       versions: Node v24.0.0, Kratos v1.3.1',
  ])
})

test.each<[string, Facts]>([
  ['Kratos on a subdomain', apart('https://kratos.example.org')],
  ['Kratos on another port of the host', apart('https://login.example.org:4433', `${CSRF}; Secure`)],
  [
    'http on localhost, with Secure cookies or without',
    apart('http://kratos.example.localhost:4433', `${CSRF}; Domain=example.localhost`, 'http://ui.example.localhost'),
  ],
  ['a flow that is switched off', { ...FINE, starts: { ...FINE.starts, recovery: to(`${UI}/error?id=1`) } }],
  ['Kratos under a path of its own', apart('https://kratos.example.org/id/', `${CSRF}; Domain=example.org; Secure`)],
  ['Hydra', hydraAt('http://hydra:4445')],
  ['a version that is not told', { ...FINE, versions: { Kratos: undefined } }],
])('nothing is wrong with %s', (_name, facts) => {
  expect(
    wrongOf({ ...facts, forbidden: FINE.forbidden as Start, openedAt: facts.environment.PUBLIC_URL as string }).filter(
      (line) => !line.includes('ui_url of error') && !line.includes('allowed return'),
    ),
  ).toEqual([])
})

test.each<[string, Facts, string]>([
  [
    'Kratos is down',
    kratosAt('kratos:4433', 'cannot be reached (ECONNREFUSED)'),
    'error    reachable: Kratos cannot be reached (ECONNREFUSED) at http://kratos:4433. Set KRATOS_PUBLIC_URL, or start it',
  ],
  [
    "Kratos's admin API",
    kratosAt('kratos:4434', 'answered 307 to /health/ready'),
    'error    reachable: Kratos answered 307 to /health/ready at http://kratos:4434, which looks like its admin API. Set KRATOS_PUBLIC_URL to its public one',
  ],
  [
    'Hydra is not ready',
    hydraAt('http://hydra:4445/admin', 'answered 503 to /health/ready'),
    'error    Hydra reachable: Hydra answered 503 to /health/ready at http://hydra:4445/admin. Set HYDRA_ADMIN_URL, or start it',
  ],
  [
    'PUBLIC_URL with a path',
    { ...FINE, environment: { ...FINE.environment, PUBLIC_URL: `${UI}/auth` } },
    'error    PUBLIC_URL: has a path, and the pages are at /. Set PUBLIC_URL=https://login.example.org',
  ],
  [
    'PUBLIC_URL with the path that BASE_PATH has',
    { ...UNDER, environment: { ...UNDER.environment, PUBLIC_URL: `${UI}/auth` } },
    'error    PUBLIC_URL: has a path, and that of the pages is in BASE_PATH. Set PUBLIC_URL=https://login.example.org',
  ],
  [
    'a proxy that does not tell the scheme',
    { ...FINE, openedAt: 'http://login.example.org' },
    'warning  opened at: this page came as http://login.example.org, and PUBLIC_URL is https://login.example.org. Set PUBLIC_URL, or X-Forwarded-Host and X-Forwarded-Proto at the proxy, and TRUSTED_PROXIES',
  ],
  [
    'two schemes',
    apart('http://kratos.example.org', `${CSRF}; Domain=example.org`),
    'error    scheme and host of Kratos: https://login.example.org and http://kratos.example.org have two schemes: browsers keep their cookies apart. Set both to https',
  ],
  [
    'two sites',
    apart('https://kratos.example.com', `${CSRF}; Secure`),
    'error    scheme and host of Kratos: login.example.org and kratos.example.com share no domain that a cookie can have. Set KRATOS_BROWSER_URL=/, or give both one domain',
  ],
  [
    'two hosts of one public suffix',
    apart('https://kratos.github.io', `${CSRF}; Secure`, 'https://login.github.io'),
    'error    scheme and host of Kratos: login.github.io and kratos.github.io share no domain that a cookie can have. Set KRATOS_BROWSER_URL=/, or give both one domain',
  ],
  [
    'base_url on the internal port',
    { ...FINE, action: 'http://127.0.0.1:4433/self-service/login?flow=1' },
    'error    base_url of Kratos: forms go to http://127.0.0.1:4433, and browsers find Kratos at https://login.example.org. Set serve.public.base_url: https://login.example.org/',
  ],
  [
    'base_url with a path',
    { ...FINE, action: `${UI}/kratos/self-service/login?flow=1` },
    'error    base_url of Kratos: forms go to https://login.example.org/kratos, and browsers find Kratos at https://login.example.org. Set serve.public.base_url: https://login.example.org/',
  ],
  [
    'no cookie domain',
    apart('https://kratos.example.org', `${CSRF}; Secure`),
    'error    cookie domain: is kratos.example.org alone, so no cookie reaches login.example.org. Set cookies.domain: example.org',
  ],
  [
    'a public suffix as the cookie domain',
    apart('https://kratos.example.co.uk', `${CSRF}; Domain=co.uk; Secure`, 'https://login.example.co.uk'),
    'error    cookie domain: co.uk is a public suffix: browsers refuse the cookie. Set cookies.domain: example.co.uk, or leave it out',
  ],
  [
    'the cookie domain of another',
    login(to(`${UI}/login?flow=1`, `${CSRF}; Domain=example.com; Secure`)),
    'error    cookie domain: example.com is not of login.example.org: browsers refuse the cookie. Set cookies.domain: example.org, or leave it out',
  ],
  [
    'a cookie domain that is too narrow',
    apart('https://kratos.example.org', `${CSRF}; Domain=kratos.example.org; Secure`),
    'error    cookie domain: kratos.example.org is not of login.example.org: no cookie reaches the UI. Set cookies.domain: example.org, or leave it out',
  ],
  [
    'Secure on http',
    apart('http://kratos.example.org', `${CSRF}; Domain=example.org; Secure`, 'http://login.example.org'),
    'error    Secure cookies: Kratos sets Secure cookies, and browsers refuse them on http://kratos.example.org. Set PUBLIC_URL and serve.public.base_url to https, or start Kratos with --dev',
  ],
  [
    'no Secure on https',
    login(to(`${UI}/login?flow=1`, CSRF)),
    'warning  Secure cookies: Kratos sets cookies without Secure on https. Set serve.public.base_url to https, and start Kratos without --dev',
  ],
  [
    'the ui_url of another host',
    { ...FINE, starts: { ...FINE.starts, recovery: to('http://localhost:3000/recovery?flow=1') } },
    'error    ui_url of recovery: Kratos leads to http://localhost:3000/recovery. Set selfservice.flows.recovery.ui_url: https://login.example.org/recovery',
  ],
  [
    'the path of another UI',
    login(to(`${UI}/auth/login?flow=1`)),
    'error    ui_url of login: Kratos leads to https://login.example.org/auth/login. Set selfservice.flows.login.ui_url: https://login.example.org/login',
  ],
  [
    'a start that fails',
    login({ status: 500, location: undefined, cookies: [] }),
    'error    ui_url of login: Kratos answered 500 in place of leading there. Set selfservice.flows.login.ui_url: https://login.example.org/login',
  ],
  [
    'the ui_url of errors',
    { ...FINE, forbidden: to('https://www.ory.sh/kratos/docs/fallback/error?id=1') },
    'error    ui_url of error: Kratos leads to https://www.ory.sh/kratos/docs/fallback/error. Set selfservice.flows.error.ui_url: https://login.example.org/error',
  ],
  [
    'a return to us that is not allowed',
    { ...FINE, backToUs: to(`${UI}/error?id=1`) },
    'error    allowed return URLs: Kratos does not send people back to the UI. Set selfservice.allowed_return_urls: [https://login.example.org]',
  ],
  [
    'a clock that is behind',
    { ...FINE, clock: -30.2 },
    "warning  clock: Kratos's clock is 30 s behind this one: codes and flows expire at the wrong time. Set both by NTP",
  ],
  [
    'a clock that is an hour ahead',
    { ...FINE, clock: 3600 },
    "error    clock: Kratos's clock is 3600 s ahead of this one: codes and flows expire at the wrong time. Set both by NTP",
  ],
  [
    'an old Kratos',
    { ...FINE, versions: { Kratos: 'v0.13.0' } },
    'error    versions: Kratos v0.13.0 is too old. Set up a Kratos of v1.0 or newer',
  ],
])('%s', (_name, facts, line) => {
  expect(wrongOf(facts)).toContain(line)
})

test('without PUBLIC_URL most cannot be told, and that is said', () => {
  const { PUBLIC_URL: _, ...environment } = FINE.environment
  expect(linesOf({ ...FINE, environment } as Facts)).toEqual([
    'ok       reachable: fine',
    'warning  PUBLIC_URL: is not set, and most of what follows cannot be checked. Set PUBLIC_URL, such as https://login.example.org',
    'ok       clock: fine',
    'ok       versions: Node v24.0.0, Kratos v1.3.1',
  ])
})

test('nothing is wrong under BASE_PATH, and it is said in the same lines', () => {
  expect(linesOf(UNDER)).toEqual(linesOf(FINE))
})

test('Kratos does not know of BASE_PATH', () => {
  const wrong = (type: string) =>
    `error    ui_url of ${type}: Kratos leads to ${UI}/${type}. Set selfservice.flows.${type}.ui_url: ${UI}/auth/${type}`
  expect(wrongOf({ ...FINE, environment: UNDER.environment, backToUs: to(`${UI}/error?id=1`) })).toEqual([
    `error    base_url of Kratos: forms go to ${UI}, and browsers find Kratos at ${UI}/auth. Set serve.public.base_url: ${UI}/auth/`,
    ...[...STARTED, 'error'].map(wrong),
    `error    allowed return URLs: Kratos does not send people back to the UI. Set selfservice.allowed_return_urls: [${UI}/auth]`,
  ])
})

test('the base_url of a Kratos on a host of its own has nothing to do with BASE_PATH', () => {
  const facts = apart('https://kratos.example.org')
  const environment = { ...facts.environment, BASE_PATH: '/auth' }
  expect(linesOf({ ...facts, environment })).toContain('ok       base_url of Kratos: fine')
})

test('what is not Kratos, or not ready, says nothing of how Kratos is set up', () => {
  const nowhere: Start = { status: 307, location: undefined, cookies: [] }
  const facts = kratosAt('kratos:4434', 'answered 307 to /health/ready')
  const starts = Object.fromEntries(STARTED.map((type) => [type, nowhere]))
  expect(linesOf({ ...facts, starts, forbidden: nowhere }).map((line) => line.split(': ')[0])).toEqual([
    'error    reachable',
    'ok       PUBLIC_URL',
    'ok       opened at',
    'ok       scheme and host of Kratos',
    'ok       versions',
  ])
})

test('a Hydra that is not ready hides nothing of Kratos, and both are told', () => {
  const hydra = hydraAt('http://hydra:4445', 'cannot be reached (ECONNREFUSED)')
  expect(linesOf(hydra).filter((line) => !line.includes('Hydra'))).toEqual(linesOf(FINE))
  const kratos = kratosAt('kratos:4433', 'did not answer within 1 s')
  const both = {
    ...FINE,
    environment: { ...kratos.environment, hydraAdminUrl: 'http://hydra:4445' },
    notReady: { ...kratos.notReady, ...hydra.notReady },
  }
  expect(wrongOf(both)).toEqual([...wrongOf(kratos), ...wrongOf(hydra)])
})
