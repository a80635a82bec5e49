import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import ar from '../lib/i18n/messages/ar.json' with { type: 'json' }
import de from '../lib/i18n/messages/de.json' with { type: 'json' }
import en from '../lib/i18n/messages/en.json' with { type: 'json' }
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { recordedRequests } from './support/upstream-proxy.ts'

const TARGET = 'https://www.example.org/after?a=1&b=2#end'

/** Opens the menu that stands under each page, and chooses. */
async function choose(page: Page, locale: string): Promise<void> {
  await page.getByTestId('language-link').click()
  await page.locator(`button[name="locale"][value="${locale}"]`).click()
}

async function expectLanguage(page: Page, lang: string, dir: 'ltr' | 'rtl', title: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', lang)
  await expect(page.locator('html')).toHaveAttribute('dir', dir)
  await expect(page.locator('main h2')).toHaveText(title)
  await expect(page).toHaveTitle(title)
}

test.describe('a browser that asks for German', () => {
  test.use({ locale: 'de-AT' })

  test('gets it, and what Kratos says as well', async ({ page }) => {
    await page.goto('/login')
    await expectLanguage(page, 'de', 'ltr', de['login.title'])
    await expect(page.locator('button[name="method"][value="password"]')).toHaveText(de['1010022'])
    await expect(page.getByTestId('language-link')).toContainText('Deutsch')
  })

  test('gets it from a cookie that makes no sense', async ({ page, context }) => {
    for (const value of ['xx', 'constructor', '../ar', 'xx.de']) {
      await context.addCookies([{ name: 'ksui_locale', value, url: UI.sameOrigin }])
      await page.goto('/login')
      await expectLanguage(page, 'de', 'ltr', de['login.title'])
    }
  })

  test('gets it where something is wrong', async ({ page, guard }) => {
    guard.allowConsole(/status of (400|403|404|500|503)/)
    const german: Readonly<Record<string, string>> = { ...en, ...de }
    for (const [path, title] of [
      ['/no-such-page', 'not-found.title'],
      ['/error?id=stub:500', 'error.title'],
      ['/error?error=access_denied', 'error.title'],
      ['/diagnosis?why=csrf&type=login', 'diagnosis.title'],
      ['/problem/503', 'problem.unavailable.title'],
      ['/login//', 'problem.bad-request.title'],
    ] as const) {
      await page.goto(path)
      await expectLanguage(page, 'de', 'ltr', german[title] ?? '')
    }
  })
})

test('without a word of the browser, it is English', async ({ request }) => {
  const answer = await request.get('/welcome', { headers: { 'accept-language': '' } })
  expect(await answer.text()).toContain('<html lang="en" dir="ltr">')
})

test('the menu keeps the flow, what Kratos said in it, and where it leads', async ({ page, person, guard }) => {
  guard.allowHost('www.example.org')
  await page.goto(`/login?return_to=${encodeURIComponent(TARGET)}`)
  await fillLogin(page, { ...person, password: 'not the password' })
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  const flow = page.url()
  await choose(page, 'ar')
  await expect(page).toHaveURL(flow)
  await expectLanguage(page, 'ar', 'rtl', ar['login.title'])
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)
  await choose(page, 'de')
  await expectLanguage(page, 'de', 'ltr', de['login.title'])
  await fillLogin(page, person)
  await expect(page).toHaveURL(TARGET)
  await page.goto('/settings')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
})

test('the menu says each name in its own language, and which one it is now', async ({ page }) => {
  await page.goto('/recovery')
  const flow = page.url()
  await page.getByTestId('language-link').click()
  await expect(page.locator('main h2')).toHaveText('Language')
  const arabic = page.getByRole('button', { name: 'العربية' })
  await expect(arabic).toHaveAttribute('lang', 'ar')
  await expect(arabic).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('[aria-current]')).toHaveText(['English', en['theme.system']])
  await expect(page.getByTestId('language-link')).toHaveCount(0)
  await page.getByTestId('back-link').click()
  await expect(page).toHaveURL(flow)
})

test('the menu goes back to our own pages only', async ({ page, request }) => {
  for (const back of ['', '?back=', '?back=//www.example.org/', '?back=https://www.example.org/', '?back=x']) {
    await page.goto(`/preferences${back}`)
    await expect(page.getByTestId('back-link')).toHaveAttribute('href', '/')
    await expect(page.locator('input[name="back"]')).toHaveValue('/')
  }
  for (const back of ['//www.example.org/', 'https://www.example.org/', '/\\www.example.org', '/.//www.example.org']) {
    const answer = await request.post('/preferences/choice', {
      form: { back, locale: 'de' },
      maxRedirects: 0,
    })
    expect([answer.status(), answer.headers().location]).toEqual([303, '/'])
  }
})

