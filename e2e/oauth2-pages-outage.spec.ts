import { expect, fillLogin, test, UI } from './fixtures.ts'
import { APPLICATION } from './support/hydra/places.ts'
import { breakHydra, consentFor, hydraAdmin, shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'

// Hydra out of order on the pages of ours that ask it themselves. Only the stand-in for it can be broken at will.
const { oauth2: ui } = UI

test.afterEach(() => breakHydra())
test.beforeEach(({ guard }) => guard.allowConsole(/status of (404|503)/))

for (const how of [500, 501, 'hang'] as const) {
  test.describe(`Hydra answers ${how}`, () => {
    test('a sign-out: nothing ends before it can be asked about', async ({ page }) => {
      const person = await createPerson('oauth2')
      await startAt(page, 'client=app')
      await fillLogin(page, person)
      await consentFor(page)
      await shownBy(page)
      await page.goto(`${APPLICATION}/logout`)
      await breakHydra(how)
      const response = await page.reload({ timeout: 10_000 })
      expect(response?.status()).toBe(503)
      await expect(page.getByRole('heading', { name: 'Not available right now' })).toBeVisible()
      await expect(page.getByTestId('request-id')).toBeVisible()
      await breakHydra()
      await page.getByRole('link', { name: 'Try again' }).click()

      await breakHydra(how)
      await page.getByRole('button', { name: 'Sign out' }).click({ timeout: 20_000 })
      await expect(page.getByRole('heading', { name: 'Not available right now' })).toBeVisible()
      expect(await whoami(page)).toBeDefined()
      await breakHydra()
      await page.getByRole('link', { name: 'Try again' }).click()
      await expect(page.getByRole('status')).toContainText('cannot be reached')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page).toHaveURL(`${APPLICATION}/goodbye?state=after-logout`)
    })

    test('a code of a device: it can be sent once more', async ({ page }) => {
      const person = await createPerson('oauth2')
      const started = await page.request.get(`${APPLICATION}/device/start?client=direct-device`)
      const device = (await started.json()) as { user_code: string; verification_uri: string }
      await page.goto(device.verification_uri)
      await breakHydra(how)
      await page.getByLabel('Code').fill(device.user_code)
      await page.getByRole('button', { name: 'Continue' }).click({ timeout: 10_000 })
      await expect(page.getByRole('status')).toContainText('cannot be reached')
      await breakHydra()
      await page.getByLabel('Code').fill(device.user_code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await fillLogin(page, person)
      await expect(page).toHaveURL(`${ui}/device/success`)
    })

    test('the connected applications: nothing is taken back, and the page says so', async ({ page }) => {
      const person = await createPerson('oauth2')
      await startAt(page, 'client=direct')
      await fillLogin(page, person)
      await shownBy(page)
      await page.goto(`${ui}/applications`)
      await breakHydra(how)
      await page.getByRole('button', { name: 'Remove all access' }).click({ timeout: 20_000 })
      await expect(page.getByRole('heading', { name: 'Not available right now' })).toBeVisible()
      await breakHydra()
      await page.getByRole('link', { name: 'Try again' }).click()
      await expect(page.getByRole('status')).toContainText('Nothing has been changed.')
      const subject = new URLSearchParams({ subject: person.id })
      expect(await hydraAdmin<unknown[]>('GET', `/sessions/consent?${subject}`)).toHaveLength(1)
    })
  })
}
