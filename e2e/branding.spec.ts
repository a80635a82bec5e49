import { expect, test, UI } from './fixtures.ts'
import { startAt } from './support/hydra/sign-in.ts'

// Two of the profiles have e2e/branding/branding.json as their BRANDING_FILE.
const acme = UI.closed.replace('localhost', 'acme.localhost')

test('a host of its own has its name, logo, icon and colours', async ({ page }) => {
  await page.goto(`${acme}/welcome`)
  const logo = page.getByRole('link', { name: 'Acme Cloud' }).getByRole('img')
  expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expect(logo).toHaveAttribute('src', /^\/brand\/[0-9a-f]{16}\.svg$/)
  await expect(page.locator('head link[rel="icon"][href^="/brand/"]')).toHaveCount(1)
  await expect(page.locator('head link[rel="stylesheet"][href^="/brand/"]')).toHaveCount(1)
  await expect(page.locator('.button-primary').first()).toHaveCSS('border-radius', '0px')
})

test('in the dark, it has the other logo', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${acme}/welcome`)
  const shown = await page.locator('.brand img').evaluate((image: HTMLImageElement) => image.currentSrc)
  expect(shown).not.toContain(await page.locator('.brand img').getAttribute('src'))
})

test('its texts are those of the default where it has none of its own', async ({ browser }) => {
  for (const [locale, title] of [
    ['en', 'Good to see you'],
    ['de', 'Willkommen bei Acme'],
  ] as const) {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    await page.goto(`${acme}/welcome`)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    await context.close()
  }
})

test('any other host has the default, with the links of the operator', async ({ page }) => {
  await page.goto(`${UI.closed}/welcome`)
  await expect(page.getByRole('link', { name: 'SecureApp' })).toBeVisible()
  await expect(page.locator('link[href^="/brand/"]')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Good to see you' })).toBeVisible()
  for (const [name, href] of [
    ['Terms of use', 'https://www.example.org/terms'],
    ['Privacy policy', 'https://www.example.org/privacy'],
    ['Help', 'mailto:help@example.org'],
  ] as const) {
    await expect(page.getByRole('link', { name })).toHaveAttribute('href', href)
  }
})

test('the login of an application has the brand of the application', async ({ page }) => {
  await startAt(page, 'client=direct')
  await expect(page.getByRole('link', { name: 'SecureApp' })).toBeVisible()
  await startAt(page, 'client=native')
  await expect(page.getByRole('link', { name: 'Pocket' })).toBeVisible()
})

test('the files of a brand are kept by browsers, and there are no others', async ({ request }) => {
  const headers = { Host: 'acme.localhost:4725' }
  const html = await (await request.get(`${UI.closed}/welcome`, { headers })).text()
  const sheet = /\/brand\/[0-9a-f]{16}\.css/.exec(html)?.[0]
  const answer = await request.get(`${UI.closed}${sheet}`)
  expect(answer.headers()).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(await answer.text()).toContain('--color-accent: light-dark(oklch(')
  for (const name of ['0000000000000000.css', 'branding.json', 'acme.svg']) {
    expect((await request.get(`${UI.closed}/brand/${name}`)).status(), name).toBe(404)
  }
})
