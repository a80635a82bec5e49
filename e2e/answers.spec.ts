import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { codeFor } from './support/mailbox.ts'
import { admin, createPerson, newPerson } from './support/people.ts'
import { answerProvider, chooseProvider } from './support/social.ts'
import { enrolTotp } from './support/totp.ts'

// What Kratos answers to forms that no button of ours sends: old tabs, edited pages, other programs. The page says it, and can
// be used again.

/** Sends the form of the page that is open with other values, as a program would, and shows what came of it. */
async function send(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  const form = page.locator('form[data-form="flow"]').first()
  const action = (await form.getAttribute('action')) ?? ''
  const token = await form.locator('input[name="csrf_token"]').inputValue()
  const answer = await page.request.post(action, {
    form: { csrf_token: token, ...values },
    headers: { Accept: 'text/html' },
    maxRedirects: 0,
  })
  expect([302, 303]).toContain(answer.status())
  await page.goto(answer.headers().location ?? '')
}

/** Makes backup codes on the settings page that is open, waits until they count, and returns one. */
async function makeCodes(page: Page): Promise<string> {
  await page.locator('button[name="lookup_secret_regenerate"]').click()
  const code = (await page.locator('#backup-codes code').first().textContent()) ?? ''
  await page.locator('button[name="lookup_secret_confirm"]').click()
  await expect(page.locator('button[name="lookup_secret_reveal"]')).toBeVisible()
  return code
}

const message = (page: Page, id: number) => page.getByTestId(`ui/message/${id}`)

test('a form without a method', async ({ page, person }) => {
  for (const [flow, id, values] of [
    ['login', 4010002, {}],
    ['registration', 4010003, { method: '', 'traits.email': newPerson().email }],
    ['recovery', 4010005, {}],
    ['verification', 4010006, {}],
  ] as const) {
    await page.goto(`/${flow}?return_to=%2Fsessions`)
    await send(page, values)
    await expect(message(page, id), flow).toBeVisible()
    await expect(page.locator('form button[type="submit"]').first(), flow).toBeEnabled()
  }
  await signIn(page, person)
  await page.goto('/settings')
  await send(page, {})
  await expect(message(page, 4010004)).toBeVisible()
})

test('a second factor that the person does not have', async ({ page }) => {
  const [withApp, withCodes] = [await createPerson(), await createPerson()]
  await signIn(page, withApp)
  await page.goto('/settings')
  await enrolTotp(page)
  // Setting one up counts as having used it.
  await page.context().clearCookies()
  await signIn(page, withApp)
  await page.goto('/login?aal=aal2')
  await send(page, { method: 'lookup_secret', lookup_secret: 'abcd1234' })
  await expect(message(page, 4000014)).toBeVisible()
  await page.context().clearCookies()

  await signIn(page, withCodes)
  await page.goto('/settings')
  await makeCodes(page)
  await page.context().clearCookies()
  await signIn(page, withCodes)
  await page.goto('/login?aal=aal2')
  await send(page, { method: 'totp', totp_code: '123456' })
  await expect(message(page, 4000011)).toBeVisible()
})

test('a security key or an address for codes that the person does not have', async ({ page }) => {
  const person = newPerson()
  await admin('mfa', 'POST', '/identities', {
    schema_id: 'lists',
    traits: { email: person.email },
    credentials: { password: { config: { password: person.password } } },
    verifiable_addresses: [{ value: person.email, via: 'email', verified: true, status: 'completed' }],
  })
  await page.goto(`${UI.mfa}/login?return_to=%2Fsessions`)
  await fillLogin(page, person)
  await expect(message(page, 1010004)).toBeVisible()
  await send(page, { method: 'webauthn', webauthn_login: '{}', identifier: person.email })
  await expect(message(page, 4000013)).toBeVisible()
  await send(page, { method: 'code', address: newPerson().email })
  await expect(message(page, 4010010)).toBeVisible()
  await page.locator(`button[name="address"][value="${person.email}"]`).click()
  await page.locator('input[name="code"]').fill(await codeFor(person.email))
  await page.locator('input[name="code"]').press('Enter')
  await expect(page).toHaveURL(`${UI.mfa}/sessions`)
})

