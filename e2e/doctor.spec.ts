import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { type Kratos, startKratos } from '../tools/kratos/start-kratos.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { configsOf, PROFILES, type Profile } from '../tools/profiles.ts'
import { startProfileUi, uiEnv } from '../tools/stack.ts'
import { expect, test, UI } from './fixtures.ts'

// Real set-ups with a fault each: a Kratos of its own, and what `npm run doctor` prints.
test.describe.configure({ mode: 'serial' })

const PROFILE: Profile = { ...PROFILES.outage, name: 'doctor', uiUrl: 'http://localhost:4884', kratosPort: 4885 }
const FOLDER = join(CACHE, 'e2e', 'doctor')

let kratos: Kratos | undefined
test.afterEach(async () => {
  await kratos?.stop()
  kratos = undefined
})

/** Starts Kratos with lines of configuration that override the right ones. */
async function start(overlay?: string, dev = true, profile = PROFILE): Promise<void> {
  const configs = configsOf(profile)
  if (overlay) {
    mkdirSync(FOLDER, { recursive: true })
    const file = join(FOLDER, 'fault.yml')
    writeFileSync(file, overlay)
    configs.push(file)
  }
  const bin = await findKratos({ log: () => {} })
  kratos = await startKratos({ bin, name: PROFILE.name, configs, dataDir: FOLDER, dev })
}

/** What the doctor prints, and its exit code. */
function doctor(environment: Record<string, string> = {}): Promise<{ lines: string[]; code: number }> {
  const env = { ...process.env, ...uiEnv(PROFILE), ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/doctor.ts'], { cwd: ROOT, env }, (error, out, err) => {
      expect(err).toBe('')
      resolve({ lines: out.trim().split('\n'), code: Number(error?.code ?? 0) })
    })
  })
}

const isWrong = (line: string) => !line.startsWith('ok ')

test('a set-up in which nothing is wrong, on the page and by the command', async ({ page, guard }) => {
  await start()
  const { lines, code } = await doctor()
  expect(lines.filter(isWrong)).toEqual([])
  expect(code).toBe(0)
  expect(lines).toHaveLength(14)
  expect(lines.at(-1)).toMatch(/^ok {7}versions: Node v\d+\.\d+\.\d+, Kratos /)

  const ui = await startProfileUi(PROFILE, FOLDER, { DOCTOR: 'true' })
  try {
    const response = await page.goto(`${ui.url}/doctor`)
    expect(response?.status()).toBe(200)
    const shown = (await page.locator('.findings li').allTextContents()).map((text) =>
      text.replace(/^ok /, 'ok       '),
    )
    expect(shown.filter((line) => !line.includes('opened at'))).toEqual(lines)
    expect(shown).toContain('ok       opened at: fine')
  } finally {
    await ui.stop()
  }
  guard.allowConsole(/status of 404/)
  expect((await page.goto(`${UI.sameOrigin}/doctor`))?.status(), 'without DOCTOR').toBe(404)
})

test('a set-up under a path in which nothing is wrong', async () => {
  // With a name, and so a file, of its own: doctor() writes that of PROFILE.
  await start(undefined, true, { ...PROFILE, name: 'doctor-path', uiUrl: `${PROFILE.uiUrl}/auth` })
  const { lines, code } = await doctor({ BASE_PATH: '/auth' })
  expect(lines.filter(isWrong)).toEqual([])
  expect(code).toBe(0)
})

const FAULTS: [string, string, string, Record<string, string>?][] = [
  [
    'ui_url of another UI',
    'selfservice: { flows: { recovery: { ui_url: "http://localhost:3000/recovery" } } }',
    'error    ui_url of recovery: Kratos leads to http://localhost:3000/recovery. Set selfservice.flows.recovery.ui_url: http://localhost:4884/recovery',
  ],
  [
    'ui_url of errors',
    'selfservice: { flows: { error: { ui_url: "http://localhost:4884/oops" } } }',
    'error    ui_url of error: Kratos leads to http://localhost:4884/oops. Set selfservice.flows.error.ui_url: http://localhost:4884/error',
  ],
  [
    'return URLs',
    'selfservice: { allowed_return_urls: ["https://www.example.org"], default_browser_return_url: "https://www.example.org/" }',
    'error    allowed return URLs: Kratos does not send people back to the UI. Set selfservice.allowed_return_urls: [http://localhost:4884]',
  ],
  [
    'base_url',
    'serve: { public: { base_url: "http://127.0.0.1:4885/" } }',
    'error    base_url of Kratos: forms go to http://127.0.0.1:4885, and browsers find Kratos at http://localhost:4884. Set serve.public.base_url: http://localhost:4884/',
  ],
  [
    'a path that Kratos does not know of',
    '',
    'error    ui_url of login: Kratos leads to http://localhost:4884/login. Set selfservice.flows.login.ui_url: http://localhost:4884/auth/login',
    { BASE_PATH: '/auth' },
  ],
  [
    "Kratos's admin API",
    '',
    'error    reachable: Kratos answered 307 to /health/ready at http://127.0.0.1:4886, which looks like its admin API. Set KRATOS_PUBLIC_URL to its public one',
    { KRATOS_PUBLIC_URL: 'http://127.0.0.1:4886' },
  ],
  [
    'a cookie domain of another',
    'cookies: { domain: example.org }',
    'error    cookie domain: example.org is not of localhost: browsers refuse the cookie. Set cookies.domain: localhost, or leave it out',
  ],
  [
    'a public suffix as the cookie domain',
    'cookies: { domain: co.uk }',
    'error    cookie domain: co.uk is a public suffix: browsers refuse the cookie. Set cookies.domain: example.co.uk, or leave it out',
    { PUBLIC_URL: 'http://login.example.co.uk' },
  ],
  [
    'hosts on two domains',
    '',
    'error    scheme and host of Kratos: login.example.org and kratos.example.com share no domain that a cookie can have. Set KRATOS_BROWSER_URL=/, or give both one domain',
    { PUBLIC_URL: 'http://login.example.org', KRATOS_BROWSER_URL: 'http://kratos.example.com' },
  ],
  [
    'cookies without Secure on https',
    '',
    'warning  Secure cookies: Kratos sets cookies without Secure on https. Set serve.public.base_url to https, and start Kratos without --dev',
    { PUBLIC_URL: 'https://login.example.org' },
  ],
]

for (const [name, overlay, line, environment] of FAULTS) {
  test(`a fault: ${name}`, async () => {
    await start(overlay)
    const { lines, code } = await doctor(environment)
    expect(lines.filter(isWrong)).toContain(line)
    expect(code).toBe(lines.some((printed) => printed.startsWith('error')) ? 1 : 0)
  })
}

test('a fault: Secure cookies on http', async () => {
  await start('', false)
  const { lines, code } = await doctor({ PUBLIC_URL: 'http://login.example.org' })
  expect(lines.filter(isWrong)).toContain(
    'error    Secure cookies: Kratos sets Secure cookies, and browsers refuse them on http://login.example.org. Set PUBLIC_URL and serve.public.base_url to https, or start Kratos with --dev',
  )
  expect(code).toBe(1)
})

test('a fault: Kratos is down', async () => {
  const { lines, code } = await doctor()
  expect(lines.filter(isWrong)).toEqual([
    'error    reachable: Kratos cannot be reached (ECONNREFUSED) at http://127.0.0.1:4885. Set KRATOS_PUBLIC_URL, or start it',
  ])
  expect(code).toBe(1)
})
