import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { createPerson } from './support/people.ts'

// The same build, once at the root and once under BASE_PATH (docs/decisions/0048).
const { origin: ORIGIN, pathname: BASE } = new URL(UI.basePath)

const PLACES = [
  { ui: UI.sameOrigin, base: '' },
  { ui: UI.basePath, base: BASE },
]

for (const { ui, base } of PLACES) {
  test(`raw Location headers ${base ? `under ${base}` : 'at the root'}`, async ({ request }) => {
    const { origin } = new URL(ui)
    const back = encodeURIComponent(`${ui}/sessions`)
    const locations = {
      '/login?return_to=%2Fx': `${base}/self-service/login/browser?return_to=%2Fx`,
      '/settings': `${base}/self-service/settings/browser`,
      '/login/': `${base}/login`,
      '/sessions': `${base}/login?return_to=${back}`,
      '/.well-known/change-password': `${base}/settings`,
    }
    for (const [path, location] of Object.entries(locations)) {
      const answer = await request.get(ui + path, { maxRedirects: 0, headers: { Accept: 'text/html' } })
      expect(answer.headers().location, path).toBe(location)
    }
    // Kratos's own, as it came.
    const start = await request.get(`${ui}/self-service/login/browser`, { maxRedirects: 0 })
    expect(start.headers().location).toContain(`${ui}/login?flow=`)
    const posts = { '/logout/answer': '/logout', '/preferences/choice': '/' }
    for (const [path, location] of Object.entries(posts)) {
      const form = { locale: 'de' }
      const answer = await request.post(ui + path, { maxRedirects: 0, form, headers: { Origin: origin } })
      expect(answer.headers().location, path).toBe(base + location)
    }
  })
}

test('every page, its links, its forms and its files stay under the base path', async ({ page, guard }) => {
  guard.allowConsole(/status of (400|404)/)
  await signIn(page, await createPerson('basePath'), UI.basePath)
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(request.url()))
  const pages = [
    '/welcome',
    '/settings',
    '/sessions',
    '/logout?ask=1',
    '/preferences',
    '/error?id=none',
    '/nowhere',
    '/x//y',
  ]
  for (const path of pages) {
    await page.goto(UI.basePath + path)
    await expect(page.locator('main')).toBeVisible()
    const urls = await page
      .locator('[href], [src], form[action]')
      .evaluateAll((all) => all.flatMap((one) => ['href', 'src', 'action'].map((name) => one.getAttribute(name) ?? '')))
    const own = urls.map((url) => new URL(url || '#', page.url())).filter((url) => url.origin === ORIGIN)
    expect(own.length).toBeGreaterThan(5)
    expect(
      own.map((url) => url.pathname).filter((one) => !one.startsWith(`${BASE}/`)),
      path,
    ).toEqual([])
  }
  expect([...asked].filter((url) => !url.startsWith(`${UI.basePath}/`))).toEqual([])
})

test('a person signs in, changes the language, saves, and signs out', async ({ page, context, javaScriptEnabled }) => {
  const person = await createPerson('basePath')
  await page.goto(`${UI.basePath}/login?return_to=${encodeURIComponent(`${UI.basePath}/settings`)}`)
  if (javaScriptEnabled) {
    // An island that works: its scripts were found, and React had nothing to mind.
    await page.locator('input[name="password"]').fill('x')
    await page.getByRole('button', { name: 'Show what is typed' }).click()
    await expect(page.locator('input[name="password"]')).toHaveAttribute('type', 'text')
  }
  await fillLogin(page, person)
  await expect(page).toHaveURL(new RegExp(`^${UI.basePath}/settings\\?flow=`))
  await page.getByTestId('language-link').click()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page).toHaveURL(new RegExp(`^${UI.basePath}/settings\\?flow=`))
  for (const { name, path } of await context.cookies())
    if (name.startsWith('ksui_')) expect(path, name).toBe(`${BASE}/`)
  await page.goto(`${UI.basePath}/logout?ask=1`)
  await page.locator('main form button').click()
  await expect(page).toHaveURL(new RegExp(`^${UI.basePath}/login`))
})

test('outside of the base path there are the probes, and nothing else', async ({ request }) => {
  expect((await request.get(`${ORIGIN}/health/alive`)).status()).toBe(200)
  expect((await request.get(`${ORIGIN}/health/ready`)).status()).toBe(200)
  for (const path of ['/login', '/', '/self-service/login/browser', '/id', '/id/authors', '/_next/static']) {
    expect((await request.get(ORIGIN + path, { maxRedirects: 0 })).status(), path).toBe(404)
  }
})
