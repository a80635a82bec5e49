import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { Guard } from './support/guard.ts'

test('promise: security_csrf_violation with cookies blocked', async ({ javaScriptEnabled, launchOptions }) => {
  const profile = mkdtempSync(join(tmpdir(), 'no-cookies-'))
  mkdirSync(join(profile, 'Default'))
  // Chromium's own setting "block all cookies".
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } }
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    javaScriptEnabled: javaScriptEnabled ?? true,
  })
  const guard = new Guard()
  guard.allowConsole(/status of 403/)
  await guard.watch(context)
  try {
    const page = await context.newPage()
    const toUs: string[] = []
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (request.isNavigationRequest() && !url.pathname.startsWith('/self-service/')) toUs.push(url.pathname)
    })
    const response = await page.goto(`${UI.sameOrigin}/login`)
    expect(await context.cookies()).toEqual([])
    await expect(page).toHaveURL(/\/diagnosis\?why=cookies&type=login/)
    expect(response?.status()).toBe(403)
    expect(toUs.length, toUs.join(' ')).toBeLessThanOrEqual(6)
    await expect(page.locator('main [role="alert"], main p[role="alert"]').first()).toContainText(
      'did not keep a cookie',
    )
    await expect(page.getByText('The cookie csrf_token_… of the identity server: is missing')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Start over' })).toHaveAttribute('href', '/login?restart=fresh')
    await expect(page.getByRole('link', { name: 'Sign out' })).toBeVisible()
    guard.assertClean()
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('a form whose CSRF cookie is gone ends on the error page, with a way to start over', async ({ page, guard }) => {
  guard.allowConsole(/status of 403/)
  await page.goto('/login')
  const cookies = await page.context().cookies()
  const csrf = cookies.find((cookie) => cookie.name.includes('csrf'))
  await page.context().clearCookies({ name: csrf?.name ?? '' })
  await page.locator('input[name="identifier"]').fill('somebody@example.org')
  await page.getByLabel('Password').fill('some-password-1')
  await page.getByRole('button', { name: /^sign in/i }).click()
  await expect(page).toHaveURL(/\/error\?id=/)
  await expect(page.locator('div', { hasText: 'CSRF' }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Start over' }).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
})
