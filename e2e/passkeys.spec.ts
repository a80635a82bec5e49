import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { type Authenticator, addAuthenticator } from './support/authenticator.ts'
import { admin, createPerson, newPerson } from './support/people.ts'
import { authenticatedAt, whoami } from './support/sessions.ts'

const { passkeys: ui } = UI
const saved = (page: Page) => page.getByTestId('ui/message/1050001')

test('a newcomer signs up with a passkey, and signs in with it by the button', async ({ page }) => {
  const device = await addAuthenticator(page, 'device')
  const { email } = newPerson()
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('button[name="passkey_register_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(email)
  await expect(page.getByTestId('session-methods')).toHaveText('Passkey')

  await page.context().clearCookies()
  await signInByButton(page, device)
  expect(await device.count()).toBe(1)
})

test('a passkey out of the autofill signs in', async ({ page }) => {
  await addAuthenticator(page, 'device')
  const person = await createPerson('passkeys')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  await page.locator('button[name="passkey_register_trigger"]').click()
  await expect(saved(page)).toBeVisible()
  await page.context().clearCookies()
  // It may sign in before the page has loaded.
  await page.goto(`${ui}/login`, { waitUntil: 'commit' })
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(person.email)
})

test('a prompt that is cancelled says nothing, and the button can be used again', async ({ page }) => {
  const device = await addAuthenticator(page, 'device')
  await signIn(page, await createPerson('passkeys'), ui)
  await page.goto(`${ui}/settings`)
  await device.recognise(false)
  const button = page.locator('button[name="passkey_register_trigger"]')
  await button.click()
  await expect(button).not.toHaveAttribute('data-busy')
  await expect(page.locator('[data-island-message]')).toHaveCount(0)
  expect(await device.count()).toBe(0)
  await device.recognise(true)
  await button.click()
  await expect(saved(page)).toBeVisible()
  expect(await device.count()).toBe(1)
  await page.locator('button[name="passkey_remove"]').click()
  await expect(saved(page)).toBeVisible()
  await expect(page.locator('button[name="passkey_remove"]')).toHaveCount(0)
})

test('a security key is a second factor', async ({ page }) => {
  await addAuthenticator(page, 'key')
  const person = await createPerson('passkeys')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  await page.locator('input[name="webauthn_register_displayname"]').fill('My key')
  await page.locator('button[name="webauthn_register_trigger"]').click()
  await expect(saved(page)).toBeVisible()
  await expect(page.locator('button[name="webauthn_remove"]')).toContainText('My key')

  await page.context().clearCookies()
  await signIn(page, person, ui)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal1')
  await page.goto(`${ui}/login?aal=aal2`)
  await page.locator('button[name="webauthn_login_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
})

test('a browser before parseCreationOptionsFromJSON can do the same', async ({ page }) => {
  await page.addInitScript(() => {
    const names = ['parseCreationOptionsFromJSON', 'parseRequestOptionsFromJSON']
    for (const name of names) Reflect.deleteProperty(PublicKeyCredential, name)
    Reflect.deleteProperty(PublicKeyCredential.prototype, 'toJSON')
  })
  const device = await addAuthenticator(page, 'device')
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.email"]').fill(newPerson().email)
  await page.locator('button[name="passkey_register_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  await page.context().clearCookies()
  await signInByButton(page, device)
})

test('a browser without WebAuthn shows no button that cannot work', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
  const person = await createPerson('passkeys')
  await page.goto(`${ui}/login`)
  await expect(page.locator('button[name="passkey_login_trigger"]')).toHaveCount(0)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${ui}/welcome`)
})

test('two passkeys, each with its time; the only way to sign in cannot be removed', async ({ page }) => {
  await addAuthenticator(page, 'device')
  await signUp(page)
  await page.goto(`${ui}/settings`)
  await expect(removals(page)).toHaveCount(1)
  await expect(removals(page)).toBeDisabled()
  await expect(removals(page)).toHaveAccessibleDescription(/Added on .* This is your only way to sign in/)

  await page.locator('button[name="passkey_register_trigger"]').click()
  await expect(removals(page)).toHaveCount(2)
  for (const passkey of await removals(page).all()) {
    await expect(passkey).toBeEnabled()
    await expect(passkey).toHaveAccessibleDescription(/^Added on [^.]*\.$/)
  }
  const [first, second] = await removals(page).evaluateAll((all) => all.map((one) => one.getAttribute('value')))
  await page.locator(`button[name="passkey_remove"][value="${first}"]`).click()
  await expect(removals(page)).toHaveCount(1)
  await expect(removals(page)).toHaveAttribute('value', second ?? '')
  await expect(removals(page)).toBeDisabled()
})

test('two security keys as second factors, each with its name', async ({ page }) => {
  const keys = page.locator('button[name="webauthn_remove"]')
  await signIn(page, await createPerson('passkeys'), ui)
  await page.goto(`${ui}/settings`)
  for (const name of ['Key ring', 'In the drawer']) {
    const key = await addAuthenticator(page, 'key')
    await page.locator('input[name="webauthn_register_displayname"]').fill(name)
    await page.locator('button[name="webauthn_register_trigger"]').click()
    await expect(keys.filter({ hasText: name })).toHaveAccessibleDescription(/^Added on [^.]*\.$/)
    await key.remove()
  }
  await keys.filter({ hasText: 'Key ring' }).click()
  await expect(keys).toHaveText('Remove security key "In the drawer"')
  await keys.click()
  await expect(saved(page)).toBeVisible()
  await expect(keys).toHaveCount(0)
})

test('a device that is registered already says so once, and no more when it is tried again', async ({ page }) => {
  const device = await addAuthenticator(page, 'device')
  await signIn(page, await createPerson('passkeys'), ui)
  await page.goto(`${ui}/settings`)
  const button = page.locator('button[name="passkey_register_trigger"]')
  const message = page.getByRole('alert').filter({ hasText: 'registered already' })
  await button.click()
  await expect(removals(page)).toHaveCount(1)

  // Kratos v1.3.1 does not say which credentials there are; newer ones do.
  const [id] = await device.ids()
  await changeOptions(page, { excludeCredentials: [{ id, type: 'public-key' }] })
  await button.click()
  await expect(message).toBeVisible()
  await button.click()
  await expect(message).toHaveCount(1)
  await changeOptions(page, { excludeCredentials: [] })
  await device.touch(false)
  await button.click()
  await expect(message).toHaveCount(0)
  await page.goto(`${ui}/settings`)
  await device.touch(true)
  await button.click()
  await expect(removals(page)).toHaveCount(2)
})

test('a prompt that nobody answers in time says nothing, and the button can be used again', async ({ page }) => {
  const device = await addAuthenticator(page, 'device')
  await signIn(page, await createPerson('passkeys'), ui)
  await page.goto(`${ui}/settings`)
  const button = page.locator('button[name="passkey_register_trigger"]')
  await device.touch(false)
  await changeOptions(page, { timeout: 2_000 })
  await button.click()
  await expect(button).toHaveAttribute('data-busy')
  await expect(button).not.toHaveAttribute('data-busy')
  await expect(page.locator('[data-island-message]')).toHaveCount(0)
  await device.touch(true)
  await button.click()
  await expect(removals(page)).toHaveCount(1)
})

test('a passkey is asked for and sent once, however often the button is pressed', async ({ page }) => {
  const device = await addAuthenticator(page, 'device')
  await signIn(page, await createPerson('passkeys'), ui)
  await page.goto(`${ui}/settings`)
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  await page.locator('button[name="passkey_register_trigger"]').dblclick()
  await expect(removals(page)).toHaveCount(1)
  expect(posts).toHaveLength(1)
  expect(await device.count()).toBe(1)
})

test('a passkey that Kratos does not know any more: it says so, and the button works again', async ({ page }) => {
  await withoutAutofill(page)
  await addAuthenticator(page, 'device')
  await signUp(page)
  const identity = (await whoami(page))?.identity.id ?? ''
  await admin('passkeys', 'DELETE', `/identities/${identity}`)
  await page.context().clearCookies()
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  const refused = page.getByTestId('ui/message/4000015')
  for (let tries = 0; tries < 2; tries++) {
    const posted = page.waitForRequest((request) => request.method() === 'POST')
    await page.locator('button[name="passkey_login_trigger"]').click()
    await posted
    await expect(refused).toBeVisible()
  }
  const person = await createPerson('passkeys')
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${ui}/sessions`)
})

test('a passkey confirms who it is', async ({ page }) => {
  await withoutAutofill(page)
  await addAuthenticator(page, 'device')
  await signUp(page)
  const before = await authenticatedAt(page)
  await page.goto(`${ui}/login?refresh=true&return_to=%2Fsessions`)
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await page.locator('button[name="passkey_login_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect(await authenticatedAt(page)).toBeGreaterThan(before)
})

test('a passkey that is not used leaves what was typed beside it', async ({ page }) => {
  await withoutAutofill(page)
  const device = await addAuthenticator(page, 'device')
  await signUp(page)
  await page.context().clearCookies()
  const person = await createPerson('passkeys')
  await device.recognise(false)

  await page.goto(`${ui}/login`)
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator('input[name="password"]').fill(person.password)
  const button = page.locator('button[name="passkey_login_trigger"]')
  await button.click()
  await expect(button).not.toHaveAttribute('data-busy')
  await expect(page.locator('input[name="password"]')).toHaveValue(person.password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)

  await page.context().clearCookies()
  await page.goto(`${ui}/registration`)
  const { email } = newPerson()
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="traits.name.first"]').fill('Ada')
  const signUpButton = page.locator('button[name="passkey_register_trigger"]')
  await signUpButton.click()
  await expect(signUpButton).not.toHaveAttribute('data-busy')
  await expect(page.locator('input[name="traits.email"]')).toHaveValue(email)
  await expect(page.locator('input[name="traits.name.first"]')).toHaveValue('Ada')
})

const removals = (page: Page) => page.locator('button[name="passkey_remove"]')

/** Makes an account with nothing but a passkey. */
async function signUp(page: Page): Promise<void> {
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.email"]').fill(newPerson().email)
  await page.locator('button[name="passkey_register_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
}

/** Changes the options with which the settings would make a passkey. */
async function changeOptions(page: Page, changes: Record<string, unknown>): Promise<void> {
  // Before it is awake, React would put back what the server sent.
  await page.locator('button[name="passkey_register_trigger"]').waitFor()
  await page.locator('input[name="passkey_create_data"]').evaluate((input: HTMLInputElement, more) => {
    const data = JSON.parse(input.value)
    input.value = JSON.stringify({ ...data, publicKey: { ...data.publicKey, ...more } })
  }, changes)
}

/** Touched at once, a passkey would sign in by the autofill as the login page opens. */
async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })
}

async function signInByButton(page: Page, device: Authenticator): Promise<void> {
  // Touched at once, the passkey would sign in by the autofill as the page opens.
  await device.touch(false)
  await page.goto(`${ui}/login`)
  await page.locator('button[name="passkey_login_trigger"]').waitFor()
  await device.touch(true)
  await page.locator('button[name="passkey_login_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
}
