import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { expectAccessible } from './support/accessible.ts'
import { APPLICATION } from './support/hydra/places.ts'
import { consentFor, shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson } from './support/people.ts'

// What the pages around applications look like: axe, light and dark, and on a narrow phone.
const { oauth2: ui } = UI

async function signInTo(page: Page, client: string): Promise<void> {
  await startAt(page, `client=${client}`)
  await fillLogin(page, await createPerson('oauth2'))
  if (client !== 'direct') await consentFor(page, { remember: true, remember_for: 3600 })
  await shownBy(page)
}

async function openDevice(page: Page, complete: boolean): Promise<void> {
  const answer = await page.request.get(`${APPLICATION}/device/start?client=direct-device`)
  const device = (await answer.json()) as Record<string, string>
  await page.goto(device[complete ? 'verification_uri_complete' : 'verification_uri'] ?? '')
}

const STATES: Record<string, (page: Page) => Promise<unknown>> = {
  'a sign-out that an application asks for': async (page) => {
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
  },
  'a sign-out of another account': async (page) => {
    await signInTo(page, 'app')
    await page.goto(`${ui}/logout`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/login\?flow=/)
    await signIn(page, await createPerson('oauth2'), ui)
    await page.goto(`${APPLICATION}/logout`)
  },
  'a sign-out that is over': (page) => page.goto(`${ui}/logout?logout_challenge=never-was`),
  'the code of a device': (page) => openDevice(page, false),
  'the code of a device, filled in': (page) => openDevice(page, true),
  'the code of a device, wrong': async (page) => {
    await openDevice(page, false)
    await page.getByLabel('Code').fill('BBBB-BBBB')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText('This code is wrong')).toBeVisible()
  },
  'a device from nowhere': (page) => page.goto(`${ui}/device`),
  'a device that is connected': (page) => page.goto(`${ui}/device/success`),
  'no connected application': async (page) => {
    await signIn(page, await createPerson('oauth2'), ui)
    await page.goto(`${ui}/applications`)
  },
  'connected applications': async (page) => {
    await signInTo(page, 'hostile')
    await startAt(page, 'client=app&scope=openid%20email%20photos.read%20offline_access')
    await consentFor(page, { remember: true })
    await shownBy(page)
    await page.goto(`${ui}/applications`)
  },
}

for (const [name, open] of Object.entries(STATES)) {
  test(`${name}: axe finds nothing, in light and dark; nothing is cut off on a narrow phone`, async ({
    page,
    guard,
  }) => {
    guard.allowConsole(/status of (404|410)/)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await open(page)
    await expectAccessible(page, 'light')
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await expectAccessible(page, 'dark')
    await page.setViewportSize({ width: 320, height: 640 })
    const widths = await page.evaluate(() => [document.scrollingElement?.scrollWidth, innerWidth])
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
  })
}
