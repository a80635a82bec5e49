import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { admin, createPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { enrolTotp } from './support/totp.ts'

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

test('the sign-out page asks first, and the button signs out', async ({ page, person }) => {
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
    const trap = Object.assign(document.createElement('a'), { href, textContent: 'trap' })
    // Not in what React looks after: it may not have come yet.
    document.body.append(trap)
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

for (const path of ['/welcome', '/sessions', '/settings', '/login?refresh=true']) {
  test(`a sign-out from ${path}`, async ({ page, person }) => {
    await signIn(page, person)
    await page.goto(path)
    await page.locator('a[href^="/logout"]').click()
    await expect(page).toHaveURL(/\/login\?flow=[0-9a-f-]{36}$/)
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(await whoami(page)).toBeUndefined()
  })
}

test('a sign-out from the second factor, to return_to', async ({ page, guard }) => {
  guard.allowHost('www.example.org')
  const person = await createPerson('strict')
  await signIn(page, person, UI.strict)
  await page.goto(`${UI.strict}/settings`)
  await enrolTotp(page)
  await page.context().clearCookies()
  const target = 'https://www.example.org/out'
  await page.goto(`${UI.strict}/login`)
  await fillLogin(page, person)
  await page.goto(`${UI.strict}/login?aal=aal2&return_to=${encodeURIComponent(target)}`)
  await page.getByTestId('logout-link').click()
  await expect(page).toHaveURL(target)
  await page.goto(`${UI.strict}/settings`)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('a form that was opened before the sign-in has a way to sign out', async ({ page, person }) => {
  await page.goto('/verification')
  const open = page.url()
  await signIn(page, person)
  await page.goto('/verification')
  expect(page.url()).not.toBe(open)
  await expect(page.getByRole('status')).toContainText(`You are signed in as ${person.email}.`)
  await page.locator('a[href^="/logout"]').click()
  await expect(page).toHaveURL(/\/login\?flow=/)
})

test('the sign-out of another session is refused, with a way to sign out of this one', async ({
  page,
  person,
  browser,
  guard,
}) => {
  guard.allowConsole(/status of 403/)
  const other = await browser.newContext()
  const otherPage = await other.newPage()
  await signIn(otherPage, person)
  const answer = await otherPage.request.get('/self-service/logout/browser', {
    headers: { Accept: 'application/json' },
  })
  const { logout_url: foreign } = (await answer.json()) as { logout_url: string }
  await signIn(page, person)
  await page.goto(foreign)
  await expect(page).toHaveURL(/\/error\?id=/)
  await expect(page.getByTestId('ui/error/message')).toContainText('logout token')
  expect(await whoami(page)).toBeDefined()
  expect(await whoami(otherPage)).toBeDefined()
  await page.getByRole('link', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  expect(await whoami(page)).toBeUndefined()
  expect(await whoami(otherPage)).toBeDefined()
  await other.close()
})

test('the sign-out of a session that is over leads to the login', async ({ page, person }) => {
  await signIn(page, person)
  const answer = await page.request.get('/self-service/logout/browser', {
    headers: { Accept: 'application/json' },
  })
  const { logout_url: url } = (await answer.json()) as { logout_url: string }
  await page.context().clearCookies()
  await page.goto(url)
  await expect(page).toHaveURL(/\/login\?flow=/)
})
