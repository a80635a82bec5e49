import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

// Nothing depends on SQLite or on --dev: the journeys of every day on PostgreSQL, with Kratos as it is deployed.
const { production: ui } = UI

test('on PostgreSQL, without --dev: sign-up, settings, sign-out, sign-in', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto(`${ui}/registration?return_to=%2Fsessions`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${ui}/sessions`)

  await page.goto(`${ui}/settings`)
  await page.locator('input[name="traits.name.first"]').fill('Ada')
  await page.locator('button[name="method"][value="profile"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  await page.locator('a[href*="logout"]').click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  // Without --dev, Kratos's cookies are Secure: browsers keep them on http://localhost.
  const cookies = await page.context().cookies(ui)
  expect(cookies.filter(({ name }) => name.startsWith('csrf_token')).every(({ secure }) => secure)).toBe(true)

  await fillLogin(page, { email, password: 'not the password' })
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  await fillLogin(page, { email, password })
  await expect(page.getByTestId('session-name')).toHaveText(email)
})

test('on PostgreSQL, without --dev: a forgotten password', async ({ page }) => {
  const person = await createPerson('production')
  await page.goto(`${ui}/recovery?return_to=%2Fsessions`)
  await page.locator('input[name="email"]').fill(person.email)
  await page.locator('button[name="method"][value="code"]').click()
  await page.locator('input[name="code"]').fill(await codeFor(person.email))
  await page.locator('input[name="code"]').press('Enter')
  await expect(page.getByTestId('ui/message/1060001')).toBeVisible()
  const { password } = newPerson()
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${ui}/sessions`)
  await page.context().clearCookies()
  await signIn(page, { ...person, password }, ui)
})

test('on PostgreSQL, without --dev: a second factor', async ({ page }) => {
  const person = await createPerson('production')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  const secret = await enrolTotp(page)
  await page.context().clearCookies()
  await signIn(page, person, ui)
  await page.goto(`${ui}/login?aal=aal2&return_to=%2Fsessions`)
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await page.locator('button[name="method"][value="totp"]').click()
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
})
