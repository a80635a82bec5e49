import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { APPLICATION } from './support/hydra/places.ts'
import { consentFor, hydraAdmin, shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson, type Person } from './support/people.ts'
import { enrolTotp } from './support/totp.ts'

// The applications that have access to an account, and how it is taken back.
const { oauth2: ui } = UI
const HERE = `${ui}/applications`

const entries = (page: Page) => page.getByTestId('connected-application')
const entry = (page: Page, name: string) => entries(page).filter({ hasText: name })
const removeAll = (page: Page) => page.getByRole('button', { name: 'Remove all access' })
const tokenOf = (page: Page) => page.locator('input[name="token"]').inputValue()

const consentsOf = ({ id }: Person) =>
  hydraAdmin<unknown[]>('GET', `/sessions/consent?${new URLSearchParams({ subject: id })}`)

/** Signs in to an application, which asks for the password even where it need not. */
async function connect(page: Page, person: Person, query: string, consent?: Record<string, unknown>): Promise<void> {
  await startAt(page, `${query}&prompt=login`)
  await fillLogin(page, person)
  if (consent) await consentFor(page, consent)
  await shownBy(page)
}

/** What the application is told of its access token. */
async function isActive(page: Page): Promise<boolean> {
  const answer = await page.request.get(`${APPLICATION}/introspect`)
  return ((await answer.json()) as { active: boolean }).active
}

// Nor is the consent page a subject here.
test.beforeEach(({ guard }) => guard.allowConsole(/status of 404/))

test('nobody has access to a new account', async ({ page }) => {
  const person = await createPerson('oauth2')
  await page.goto(HERE)
  await fillLogin(page, person)
  await expect(page).toHaveURL(HERE)
  await expect(page.getByText('No application is listed here')).toBeVisible()
  await expect(entries(page)).toHaveCount(0)
})

test('the page is led to from where the account is', async ({ page, person }) => {
  await signIn(page, await createPerson('oauth2'), ui)
  for (const path of ['/welcome', '/sessions', '/settings']) {
    await page.goto(`${ui}${path}`)
    await page.getByRole('link', { name: 'Connected applications' }).click()
    await expect(page).toHaveURL(HERE)
  }
  await signIn(page, person)
  for (const path of ['/welcome', '/sessions', '/settings']) {
    await page.goto(path)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await expect(page.getByRole('link', { name: 'Connected applications' })).toHaveCount(0)
  }
})

test('says what was granted, and since when; what is taken back is worth nothing', async ({ page }) => {
  const person = await createPerson('oauth2')
  await connect(page, person, 'client=app&scope=openid%20photos.read%20offline_access', {
    remember: true,
    remember_for: 3600,
  })
  await page.goto(HERE)
  await expect(entries(page)).toHaveCount(1)
  const album = entry(page, 'Photo Album')
  await expect(album.getByText('photos.read', { exact: true })).toBeVisible()
  const [since, until] = await album.locator('time').all()
  const at = async (time: typeof since) => Date.parse((await time?.getAttribute('datetime')) ?? '')
  expect((await at(until)) - (await at(since))).toBe(3_600_000)
  expect(await isActive(page)).toBe(true)

  await album.getByRole('button', { name: 'Remove access: Photo Album' }).click()
  await expect(page).toHaveURL(HERE)
  await expect(page.getByRole('status')).toContainText('The access is removed.')
  await expect(entries(page)).toHaveCount(0)
  expect(await isActive(page)).toBe(false)
  expect(await (await page.request.get(`${APPLICATION}/refresh`)).json()).toMatchObject({
    error: 'invalid_grant',
  })
})

test('of two applications one is removed, and then all', async ({ page }) => {
  const person = await createPerson('oauth2')
  await connect(page, person, 'client=app', {})
  await connect(page, person, 'client=app&scope=openid%20photos.write', {})
  await connect(page, person, 'client=direct')
  await page.goto(HERE)
  await expect(entries(page)).toHaveCount(2)
  await expect(entries(page).first()).toContainText('Direct Album')
  await expect(entry(page, 'Photo Album')).toContainText('photos.write')
  await expect(entry(page, 'Photo Album')).toContainText('Each time you sign in')
  await entry(page, 'Photo Album').getByRole('button').click()
  await expect(entries(page)).toHaveCount(1)
  expect(await isActive(page)).toBe(true)
  await removeAll(page).click()
  await expect(page.getByRole('status')).toContainText('No application has access any more.')
  await expect(entries(page)).toHaveCount(0)
  expect(await isActive(page)).toBe(false)
  expect(await consentsOf(person)).toEqual([])
})

test('an application cannot put more than text on the page', async ({ page }) => {
  const person = await createPerson('oauth2')
  await connect(page, person, 'client=hostile&scope=openid', {})
  await page.goto(HERE)
  await expect(entries(page)).toContainText('<script>document.title="taken"</script> Bank of <b>Trust</b>')
  await expect(entries(page).locator('a, img, b, script')).toHaveCount(0)
  await expect(page).toHaveTitle('Connected applications')
})

test('without the right token nothing is taken back', async ({ page, browser }) => {
  const person = await createPerson('oauth2')
  await connect(page, person, 'client=direct')
  await page.goto(HERE)
  const token = await tokenOf(page)
  const other = await browser.newContext()
  const otherPage = await other.newPage()
  await signIn(otherPage, await createPerson('oauth2'), ui)
  await otherPage.goto(HERE)
  const foreign = await tokenOf(otherPage)
  const post = (form: Record<string, string>, headers = {}) =>
    page.request.post(`${HERE}/revoke`, { form, maxRedirects: 0, headers })
  for (const [form, headers] of [
    [{ token: '', all: 'true' }],
    [{ token: 'nonsense', all: 'true' }],
    [{ token: foreign, all: 'true' }],
    [{ token }],
    [{ token, client: '', all: 'yes' }],
    [{ token, all: 'true' }, { 'Sec-Fetch-Site': 'cross-site' }],
  ] as [Record<string, string>, Record<string, string>?][]) {
    const answer = await post(form, headers)
    expect([answer.status(), answer.headers().location]).toEqual([303, '/applications'])
  }
  // Another person's form takes back what is that person's, whatever it names.
  await otherPage.request.post(`${HERE}/revoke`, { form: { token: foreign, client: 'direct' } })
  await other.close()
  expect(await consentsOf(person)).toHaveLength(1)
  await page.goto(HERE)
  await expect(page.getByRole('status')).toContainText('nothing has been changed')
  await expect(entries(page)).toHaveCount(1)
})

test('signed out in the meantime: the way is the login, and back', async ({ page }) => {
  const person = await createPerson('oauth2')
  await connect(page, person, 'client=direct')
  await page.goto(HERE)
  await page.context().clearCookies({ name: /ory_kratos_session/ })
  await removeAll(page).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  await fillLogin(page, person)
  await expect(page).toHaveURL(HERE)
  await expect(entries(page)).toHaveCount(1)
})

test('a second factor that is missing is asked for first', async ({ page }) => {
  const person = await createPerson('oauth2')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  await enrolTotp(page)
  await page.context().clearCookies()
  await page.goto(`${ui}/login`)
  await fillLogin(page, person)
  await expect(page.locator('input[name="totp_code"]')).toBeVisible()
  await page.goto(HERE)
  await expect(page.locator('input[name="totp_code"]')).toBeVisible()
})

test('whoever opens the address of the form gets to the page', async ({ page }) => {
  await signIn(page, await createPerson('oauth2'), ui)
  await page.goto(`${HERE}/revoke`)
  await expect(page).toHaveURL(HERE)
})