test('a backup code that was used already', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/settings')
  const code = await makeCodes(page)
  for (const target of ['/welcome', '/sessions']) {
    await page.context().clearCookies()
    await signIn(page, person)
    await page.goto(`/login?aal=aal2&return_to=${encodeURIComponent(target)}`)
    await page.locator('input[name="lookup_secret"]').fill(code)
    await page.locator('input[name="lookup_secret"]').press('Enter')
    if (target === '/welcome') await expect(page.getByTestId('session-aal')).toHaveAttribute('data-aal', 'aal2')
  }
  await expect(message(page, 4000012)).toBeVisible()
  await page.locator('input[name="lookup_secret"]').fill('nonsense')
  await page.locator('input[name="lookup_secret"]').press('Enter')
  await expect(message(page, 4000016)).toBeVisible()
})

test('a form of a recovery or verification that has passed already', async ({ page, person }) => {
  await page.goto('/verification')
  await page.locator('input[name="email"]').fill(person.email)
  await page.locator('button[name="method"][value="code"]').click()
  const tab = page.url()
  const code = await codeFor(person.email)
  const action = (await page.locator('form[data-form="flow"]').getAttribute('action')) ?? ''
  const token = await page.locator('input[name="csrf_token"]').first().inputValue()
  await page.locator('input[name="code"]').fill(code)
  await page.locator('input[name="code"]').press('Enter')
  await expect(message(page, 1080002)).toBeVisible()
  const again = await page.request.post(action, {
    form: { csrf_token: token, method: 'code', code },
    headers: { Accept: 'text/html' },
    maxRedirects: 0,
  })
  await page.goto(again.headers().location ?? '')
  expect(page.url()).not.toBe(tab)
  await expect(message(page, 4070002)).toBeVisible()
  await expect(page.locator('input[name="email"]')).toBeVisible()
})

test('another code for a recovery that has passed already', async ({ page, person }) => {
  await page.goto('/recovery')
  await page.locator('input[name="email"]').fill(person.email)
  await page.locator('button[name="method"][value="code"]').click()
  const code = await codeFor(person.email)
  const action = (await page.locator('form[data-form="flow"]').first().getAttribute('action')) ?? ''
  await page.locator('input[name="code"]').fill(code)
  await page.locator('input[name="code"]').press('Enter')
  await expect(page).toHaveURL(/\/settings\?flow=/)
  // Kratos has renewed the token by now, and whoever is signed in is led away: this is the old tab after a sign-out.
  await page.context().clearCookies()
  await page.goto('/recovery')
  const token = await page.locator('input[name="csrf_token"]').first().inputValue()
  const again = await page.request.post(action, {
    form: { csrf_token: token, method: 'code', email: person.email },
    headers: { Accept: 'text/html' },
    maxRedirects: 0,
  })
  await page.goto(again.headers().location ?? '')
  await expect(message(page, 4060001)).toBeVisible()
  await expect(page.locator('input[name="email"]')).toBeVisible()
})

test('a sign-up with other traits than the code was sent for', async ({ page }) => {
  const { email } = newPerson()
  await page.goto(`${UI.code}/registration`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('button[name="method"][value="code"]').click()
  const code = await codeFor(email)
  await send(page, { method: 'code', code, 'traits.email': newPerson().email })
  await expect(message(page, 4000036)).toBeVisible()
})

test('settings that expired, sent', async ({ page }) => {
  const person = await createPerson('short')
  await signIn(page, person, UI.short)
  await page.goto(`${UI.short}/settings?return_to=%2Fsessions`)
  await page.waitForTimeout(4_500)
  await page.locator('input[name="traits.name.first"]').fill('Ada')
  await page.locator('button[name="method"][value="profile"]').click()
  await expect(message(page, 4050001)).toBeVisible()
  await page.locator('input[name="traits.name.first"]').fill('Ada')
  await page.locator('button[name="method"][value="profile"]').click()
  await expect(page).toHaveURL(`${UI.short}/sessions`)
})

test('linking a social account, and signing in to another account', async ({ page }) => {
  const [person, other] = [await createPerson('oidc'), await createPerson('oidc')]
  await page.goto(`${UI.oidc}/login`)
  await chooseProvider(page, 'google')
  await answerProvider(page, { subject: person.id, email: person.email })
  await expect(message(page, 1010016)).toBeVisible()
  await send(page, { method: 'password', identifier: other.email, password: other.password })
  await expect(message(page, 4010009)).toBeVisible()
})
