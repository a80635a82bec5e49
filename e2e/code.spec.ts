import type { Page } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { resendCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const { code: ui } = UI
const code = (page: Page) => page.locator('input[name="code"]')
const method = (page: Page) => page.locator('button[name="method"][value="code"]')
const resend = (page: Page) => page.locator('button[name="resend"]')

test('a code by mail signs in: a wrong one, another mail, then the right one', async ({ page }) => {
  const { email } = await createPerson('code')
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(email)
  await method(page).click()
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await expectCodeStep(page)
  await expect(page.getByTestId('flow-identifier')).toContainText(email)

  await code(page).fill('000000')
  await code(page).press('Enter')
  await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
  await expect(page.getByTestId('flow-identifier')).toContainText(email)
  await codeFor(email)

  await resendCode(page)
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await expectCodeStep(page)
  await code(page).fill(await codeFor(email, 2))
  await code(page).press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
  const session = await whoami(page)
  expect(session?.authenticator_assurance_level).toBe('aal1')
})

test('a code by mail makes an account', async ({ page }) => {
  const { email } = newPerson()
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="traits.name.first"]').fill('Ada')
  await method(page).click()
  await expect(page.getByTestId('ui/message/1040005')).toBeVisible()
  await expectCodeStep(page)
  await expect(page.locator('input[type="hidden"][name="traits.email"]')).toHaveValue(email)

  await code(page).fill('000000')
  await code(page).press('Enter')
  await expect(page.getByTestId('ui/message/4040003')).toBeVisible()
  await codeFor(email)
  await resendCode(page)
  await expect(page.getByTestId('ui/message/1040005')).toBeVisible()
  await code(page).fill(await codeFor(email, 2))
  await code(page).press('Enter')
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(email)
  await expect(page.getByTestId('session-methods')).toHaveText('One-time code')
})

test('a wrong address can be changed, and return_to is kept', async ({ page }) => {
  const { email } = await createPerson('code')
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(newPerson().email)
  await method(page).click()
  await expect(page.getByTestId('ui/message/4000035')).toBeVisible()
  // Kratos hides the field with the wrong address: without a way back there would be none.
  await page.getByTestId('not-you-link').click()
  await page.locator('input[name="identifier"]').fill((await createPerson('code')).email)
  await method(page).click()
  await page.getByTestId('not-you-link').click()
  await page.locator('input[name="identifier"]').fill(email)
  await method(page).click()
  await expect(page.getByTestId('flow-identifier')).toContainText(email)
  await code(page).fill(await codeFor(email))
  await code(page).press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)

  await page.context().clearCookies()
  await page.goto(`${ui}/registration?return_to=%2Fsessions`)
  await page.locator('input[name="traits.email"]').fill(newPerson().email)
  await method(page).click()
  await expect(code(page)).toBeVisible()
  await page.getByTestId('start-over-link').click()
  await expect(page.locator('input[name="traits.email"]')).toBeVisible()
  await expect(page.getByTestId('cta-link')).toHaveAttribute('href', '/login?return_to=%2Fsessions')
})

test('the password still signs in, and Enter means it', async ({ page }) => {
  const person = await createPerson('code')
  await page.goto(`${ui}/login`)
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByLabel('Password').press('Enter')
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-methods')).toHaveText('Password')
})

/** The step of the code: its field helps phones and keyboards, and another mail is the second choice. */
async function expectCodeStep(page: Page): Promise<void> {
  await expect(code(page)).toBeFocused()
  await expect(code(page)).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(code(page)).toHaveAttribute('inputmode', 'numeric')
  await expect(page.locator('form button').first()).toHaveAttribute('value', 'code')
  await expect(method(page)).toHaveClass(/button-primary/)
  await expect(resend(page)).toHaveClass(/button-secondary/)
}
