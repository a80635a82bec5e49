import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { type Authenticator, addAuthenticator } from './support/authenticator.ts'
import { createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'

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
  await page.goto(`${ui}/login`)
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

async function signInByButton(page: Page, device: Authenticator): Promise<void> {
  // Touched at once, the passkey would sign in by the autofill as the page opens.
  await device.touch(false)
  await page.goto(`${ui}/login`)
  await page.locator('button[name="passkey_login_trigger"]').waitFor()
  await device.touch(true)
  await page.locator('button[name="passkey_login_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
}
