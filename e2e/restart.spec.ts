import type { Page } from '@playwright/test'
import { expect, fillLogin, test, UI } from './fixtures.ts'
import { createPerson } from './support/people.ts'

test('promise: getLoginFlow 200 / 403 / 404 / 410', async ({ page, browser, guard, javaScriptEnabled }) => {
  guard.allowConsole(/status of 403/)
  const response = await page.goto('/login')
  expect(response?.status()).toBe(200)
  await expect(page.locator('input[name="identifier"]')).toBeVisible()

  // 403: the flow of another browser. A fresh one, and the second time the diagnosis page.
  const other = await browser.newContext()
  const otherPage = await other.newPage()
  await otherPage.goto(`${UI.sameOrigin}/login`)
  const foreign = otherPage.url()
  await other.close()
  await page.goto(foreign)
  await expect(page).toHaveURL(/\/login\?flow=/)
  expect(page.url()).not.toBe(foreign)
  await expect(page.getByRole('status')).toContainText('belonged to another browser')
  const again = await page.goto(foreign)
  await expect(page).toHaveURL(/\/diagnosis\?why=csrf/)
  expect(again?.status()).toBe(403)
  await page.getByRole('link', { name: 'Start over' }).click()
  await expect(page.locator('input[name="identifier"]')).toBeVisible()
  await page.context().clearCookies()

  // 404: an id that Kratos does not know.
  for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense', '%00', 'x'.repeat(3000)]) {
    await page.goto(`/login?flow=${id}`)
    await expect(page).toHaveURL(/\/login\?flow=[0-9a-f-]{36}$/)
    await expect(page.getByRole('status')).toContainText('no longer valid')
    await page.context().clearCookies()
  }

  await expiredFlow(page, javaScriptEnabled ?? true)
})

/** 410: a login flow that lives for four seconds. */
async function expiredFlow(page: Page, javaScriptEnabled: boolean): Promise<void> {
  const person = await createPerson('short')
  await page.goto(`${UI.short}/login?return_to=%2Fsessions&via=email`)
  const expired = page.url()
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.waitForTimeout(4_500)

  // 410 on GET: a fresh flow with the same parameters, one polite message, the identifier refilled.
  await page.goto(expired)
  await expect(page).toHaveURL(/\/login\?flow=/)
  expect(page.url()).not.toBe(expired)
  await expect(page.getByRole('status')).toHaveText('That page had expired, so here is a fresh one.')
  if (javaScriptEnabled) await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)

  // Expired on submit: Kratos makes the new flow itself, and says so.
  await page.waitForTimeout(4_500)
  await fillLogin(page, person)
  await expect(page.getByTestId('ui/message/4010001')).toBeVisible()
  if (javaScriptEnabled) await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.short}/sessions`)
}
