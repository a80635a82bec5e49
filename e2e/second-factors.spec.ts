import type { Page } from '@playwright/test'
import { expect, fillLogin, test, UI } from './fixtures.ts'
import { enterCode, resendCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPhone, type Person } from './support/people.ts'
import { authenticatedAt, whoami } from './support/sessions.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

const { mfa: ui } = UI
const address = (page: Page, value?: string) =>
  page.locator(value ? `button[name="address"][value="${value}"]` : 'button[name="address"]')
const totp = (page: Page) => page.locator('input[name="totp_code"]')
const backupCode = (page: Page) => page.locator('input[name="lookup_secret"]')

test('a code as a second factor, to the e-mail address or to the phone', async ({ page }) => {
  const { person, phone } = await somebody()
  await startSecondFactor(page, person)
  await expect(page.getByTestId('ui/message/1010004')).toBeVisible()
  await expect(address(page)).toHaveCount(2)
  await address(page, phone).click()
  await expect(page.getByTestId('flow-identifier')).toContainText(phone)
  await enterCode(page, '000000')
  await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
  await expect(page.getByTestId('flow-identifier')).toContainText(phone)
  expect(await codeFor(phone)).toMatch(/^\d{6}$/)
  await resendCode(page)
  await expect(page.getByTestId('flow-identifier')).toContainText(phone)
  await codeFor(phone, 2)

  // Kratos shows no other way on this page.
  await page.getByTestId('another-way-link').click()
  await expect(address(page)).toHaveCount(2)
  await address(page, person.email).click()
  await expect(page.getByTestId('flow-identifier')).toContainText(person.email)
  await codeFor(person.email)
  await resendCode(page)
  await expect(page.getByTestId('flow-identifier')).toContainText(person.email)
  await enterCode(page, await codeFor(person.email, 2))
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')

  await page.context().clearCookies()
  await startSecondFactor(page, person)
  await address(page, phone).click()
  await enterCode(page, await codeFor(phone, 3))
  await expect(page).toHaveURL(`${ui}/sessions`)
})

test('each second factor is on one page with the others, also after an error', async ({ page, javaScriptEnabled }) => {
  const { person, phone } = await somebody()
  const { secret, codes } = await enrolBoth(page, person)
  // As apps and print-outs show them: JavaScript takes the blank out.
  const typed = (code: string) => (javaScriptEnabled ? `${code.slice(0, 3)} ${code.slice(3)}` : code)
  const inReach = async () => {
    await expect(totp(page)).toBeVisible()
    await expect(backupCode(page)).toBeVisible()
    await expect(address(page, person.email)).toBeVisible()
    await expect(address(page, phone)).toBeVisible()
  }
  await page.context().clearCookies()
  await startSecondFactor(page, person)
  await inReach()
  await totp(page).fill('000000')
  await totp(page).press('Enter')
  await expect(page.getByTestId('ui/message/4000008')).toBeVisible()
  await expect(totp(page)).toBeFocused()
  await inReach()
  await backupCode(page).fill('nosuchcode')
  await backupCode(page).press('Enter')
  await expect(page.getByTestId('ui/message/4000016')).toBeVisible()
  await expect(backupCode(page)).toBeFocused()
  await inReach()
  const shown = await totpCode(secret)
  await totp(page).fill(typed(shown))
  await expect(totp(page)).toHaveValue(shown)
  await totp(page).press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')

  await test.step('a backup code', async () => {
    await page.context().clearCookies()
    await startSecondFactor(page, person)
    await backupCode(page).fill(typed(codes[0] ?? ''))
    await expect(backupCode(page)).toHaveValue(codes[0] ?? '')
    await backupCode(page).press('Enter')
    await expect(page).toHaveURL(`${ui}/sessions`)
  })
  await test.step('a code to the phone, and from there back to the app', async () => {
    await page.context().clearCookies()
    await startSecondFactor(page, person)
    await address(page, phone).click()
    await page.getByTestId('another-way-link').click()
    await inReach()
    await totp(page).fill(await totpCode(secret))
    await totp(page).press('Enter')
    await expect(page).toHaveURL(`${ui}/sessions`)
  })
})

test('aal=aal2 with refresh=true asks for a second factor once more', async ({ page }) => {
  const { person } = await somebody()
  const { secret } = await enrolBoth(page, person)
  const before = await authenticatedAt(page)
  await page.goto(`${ui}/login?refresh=true&aal=aal2&return_to=%2Fsessions`)
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Two-Factor Authentication')
  await address(page, person.email).click()
  await page.getByTestId('another-way-link').click()
  await totp(page).fill(await totpCode(secret))
  await totp(page).press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect(await authenticatedAt(page)).toBeGreaterThan(before)
})

test('via names the address that a code goes to', async ({ page }) => {
  const { person, phone } = await somebody()
  await startSecondFactor(page, person)
  for (const [via, value] of [
    ['email', person.email],
    ['phone', phone],
  ] as const) {
    await page.goto(`${ui}/login?aal=aal2&via=${via}&return_to=%2Fsessions`)
    // v1.3.1 shows the button of that address; older versions have sent the code by now.
    await expect(address(page)).toHaveCount(1)
    await expect(address(page)).toHaveAttribute('value', value)
  }
  await address(page).click()
  await enterCode(page, await codeFor(phone))
  await expect(page).toHaveURL(`${ui}/sessions`)
})

async function somebody(): Promise<{ person: Person; phone: string }> {
  const phone = newPhone()
  return { person: await createPerson('mfa', { phone }), phone }
}

/** Signs in with a password, and stops where the second factor is asked for. */
async function startSecondFactor(page: Page, person: Person): Promise<void> {
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Two-Factor Authentication')
}

/** Sets up an authenticator app and backup codes, with a code by mail as the first second factor. */
async function enrolBoth(page: Page, person: Person): Promise<{ secret: string; codes: string[] }> {
  await startSecondFactor(page, person)
  await address(page, person.email).click()
  await enterCode(page, await codeFor(person.email))
  await page.goto(`${ui}/settings`)
  const secret = await enrolTotp(page)
  await page.locator('button[name="lookup_secret_regenerate"]').click()
  const list = page.getByTestId('node/text/lookup_secret_codes/text').locator('code')
  const codes = (await list.allInnerTexts()).flatMap((text) => text.split(/[\s,]+/))
  await page.locator('button[name="lookup_secret_confirm"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  return { secret, codes }
}
