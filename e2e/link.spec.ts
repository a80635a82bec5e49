import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { codeFor, linkFor } from './support/mailbox.ts'
import { createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const { link: ui } = UI
const method = (page: Page, name: string) => page.locator(`button[name="method"][value="${name}"]`)

test('a forgotten password: a link by mail, then a new password, and return_to is kept', async ({ page }) => {
  const person = await createPerson('link')
  await askForRecovery(page, person.email)
  await page.goto(await linkFor(person.email))
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await expect(page.getByTestId('ui/message/1060001')).toBeVisible()
  const { password } = newPerson()
  await page.locator('input[name="password"]').fill(password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(`${ui}/sessions`)

  await page.context().clearCookies()
  await signIn(page, { ...person, password }, ui)
})

test('the link of a recovery opens on another device, once', async ({ page, browser, javaScriptEnabled }) => {
  const person = await createPerson('link')
  await askForRecovery(page, person.email)
  const link = await linkFor(person.email)
  const other = await browser.newContext({ javaScriptEnabled })
  const phone = await other.newPage()
  await phone.goto(link)
  await expect(phone).toHaveURL(/\/settings\?flow=/)
  await expect(phone.getByTestId('ui/message/1060001')).toBeVisible()
  await other.close()

  await test.step('the used link says so, and leads to a new one', async () => {
    await page.goto(link)
    await expect(page).toHaveURL(/\/recovery\?flow=/)
    await expect(page.getByTestId('ui/message/4060004')).toBeVisible()
    await page.locator('input[name="email"]').fill(person.email)
    await method(page, 'link').click()
    await expect(page.getByTestId('ui/message/1060002')).toBeVisible()
    await page.goto(await linkFor(person.email, 2))
    await expect(page).toHaveURL(/\/settings\?flow=/)
  })
})

test('a mail scanner that only asks for the head of a link does not use it up', async ({ page, request }) => {
  const person = await createPerson('link')
  await askForRecovery(page, person.email)
  const link = await linkFor(person.email)
  const answer = await request.head(link, { maxRedirects: 0 })
  expect(answer.status()).toBe(405)
  await page.goto(link)
  await expect(page.getByTestId('ui/message/1060001')).toBeVisible()
})

test('a recovery of an address that nobody has looks like one that somebody has', async ({ page }) => {
  const seen: string[] = []
  for (const email of [(await createPerson('link')).email, newPerson().email]) {
    await askForRecovery(page, email)
    await expect(page.locator('main').getByRole('alert')).toHaveCount(0)
    seen.push((await page.locator('main').ariaSnapshot()).replaceAll(email, 'ADDRESS').replace(/flow=[\w-]{36}/g, ''))
  }
  expect(seen[1]).toBe(seen[0])
})

test('verifying an address by link, and return_to is kept', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  await linkFor(email)
  await page.goto(`${ui}/verification?return_to=%2Fsessions`)
  await page.locator('input[name="email"]').fill(email)
  await method(page, 'link').click()
  await expect(page.getByTestId('ui/message/1080001')).toBeVisible()
  const link = await linkFor(email, 2)
  await page.goto(link)
  await expect(page.getByTestId('ui/message/1080002')).toBeVisible()
  await page.getByTestId('node/anchor/continue').click()
  await expect(page).toHaveURL(`${ui}/sessions`)

  await page.goto(link)
  await expect(page.getByTestId('ui/message/4070001')).toBeVisible()
  await expect(page.locator('input[name="email"]')).toBeVisible()
})

test('the link of a verification opens on another device', async ({ page, browser, javaScriptEnabled }) => {
  const person = await createPerson('link')
  await page.goto(`${ui}/verification`)
  await page.locator('input[name="email"]').fill(person.email)
  await method(page, 'link').click()
  await expect(page.getByTestId('ui/message/1080001')).toBeVisible()
  const other = await browser.newContext({ javaScriptEnabled })
  const phone = await other.newPage()
  await phone.goto(await linkFor(person.email))
  await expect(phone.getByTestId('ui/message/1080002')).toBeVisible()
  await phone.getByTestId('node/anchor/continue').click()
  await expect(phone).toHaveURL(/\/(welcome|login\?flow=)/)
  await other.close()
})

test('a code by mail is a second factor', async ({ page }) => {
  const person = await createPerson('link')
  await page.goto(`${ui}/login`)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${ui}/welcome`)
  await page.goto(`${ui}/login?aal=aal2&return_to=%2Fsessions`)
  await page.locator('button[name="address"]').click()
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  const code = page.locator('input[name="code"]')
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(page.locator('button[name="resend"]')).toHaveClass(/button-secondary/)
  await code.fill('000000')
  await code.press('Enter')
  await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
  await code.fill(await codeFor(person.email))
  await code.press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
})

async function askForRecovery(page: Page, email: string): Promise<void> {
  await page.goto(`${ui}/recovery?return_to=%2Fsessions`)
  await page.locator('input[name="email"]').fill(email)
  await method(page, 'link').click()
  await expect(page.getByTestId('ui/message/1060002')).toBeVisible()
}
