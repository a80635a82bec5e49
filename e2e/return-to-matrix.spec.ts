import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson, type Person } from './support/people.ts'
import { enrolTotp, totpCode } from './support/totp.ts'
import { recordedRequests } from './support/upstream-proxy.ts'

// Each way from flow to flow ends where the person wanted to go. The target is another site: no default leads there.
const TARGET = 'https://www.example.org/after?a=1&b=2#end'
const WITH_TARGET = `return_to=${encodeURIComponent(TARGET)}`

test.beforeEach(({ guard }) => guard.allowHost('www.example.org'))

const method = (page: Page, name: string) => page.locator(`button[name="method"][value="${name}"]`)

async function signUp(page: Page): Promise<void> {
  const { email, password } = newPerson()
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await method(page, 'password').click()
}

/** Types the address and the code of the mail, on a recovery or verification page. */
async function passCode(page: Page, email: string, mails = 1): Promise<void> {
  await page.locator('input[name="email"]').fill(email)
  await method(page, 'code').click()
  await page.locator('input[name="code"]').fill(await codeFor(email, mails))
  await method(page, 'code').click()
}

async function changePassword(page: Page): Promise<void> {
  await page.locator('input[name="password"]').fill(newPerson().password)
  await method(page, 'password').click()
}

test('login, registration', async ({ page }) => {
  await page.goto(`/login?${WITH_TARGET}`)
  await page.getByTestId('signup-link').click()
  await signUp(page)
  await expect(page).toHaveURL(TARGET)
})

test('registration, login', async ({ page, person }) => {
  await page.goto(`/registration?${WITH_TARGET}`)
  await page.getByTestId('cta-link').click()
  await fillLogin(page, person)
  await expect(page).toHaveURL(TARGET)
})

