import type { Page } from '@playwright/test'
import { expect, fillLogin, test, UI } from './fixtures.ts'
import { breakHydra, shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson, type Person } from './support/people.ts'

// Hydra or Kratos out of order, while somebody is asked what an application may do.
const { oauth2: ui } = UI

const allow = (page: Page) => page.getByRole('button', { name: 'Allow', exact: true })

async function toConsent(page: Page): Promise<Person> {
  const person = await createPerson('oauth2')
  await startAt(page, 'client=app')
  await fillLogin(page, person)
  await expect(allow(page)).toBeVisible()
  return person
}

test.afterEach(() => breakHydra())

for (const how of [500, 'hang'] as const) {
  test(`Hydra (${how}) when the page is opened, and when it is answered`, async ({ page, guard }) => {
    guard.allowConsole(/status of 503/)
    const person = await toConsent(page)
    const asked = page.url()
    await breakHydra(how)
    const response = await page.goto(asked)
    expect(response?.status()).toBe(503)
    await expect(page.getByText('the service that connects applications to your account')).toBeVisible()
    await expect(page.getByTestId('request-id')).toBeVisible()
    await breakHydra()
    await page.getByRole('link', { name: 'Try again' }).click()

    await expect(allow(page)).toBeVisible()
    await breakHydra(how)
    await allow(page).click()
    await expect(page.getByText('the service that connects applications to your account')).toBeVisible({
      timeout: 15_000,
    })
    await breakHydra()
    await page.getByRole('link', { name: 'Try again' }).click()
    await allow(page).click()
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })
}

test('Hydra takes no answers: nothing is lost, and the page says so', async ({ page }) => {
  const person = await toConsent(page)
  await breakHydra('read-only')
  await allow(page).click()
  await expect(page.getByText('Please decide once more')).toBeVisible()
  await breakHydra()
  await allow(page).click()
  expect((await shownBy(page)).claims?.sub).toBe(person.id)
})

test('Kratos, which alone knows who is signed in', async ({ page, guard }) => {
  guard.allowConsole(/status of 503/)
  const person = await toConsent(page)
  await page.context().addCookies([{ name: 'e2e_fault', value: 'down', url: ui }])
  await allow(page).click()
  await expect(page.getByText('the service that keeps your account')).toBeVisible()
  await page.context().clearCookies({ name: 'e2e_fault' })
  await page.getByRole('link', { name: 'Try again' }).click()
  await allow(page).click()
  expect((await shownBy(page)).claims?.sub).toBe(person.id)
})
