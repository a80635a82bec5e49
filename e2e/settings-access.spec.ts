import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { admin, createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

test('promise: settings/browser signed out', async ({ page, person, guard }) => {
  guard.allowHost('www.example.org')
  await page.goto('/settings')
  await expect(page).toHaveURL(/\/login\?flow=/)
  await fillLogin(page, person)
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await page.context().clearCookies()

  // The settings' own return_to comes along, but after the settings, not instead of them.
  await page.goto(`/settings?return_to=${encodeURIComponent('https://www.example.org/done')}`)
  await fillLogin(page, person)
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await page.locator('input[name="password"]').fill(newPerson().password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL('https://www.example.org/done')
})

test('a settings page that was left open asks to sign in, and comes back', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/settings')
  const settings = page.url()
  await page.goto('/logout')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  await page.goto(settings)
  await expect(page).toHaveURL(/\/login\?flow=/)
  await fillLogin(page, person)
  await expect(page).toHaveURL(/\/settings\?flow=/)
})

test('promise: settings with required_aal: highest_available and an AAL1 session', async ({ page }) => {
  const person = await createPerson('strict')
  await signIn(page, person, UI.strict)
  await page.goto(`${UI.strict}/settings`)
  const secret = await enrolTotp(page)
  await page.context().clearCookies()

  await page.goto(`${UI.strict}/login`)
  await fillLogin(page, person)
  // Every session check wants the second factor as well: the welcome page leads to it.
  await expect(page.getByRole('heading', { name: 'Two-Factor Authentication' })).toBeVisible()
  await page.goto(`${UI.strict}/settings`)
  await expect(page.getByRole('heading', { name: 'Two-Factor Authentication' })).toBeVisible()
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await page.locator('button[name="method"][value="totp"]').click()
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await expect(page.locator('input[name="traits.email"]')).toHaveValue(person.email)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
  await page.context().clearCookies()

  // The sessions page wants it as well, and is the way back.
  await page.goto(`${UI.strict}/sessions`)
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: 'Two-Factor Authentication' })).toBeVisible()
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await page.locator('button[name="method"][value="totp"]').click()
  await expect(page).toHaveURL(`${UI.strict}/sessions`)
})

test('promise: settings past privileged_session_max_age', async ({ page }) => {
  const person = await createPerson('privileged')
  const next = newPerson().password
  await signIn(page, person, UI.privileged)
  await page.waitForTimeout(1_500)
  await page.goto(`${UI.privileged}/settings`)
  await page.locator('input[name="password"]').fill(next)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: /^sign in/i }).click()
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`${UI.privileged}/login`)
  await fillLogin(page, { email: person.email, password: next })
  await expect(page).toHaveURL(`${UI.privileged}/welcome`)
})

test('a new address that needs a fresh sign-in is saved after it', async ({ page }) => {
  const person = await createPerson('privileged')
  const { email } = newPerson()
  await signIn(page, person, UI.privileged)
  await page.waitForTimeout(1_500)
  await page.goto(`${UI.privileged}/settings`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('button[name="method"][value="profile"]').click()
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: /^sign in/i }).click()
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  await expect(page.locator('input[name="traits.email"]')).toHaveValue(email)

  await page.context().clearCookies()
  await signIn(page, { ...person, email }, UI.privileged)
})

test('promise: settings flow of another identity', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/settings')
  const foreign = page.url()
  const other = await createPerson()
  await page.context().clearCookies()
  await signIn(page, other)
  await page.goto(foreign)
  await expect(page).toHaveURL(/\/settings\?flow=/)
  expect(page.url()).not.toBe(foreign)
  await expect(page.getByRole('status')).toContainText('You changed accounts')
  await expect(page.locator('input[name="traits.email"]')).toHaveValue(other.email)
  const identity = await admin<{ traits: { email: string } }>('sameOrigin', 'GET', `/identities/${person.id}`)
  expect(identity.traits.email).toBe(person.email)
})
