import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { admin, createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'

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

test('an address that is taken is said so', async ({ page, person, javaScriptEnabled }) => {
  await page.goto('/registration')
  await page.locator('input[name="traits.email"]').fill(person.email)
  await page.locator('input[name="password"]').fill(newPerson().password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/4000007')).toBeVisible()
  await expect(page.locator('input[name="password"]')).toHaveValue('')
  // Kratos gives nothing back here; where JavaScript runs, the address is still there.
  if (javaScriptEnabled) await expect(page.locator('input[name="traits.email"]')).toHaveValue(person.email)
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
  await expect(page.locator('time')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/)
  for (const path of ['/settings', '/sessions', '/logout']) {
    await expect(page.locator(`main a[href^="${path}"]`)).toHaveCount(1)
  }
})

test('sessions shows this one and the others', async ({ page, person, browser }) => {
  await page.goto('/sessions')
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
  await expect(page.getByText('You are not signed in anywhere else.')).toBeVisible()
  await expect(page.locator('pre')).toContainText(person.email)
  const other = await browser.newContext({ userAgent: 'Another browser/1.0' })
  await signIn(await other.newPage(), person)
  await page.reload()
  await expect(page.getByText('Another browser/1.0')).toBeVisible()
  await other.close()
})

test('the front door leads to the login, or to the account', async ({ page, person, request }) => {
  expect(await (await request.get('/')).text()).toContain('data-testid="app-express"')
  await page.goto('/')
  await expect(page).toHaveURL(/\/login\?flow=/)
  await fillLogin(page, person)
  await page.goto('/')
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
})

test.describe('sign-out', () => {
  test('a link on a page signs out at once', async ({ page, person, guard }) => {
    guard.allowHost('www.example.org')
    await signIn(page, person)
    await page.locator('a[href*="logout"]').click()
    await expect(page).toHaveURL(/\/login\?flow=/)
    expect(await whoami(page)).toBeUndefined()

    await signIn(page, person)
    await page.goto(`/settings?return_to=${encodeURIComponent('https://www.example.org')}`)
    await page.locator('a[href*="logout"]').click()
    await expect(page).toHaveURL('https://www.example.org')
  })

  test('the page asks first, and the button signs out', async ({ page, person }) => {
    await signIn(page, person)
    await page.goto('/logout')
    await expect(page.getByText('Do you want to sign out?')).toBeVisible()
    expect(await whoami(page)).toBeDefined()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/login\?flow=/)
    expect(await whoami(page)).toBeUndefined()
  })

  test('another site cannot sign anybody out by a link', async ({ page, person }) => {
    await signIn(page, person)
    // http://ui.example.localhost is another site than http://localhost.
    await page.goto(`${UI.subdomains}/welcome`)
    await page.evaluate((href) => {
      document.querySelector('main')?.insertAdjacentHTML('beforeend', `<a href="${href}">trap</a>`)
    }, `${UI.sameOrigin}/logout`)
    await page.getByRole('link', { name: 'trap' }).click()
    await expect(page.getByText('Do you want to sign out?')).toBeVisible()
    expect(await whoami(page)).toBeDefined()
  })

  test('a session that is gone already is no error', async ({ page, person }) => {
    await page.goto('/logout')
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
    await signIn(page, person)
    await admin('sameOrigin', 'DELETE', `/identities/${person.id}/sessions`)
    await page.goto('/logout')
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  })

  test('a forbidden return_to is refused, with a way to sign out', async ({ page, person, guard }) => {
    guard.allowConsole(/status of 400/)
    await signIn(page, person)
    const response = await page.goto('/logout?return_to=https%3A%2F%2Fnot-allowed')
    expect(response?.status()).toBe(400)
    await page.getByRole('link', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/login\?flow=/)
  })
})

test('the subdomain set-up: Kratos on a host of its own', async ({ page }) => {
  const person = await createPerson('subdomains')
  await page.goto(`${UI.subdomains}/login?return_to=${encodeURIComponent(`${UI.subdomains}/sessions`)}`)
  await expect(page.locator('form').first()).toHaveAttribute(
    'action',
    /^http:\/\/kratos\.example\.localhost:4543\//,
  )
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

test('where passkeys are offered, the password works with JavaScript off', async ({
  page,
  javaScriptEnabled,
}) => {
  const person = await createPerson('passkeys')
  await page.goto(`${UI.passkeys}/login`)
  const passkey = page.locator('button[name="passkey_login_trigger"]')
  if (javaScriptEnabled) await expect(passkey).toBeVisible()
  else await expect(passkey).toBeHidden()
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.passkeys}/welcome`)
})
