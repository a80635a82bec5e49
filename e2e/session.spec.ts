import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { enterCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { newPerson } from './support/people.ts'
import { authenticatedAt, whoami } from './support/sessions.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

test('promise: session already there', async ({ page, person }) => {
  await signIn(page, person)
  const before = await authenticatedAt(page)

  await page.goto('/login')
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await page.goto('/login?return_to=%2Fsessions')
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)

  await page.goto('/login?refresh=true')
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await expect(page.getByTestId('logout-link')).toBeVisible()
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: /^sign in/i }).click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  expect(await authenticatedAt(page)).toBeGreaterThan(before)
})

test('a login form that was left open leads on when somebody is signed in by now', async ({ page, person }) => {
  await page.goto('/login')
  const otherTab = await page.context().newPage()
  await signIn(otherTab, person)
  // Kratos has a new CSRF token since then, so the old flow is refused, and the fresh one is not needed.
  await page.reload()
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await expect(page.getByRole('status')).toContainText('You are already signed in')
})

test('asking for a new account while signed in says why nothing happens, and how to get one', async ({
  page,
  person,
}) => {
  await signIn(page, person)
  // With a return_to, Kratos leads on to that.
  await page.goto('/registration')
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await expect(page.getByRole('status')).toContainText('You are already signed in')
  await page.getByRole('link', { name: 'Sign out and create an account' }).click()
  await expect(page).toHaveURL(/\/registration\?flow=/)
  expect(await whoami(page)).toBeUndefined()
})

test('asking for a recovery while signed in leads to a new password, and return_to is kept', async ({
  page,
  person,
}) => {
  await signIn(page, person)
  await page.goto('/recovery?return_to=%2Fsessions')
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await expect(page.getByRole('status')).toContainText('You are already signed in')
  const settings = page.getByRole('link', { name: 'Change the password' })
  const signOut = page.getByRole('link', { name: 'Sign out and recover the account' })
  await expect(signOut).toBeVisible()
  await settings.click()
  await expect(page).toHaveURL(/\/settings\?flow=[\w-]+#settings-password$/)
  await page.locator('input[name="password"]').fill(newPerson().password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)

  await page.goto('/recovery?return_to=%2Fsessions')
  await signOut.click()
  await expect(page).toHaveURL(/\/recovery\?flow=/)
  expect(await whoami(page)).toBeUndefined()
  await page.locator('input[name="email"]').fill(person.email)
  await page.locator('button[name="method"][value="code"]').click()
  await enterCode(page, await codeFor(person.email))
  await page.locator('input[name="password"]').fill(newPerson().password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
})

test('promise: aal=aal2 without a session', async ({ page, person }) => {
  await page.goto('/login?aal=aal2&return_to=%2Fsessions')
  await expect(page).toHaveURL(/\/login\?flow=/)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
})

test('promise: aal=aal2 with TOTP enrolled', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/settings')
  const secret = await enrolTotp(page)
  await page.locator('button[name="lookup_secret_regenerate"]').click()
  await page.locator('button[name="lookup_secret_confirm"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  await page.context().clearCookies()

  await signIn(page, person)
  await expect(page.getByTestId('session-aal')).toHaveAttribute('data-aal', 'aal1')
  await page.goto('/login?aal=aal2&return_to=%2Fsessions')
  await expect(page.getByRole('heading', { name: 'Two-Factor Authentication' })).toBeVisible()
  await expect(page.getByTestId('ui/message/1010004')).toBeVisible()
  await expect(page.locator('input[name="totp_code"]')).toBeVisible()
  await expect(page.locator('input[name="lookup_secret"]')).toBeVisible()
  await expect(page.getByTestId('logout-link')).toBeVisible()

  await page.locator('input[name="totp_code"]').fill('000000')
  await page.locator('button[name="method"][value="totp"]').click()
  await expect(page.getByTestId('ui/message/4000008')).toBeVisible()
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await page.locator('button[name="method"][value="totp"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
  await expect(page.getByTestId('session-aal').first()).toHaveAttribute('data-aal', 'aal2')
})