test('another language on the way', async ({ page, person }) => {
  const choose = async (locale: string) => {
    await page.getByTestId('language-link').click()
    await page.locator(`button[name="locale"][value="${locale}"]`).click()
  }
  await page.goto(`/registration?${WITH_TARGET}`)
  await choose('de')
  await page.getByTestId('cta-link').click()
  await choose('ar')
  await fillLogin(page, person)
  await expect(page).toHaveURL(TARGET)
  await page.goto(`/settings?${WITH_TARGET}`)
  await choose('en')
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('login, recovery, settings', async ({ page, person }) => {
  await page.goto(`/login?${WITH_TARGET}`)
  await page.getByTestId('forgot-password-link').click()
  await passCode(page, person.email)
  await expect(page.getByTestId('ui/message/1060001')).toBeVisible()
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('registration, recovery, settings', async ({ page, person }) => {
  await page.goto(`/registration?${WITH_TARGET}`)
  await page.getByTestId('forgot-password-link').click()
  await passCode(page, person.email)
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('recovery or verification, with a code on its way, and then a login after all', async ({ page, person }) => {
  for (const flow of ['recovery', 'verification']) {
    await page.goto(`/${flow}?${WITH_TARGET}`)
    await page.locator('input[name="email"]').fill(person.email)
    await method(page, 'code').click()
    await expect(page.locator('input[name="code"]')).toBeVisible()
    await page.getByTestId('start-over-link').click()
    await expect(page.locator('input[name="email"]')).toBeVisible()
    await page.getByTestId('cta-link').click()
    await fillLogin(page, person)
    await expect(page).toHaveURL(TARGET)
    await page.context().clearCookies()
  }
})

test('verification, the way on', async ({ page, person }) => {
  await page.goto(`/verification?${WITH_TARGET}`)
  await passCode(page, person.email)
  await page.getByTestId('node/anchor/continue').click()
  await expect(page).toHaveURL(TARGET)
})

test('a wrong password, a new code, a form that was opened twice', async ({ page, person }) => {
  await page.goto(`/login?${WITH_TARGET}`)
  const first = page.url()
  await fillLogin(page, { ...person, password: 'not the password' })
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  await page.goto(first)
  await fillLogin(page, person)
  await expect(page).toHaveURL(TARGET)
})

test('settings, signed out: a login on the way there', async ({ page, person }) => {
  await page.goto(`/settings?${WITH_TARGET}`)
  await fillLogin(page, person)
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('settings, signed out: a registration on the way there', async ({ page }) => {
  await page.goto(`/settings?${WITH_TARGET}`)
  await page.getByTestId('signup-link').click()
  await signUp(page)
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('a second factor, asked for while signed out', async ({ page }) => {
  const { person, secret } = await personWithApp(page)
  await page.goto(`${UI.strict}/settings?${WITH_TARGET}`)
  await fillLogin(page, person)
  await passSecondFactor(page, secret)
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('a second factor, with a first that was signed in', async ({ page }) => {
  const { person, secret } = await personWithApp(page)
  await page.goto(`${UI.strict}/login`)
  await fillLogin(page, person)
  await page.goto(`${UI.strict}/login?aal=aal2&${WITH_TARGET}`)
  await page.locator('input[name="totp_code"]').fill('000000')
  await method(page, 'totp').click()
  await expect(page.getByTestId('ui/message/4000008')).toBeVisible()
  await passSecondFactor(page, secret)
  await expect(page).toHaveURL(TARGET)
})

test('a sign-in that is too old for a change of the password', async ({ page }) => {
  const person = await createPerson('privileged')
  await signIn(page, person, UI.privileged)
  await page.goto(`${UI.privileged}/settings?${WITH_TARGET}`)
  await page.waitForTimeout(1_500)
  await changePassword(page)
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await page.getByLabel('Password').fill(person.password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(TARGET)
})

test('flows that expired: opened again, and sent', async ({ page }) => {
  const person = await createPerson('short')
  for (const [flow, finish] of Object.entries({
    login: () => fillLogin(page, person),
    registration: () => signUp(page),
  })) {
    await expire(page, `${UI.short}/${flow}?${WITH_TARGET}`)
    await finish()
    await expect(page, flow).toHaveURL(TARGET)
    await page.context().clearCookies()

    await page.goto(`${UI.short}/${flow}?${WITH_TARGET}`)
    await page.waitForTimeout(4_500)
    await finish()
    await expect(page.locator('[data-testid^="ui/message/40"]').first(), flow).toBeVisible()
    await finish()
    await expect(page, flow).toHaveURL(TARGET)
    await page.context().clearCookies()
  }
  await signIn(page, person, UI.short)
  await expire(page, `${UI.short}/settings?${WITH_TARGET}`)
  await changePassword(page)
  await expect(page).toHaveURL(TARGET)
})

test('recovery and verification that expired', async ({ page }) => {
  const person = await createPerson('short')
  for (const flow of ['recovery', 'verification']) {
    await expire(page, `${UI.short}/${flow}?${WITH_TARGET}`)
    await page.waitForTimeout(4_500)
    await page.locator('input[name="email"]').fill(person.email)
    await method(page, 'code').click()
    await expect(page.locator('[data-testid^="ui/message/40"]').first(), flow).toBeVisible()
    await page.getByTestId('cta-link').click()
    await fillLogin(page, person)
    await expect(page, flow).toHaveURL(TARGET)
    await page.context().clearCookies()
  }
})

test('a flow that Kratos does not know, and one of another browser', async ({ page, person, browser }) => {
  const other = await browser.newContext()
  const otherPage = await other.newPage()
  await otherPage.goto(`${UI.sameOrigin}/login`)
  for (const flow of [randomUUID(), new URL(otherPage.url()).searchParams.get('flow')]) {
    await page.goto(`/login?${WITH_TARGET}`)
    await page.goto(`/login?flow=${flow}`)
    await expect(page.getByRole('status')).toContainText('here is a fresh one')
    await fillLogin(page, person)
    await expect(page).toHaveURL(TARGET)
    await page.context().clearCookies()
  }
  await other.close()
})

test('login_challenge: a flow that expired asks for the same one again', async ({ page }) => {
  // Without an OAuth2 server there is no flow with a challenge: the start note knows it all the same.
  const challenge = 'a-challenge/of+an=application'
  const id = randomUUID()
  await page.goto('/recovery')
  await page.context().addCookies([{ name: 'e2e_record', value: id, url: UI.sameOrigin }])
  await page.request.get(`/login?${new URLSearchParams({ login_challenge: challenge })}`, { maxRedirects: 0 })
  await page.request.get('/login?restart=expired', { maxRedirects: 1 }).catch(() => {})
  const starts = (await recordedRequests(id)).filter(({ path }) => path === '/self-service/login/browser')
  expect(starts.map(({ query }) => new URLSearchParams(query).get('login_challenge'))).toEqual([challenge])
})

async function personWithApp(page: Page): Promise<{ person: Person; secret: string }> {
  const person = await createPerson('strict')
  await signIn(page, person, UI.strict)
  await page.goto(`${UI.strict}/settings`)
  const secret = await enrolTotp(page)
  await page.context().clearCookies()
  return { person, secret }
}

async function passSecondFactor(page: Page, secret: string): Promise<void> {
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await method(page, 'totp').click()
}

/** Opens a flow, and again when it has expired. */
async function expire(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const expired = page.url()
  await page.waitForTimeout(4_500)
  await page.goto(expired)
  await expect(page.getByRole('status')).toHaveText('That page had expired, so here is a fresh one.')
}
