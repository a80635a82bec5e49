import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { resendCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, createUnverified, newPerson } from './support/people.ts'

const TARGET = 'https://www.example.org/after?a=1&b=2'
const WITH_TARGET = `return_to=${encodeURIComponent(TARGET)}`
const method = (page: Page) => page.locator('button[name="method"][value="code"]')
const passed = (page: Page) => page.getByTestId('ui/message/1080002')
const goOn = (page: Page) => page.getByTestId('node/anchor/continue')

test.beforeEach(({ guard }) => guard.allowHost('www.example.org'))

async function askForCode(page: Page, email: string): Promise<void> {
  await page.locator('input[name="email"]').fill(email)
  await method(page).click()
  await expect(page.getByTestId('ui/message/1080003')).toBeVisible()
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.locator('input[name="code"]').fill(code)
  await page.locator('input[name="code"]').press('Enter')
}

test('a sign-up leads to the verification, and from there to return_to', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto(`${UI.verified}/registration?${WITH_TARGET}`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(/\/verification\?flow=/)
  await expect(page.locator('input[name="code"]')).toBeFocused()
  await enterCode(page, '000000')
  await expect(page.getByTestId('ui/message/4070006')).toBeVisible()
  await enterCode(page, await codeFor(email))
  await expect(passed(page)).toBeVisible()
  await goOn(page).click()
  await expect(page).toHaveURL(TARGET)
})

test('login, registration, verification, settings: return_to arrives at the end', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto(`${UI.verified}/settings?${WITH_TARGET}`)
  await page.getByTestId('signup-link').click()
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await enterCode(page, await codeFor(email))
  await goOn(page).click()
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await page.locator('input[name="password"]').fill(newPerson().password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(TARGET)
})

test('a login that wants a verified address leads to the verification, and back', async ({
  page,
  javaScriptEnabled,
}) => {
  const person = await createUnverified('verified')
  await page.goto(`${UI.verified}/login?${WITH_TARGET}`)
  await fillLogin(page, person)
  await expect(page.getByTestId('ui/message/4000010')).toBeVisible()
  await page.getByTestId('verification-link').click()
  // An island fills in what was typed a page before.
  if (javaScriptEnabled) await expect(page.locator('input[name="email"]')).toHaveValue(person.email)
  await askForCode(page, person.email)
  await enterCode(page, await codeFor(person.email))
  await expect(passed(page)).toBeVisible()
  await goOn(page).click()
  await fillLogin(page, person)
  await expect(page).toHaveURL(TARGET)
})

test('another code, and another address', async ({ page }) => {
  const [person, other] = [await createUnverified('verified'), await createUnverified('verified')]
  await page.goto(`${UI.verified}/verification?return_to=%2Flogin`)
  await askForCode(page, other.email)
  await page.getByTestId('start-over-link').click()
  await askForCode(page, person.email)
  const first = await codeFor(person.email)
  await resendCode(page)
  await expect(page.getByTestId('ui/message/1080003')).toBeVisible()
  const second = await codeFor(person.email, 2)
  await enterCode(page, first)
  await expect(page.getByTestId('ui/message/4070006')).toBeVisible()
  await enterCode(page, second)
  await expect(passed(page)).toBeVisible()
})

test('an address that nobody has gets the same answer', async ({ page }) => {
  await page.goto('/verification')
  await askForCode(page, newPerson().email)
  await enterCode(page, '000000')
  await expect(page.getByTestId('ui/message/4070006')).toBeVisible()
})

test('an address that is verified already can be verified once more, and a flow that has passed says so', async ({
  page,
  person,
}) => {
  await signIn(page, person)
  await page.goto('/verification?return_to=%2Fsessions')
  await askForCode(page, person.email)
  await enterCode(page, await codeFor(person.email))
  await expect(passed(page)).toBeVisible()
  await page.reload()
  await expect(passed(page)).toBeVisible()
  await goOn(page).click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
})

test('an address that was changed in the settings is verified', async ({ page }) => {
  const person = await createPerson('verified')
  const { email } = newPerson()
  await signIn(page, person, UI.verified)
  await page.goto(`${UI.verified}/settings`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('button[name="method"][value="profile"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  // Kratos sends the code for a flow that it names in `continue_with` only: the person asks for one of their own.
  await codeFor(email)
  await page.goto(`${UI.verified}/verification?return_to=%2Fsettings`)
  await askForCode(page, email)
  await enterCode(page, await codeFor(email, 2))
  await expect(passed(page)).toBeVisible()
  await goOn(page).click()
  await expect(page).toHaveURL(/\/settings\?flow=/)
})
