import type { Page } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { enterCode, resendCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { newPerson, newPhone } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const { sms: ui } = UI
const method = (page: Page, name: string) => page.locator(`button[name="method"][value="${name}"]`)

test('sign-up with a phone, verified by a code in a text message', async ({ page }) => {
  const phone = await signUp(page)
  await expect(page).toHaveURL(/\/verification\?flow=/)
  await expect(page.getByTestId('ui/message/1080003')).toBeVisible()
  await enterCode(page, '000000')
  await expect(page.getByTestId('ui/message/4070006')).toBeVisible()
  await enterCode(page, await codeFor(phone))
  await expect(page.getByTestId('ui/message/1080002')).toBeVisible()
  await page.getByTestId('node/anchor/continue').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(phone)
})

test('sign-in by a text message: a wrong code, another message, then the right one', async ({ page }) => {
  const phone = await signUp(page)
  await page.context().clearCookies()
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(phone)
  await method(page, 'code').click()
  // Kratos v1.3.1 speaks of an e-mail here, so the page itself says where the code went.
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await expect(page.getByTestId('flow-identifier')).toContainText(phone)
  await enterCode(page, '000000')
  await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
  await expect(page.getByTestId('flow-identifier')).toContainText(phone)
  await codeFor(phone, 2)
  await resendCode(page)
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await enterCode(page, await codeFor(phone, 3))
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal1')
})

test('a phone is found however its number is written', async ({ page }) => {
  const phone = await signUp(page)
  await page.context().clearCookies()
  await page.goto(`${ui}/login`)
  await page.locator('input[name="identifier"]').fill(`${phone.slice(0, 3)} ${phone.slice(3, 5)} ${phone.slice(5)}`)
  await method(page, 'code').click()
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await enterCode(page, await codeFor(phone, 2))
  await expect(page).toHaveURL(`${ui}/welcome`)
})

test('a sign-up with neither an address nor a phone says so, and goes on with one', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="password"]').fill(password)
  await method(page, 'password').click()
  await expect(page.getByTestId('ui/message/4000009')).toBeVisible()
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(/\/verification\?flow=/)
})

test('sign-up by a code to a phone works, or says that it does not and leads on', async ({ page, guard }) => {
  guard.allowConsole(/status of 500/)
  const phone = newPhone()
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.phone"]').fill(phone)
  await method(page, 'code').click()
  await expect(page).toHaveURL(/\/(error\?id|registration\?flow)=/)
  if (new URL(page.url()).pathname === '/error') {
    // v1.3.1 has no such text message: "Expected sms template but got <nil>".
    await expect(page.getByTestId('ui/error/message')).toBeVisible()
    await page.locator('main').getByRole('link').first().click()
    await expect(page.locator('form')).not.toHaveCount(0)
    return
  }
  await enterCode(page, await codeFor(phone))
  await expect(page).toHaveURL(`${ui}/welcome`)
})

/** Makes an account with a phone and a password. */
async function signUp(page: Page): Promise<string> {
  const phone = newPhone()
  await page.goto(`${ui}/registration`)
  const field = page.locator('input[name="traits.phone"]')
  await expect(field).toHaveAttribute('type', 'tel')
  await expect(field).toHaveAttribute('autocomplete', 'tel')
  await field.fill(phone)
  await page.locator('input[name="password"]').fill(newPerson().password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(/\/verification\?flow=/)
  await codeFor(phone)
  return phone
}