test('a choice is kept for us alone, and what comes from another site is none', async ({ request }) => {
  const ask = (form: Record<string, string>, site?: string) =>
    request.post('/preferences/choice', {
      form: { back: '/welcome?x=1', ...form },
      headers: site ? { 'sec-fetch-site': site } : {},
      maxRedirects: 0,
    })
  for (const site of ['same-origin', undefined]) {
    const answer = await ask({ locale: 'de' }, site)
    expect([answer.status(), answer.headers().location]).toEqual([303, '/welcome?x=1'])
    expect(answer.headers()['set-cookie']).toMatch(
      /^ksui_locale=de; Path=\/; Expires=[^;]+; Max-Age=31536000; HttpOnly; SameSite=lax$/,
    )
  }
  const refused = [
    ...(await Promise.all(['cross-site', 'same-site', 'none'].map((site) => ask({ locale: 'de' }, site)))),
    await ask({ locale: 'xx' }),
    await ask({ theme: 'sepia' }),
    await ask({ theme: 'dark' }, 'cross-site'),
    await ask({}),
  ]
  for (const answer of refused) {
    expect([answer.status(), answer.headers()['set-cookie']]).toEqual([303, undefined])
  }
  const opened = await request.get('/preferences/choice', { maxRedirects: 0 })
  expect([opened.status(), opened.headers().location]).toEqual([303, '/preferences'])
})

test('a theme that is chosen holds against that of the device, until the device decides again', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/recovery')
  const flow = page.url()
  const ground = () => page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)
  const light = await ground()
  const chooseTheme = async (theme: string) => {
    await page.getByRole('link', { name: en['theme.title'] }).click()
    await page.locator(`button[name="theme"][value="${theme}"]`).click()
    await expect(page).toHaveURL(flow)
  }
  await chooseTheme('dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await ground()).not.toBe(light)
  await page.goto('/preferences')
  await expect(page.locator('[aria-current]')).toHaveText(['English', en['theme.dark']])
  await page.goto(flow)
  await chooseTheme('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await ground()).toBe(light)
  await chooseTheme('system')
  await expect(page.locator('html')).not.toHaveAttribute('data-theme')
  expect(await ground()).not.toBe(light)
})

test('a theme out of a cookie that makes no sense is none', async ({ page, context }) => {
  for (const value of ['sepia', 'system', '%22dark']) {
    await context.addCookies([{ name: 'ksui_theme', value, url: UI.sameOrigin }])
    await page.goto('/welcome')
    await expect(page.locator('html')).not.toHaveAttribute('data-theme')
  }
})

test('the menu signs nobody out', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/logout')
  await choose(page, 'de')
  await expect(page).toHaveURL('/logout?ask=1')
  await expect(page.locator('form[action$="/self-service/logout"]')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.goto('/preferences?back=/logout')
  await page.getByTestId('back-link').click()
  await expect(page).toHaveURL('/logout?ask=1')
  expect((await whoami(page))?.identity?.id).toBe(person.id)
})

test('the language costs no second call to Kratos', async ({ page, context }) => {
  const id = randomUUID()
  await page.goto('/login')
  await context.addCookies([{ name: 'e2e_record', value: id, url: UI.sameOrigin }])
  await page.reload()
  const asked = (await recordedRequests(id)).filter(({ path }) => path === '/self-service/login/flows')
  expect(asked).toHaveLength(1)
})

test.describe('an application that asks for languages', () => {
  test('gets the first that there is, in the menu as well', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, 'client=direct&ui_locales=xx%20de-AT%20en')
    await expectLanguage(page, 'de', 'ltr', de['login.title'])
    await page.getByTestId('language-link').click()
    await expectLanguage(page, 'de', 'ltr', de['link.language'])
    await page.getByTestId('back-link').click()
    await page.getByTestId('signup-link').click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.getByTestId('cta-link').click()
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('does not get it where the person chose another one, however often it asks', async ({ page }) => {
    await startAt(page, 'client=direct&ui_locales=de')
    const flow = page.url()
    await choose(page, 'ar')
    await expect(page).toHaveURL(flow)
    await expectLanguage(page, 'ar', 'rtl', ar['login.title'])
    await page.getByTestId('signup-link').click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
    await startAt(page, 'client=direct&ui_locales=de')
    await expectLanguage(page, 'ar', 'rtl', ar['login.title'])
    await startAt(page, 'client=direct&ui_locales=en')
    await expectLanguage(page, 'en', 'ltr', en['login.title'])
    await page.goto(`${UI.oauth2}/login`)
    await expectLanguage(page, 'ar', 'rtl', ar['login.title'])
  })
})
