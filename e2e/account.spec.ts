import { expect, fillLogin, test, UI } from './fixtures.ts'
import { admin, createPerson, newPerson } from './support/people.ts'

test('a newcomer signs up, and is signed in', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto('/registration')
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible()
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill('short')
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/4000032')).toBeVisible()
  await expect(page.locator('input[name="traits.email"]')).toHaveValue(email)
  await expect(page.locator('input[name="password"]')).toBeFocused()
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(email)
  const identities = await admin<{ traits: { email: string } }[]>(
    'sameOrigin',
    'GET',
    `/identities?credentials_identifier=${encodeURIComponent(email)}`,
  )
  expect(identities.map((identity) => identity.traits.email)).toEqual([email])
})

test('an address that is taken is said so, and leads to the login', async ({ page, person, javaScriptEnabled }) => {
  await page.goto('/registration?return_to=%2Fsessions')
  await page.locator('input[name="traits.email"]').fill(person.email)
  await page.locator('input[name="password"]').fill(newPerson().password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/4000007')).toBeVisible()
  await expect(page.locator('input[name="password"]')).toHaveValue('')
  await expect(page.getByText('There is an account already')).toBeVisible()
  // Kratos gives nothing back here; where JavaScript runs, the address is still there.
  if (javaScriptEnabled) await expect(page.locator('input[name="traits.email"]')).toHaveValue(person.email)
  await page.getByTestId('existing-account-link').click()
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
})

test('welcome says who is signed in, since when and how', async ({ page, person }) => {
  await page.goto('/welcome')
  await expect(page.getByText('You are not signed in.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Create an account' })).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await fillLogin(page, person)
  await expect(page.getByTestId('session-name')).toHaveText(person.email)
  await expect(page.getByTestId('session-methods')).toHaveText('Password')
  await expect(page.getByTestId('session-aal')).toHaveAttribute('data-aal', 'aal1')
  await expect(page.locator('time').first()).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/)
  for (const path of ['/settings', '/sessions', '/logout']) {
    await expect(page.locator(`main a[href^="${path}"]`)).toHaveCount(1)
  }
})

test('the front door leads to the login, or to the account', async ({ page, person, request }) => {
  expect(await (await request.get('/')).text()).toContain('data-testid="app-express"')
  await page.goto('/')
  await expect(page).toHaveURL(/\/login\?flow=/)
  await fillLogin(page, person)
  await page.goto('/')
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
})

test('the subdomain set-up: Kratos on a host of its own', async ({ page }) => {
  const person = await createPerson('subdomains')
  await page.goto(`${UI.subdomains}/login?return_to=${encodeURIComponent(`${UI.subdomains}/sessions`)}`)
  await expect(page.locator('form').first()).toHaveAttribute('action', /^http:\/\/kratos\.example\.localhost:4543\//)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.subdomains}/sessions`)
  await expect(page.getByTestId('session-name')).toHaveText(person.email)
  await page.goto(`${UI.subdomains}/settings`)
  await page.locator('input[name="traits.name.first"]').fill('Lin')
  await page.locator('button[name="method"][value="profile"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  await page.locator('a[href*="logout"]').click()
  await expect(page).toHaveURL(/^http:\/\/ui\.example\.localhost:4465\/login\?flow=/)
})

test('where passkeys are offered, the password works with JavaScript off', async ({ page, javaScriptEnabled }) => {
  const person = await createPerson('passkeys')
  await page.goto(`${UI.passkeys}/login`)
  const passkey = page.locator('button[name="passkey_login_trigger"]')
  if (javaScriptEnabled) await expect(passkey).toBeVisible()
  else await expect(passkey).toBeHidden()
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.passkeys}/welcome`)
})
