import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { addAuthenticator } from './support/authenticator.ts'
import { createPerson, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const { webauthn: ui } = UI
const saved = (page: Page) => page.getByTestId('ui/message/1050001')
const removals = (page: Page) => page.locator('button[name="webauthn_remove"]')

test('a newcomer signs up with a security key, and signs in with it in two steps', async ({ page }) => {
  await addAuthenticator(page, 'key')
  const email = await signUp(page, 'Key ring')
  await expect(page.getByTestId('session-name')).toHaveText(email)
  await expect(page.getByTestId('session-methods')).toHaveText('Security key')

  await page.context().clearCookies()
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(email)
  await page.locator('button[name="method"][value="webauthn"]').click()
  await expect(page.getByTestId('ui/message/1010012')).toBeVisible()
  await expect(page.getByTestId('flow-identifier')).toContainText(email)
  await page.locator('button[name="webauthn_login_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal1')
})

test('the only key cannot be removed, and the page says why; with a second one it can', async ({ page }) => {
  const first = await addAuthenticator(page, 'key')
  const email = await signUp(page, 'Key ring')
  await page.goto(`${ui}/settings`)
  await expect(removals(page)).toHaveText('Remove security key "Key ring"')
  await expect(removals(page)).toBeDisabled()
  await expect(removals(page)).toHaveAccessibleDescription(/Added on .* This is your only way to sign in/)

  await first.remove()
  const drawer = await addAuthenticator(page, 'key')
  await addKey(page, 'In the drawer')
  // In any order: Kratos keeps none.
  await expect(removals(page)).toHaveCount(2)
  for (const name of ['Key ring', 'In the drawer']) {
    await expect(removals(page).filter({ hasText: name })).toHaveText(`Remove security key "${name}"`)
  }
  for (const key of await removals(page).all()) {
    await expect(key).toBeEnabled()
    await expect(key).toHaveAccessibleDescription(/^Added on [^.]*\.$/)
  }
  await removals(page).filter({ hasText: 'Key ring' }).click()
  await expect(saved(page)).toBeVisible()
  await expect(removals(page)).toHaveText('Remove security key "In the drawer"')
  await expect(removals(page)).toBeDisabled()

  await page.context().clearCookies()
  await page.goto(`${ui}/login`)
  await page.locator('input[name="identifier"]').fill(email)
  await page.locator('button[name="method"][value="webauthn"]').click()
  await page.locator('button[name="webauthn_login_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  expect(await drawer.count()).toBe(1)
})

test('Enter in the name of a key adds that key, and removes none', async ({ page }) => {
  await addAuthenticator(page, 'key')
  const person = await createPerson('webauthn')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  await addKey(page, 'Key ring')
  await page.locator('input[name="webauthn_register_displayname"]').fill('Second')
  // Enter does nothing before the page is awake.
  await page.locator('button[name="webauthn_register_trigger"]').waitFor()
  await page.locator('input[name="webauthn_register_displayname"]').press('Enter')
  await expect(removals(page)).toHaveCount(2)
  await expect(removals(page).filter({ hasText: 'Second' })).toHaveCount(1)
})

test('somebody without a security key is told so, and signs in with the password', async ({ page }) => {
  const person = await createPerson('webauthn')
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator('button[name="method"][value="webauthn"]').click()
  await expect(page.getByTestId('ui/message/4000015')).toBeVisible()
  await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${ui}/sessions`)
})

test('a key that the prompt does not get leaves the page as it was', async ({ page }) => {
  const key = await addAuthenticator(page, 'key')
  const email = await signUp(page, 'Key ring')
  await page.context().clearCookies()
  await page.goto(`${ui}/login`)
  await page.locator('input[name="identifier"]').fill(email)
  await page.locator('button[name="method"][value="webauthn"]').click()
  const trigger = page.locator('button[name="webauthn_login_trigger"]')
  await expect(trigger).toBeVisible()
  await key.remove()
  // Another key, which this account does not know.
  await addAuthenticator(page, 'key')
  await trigger.click()
  await expect(trigger).not.toHaveAttribute('data-busy')
  await expect(page.getByTestId('flow-identifier')).toContainText(email)
  await page.getByTestId('not-you-link').click()
  await expect(page.locator('input[name="password"]')).toBeVisible()
})

/** Makes an account with nothing but a security key. */
async function signUp(page: Page, name: string): Promise<string> {
  const { email } = newPerson()
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="webauthn_register_displayname"]').fill(name)
  await page.locator('button[name="webauthn_register_trigger"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  return email
}

/** Adds a key on the settings page that is open. */
async function addKey(page: Page, name: string): Promise<void> {
  await page.locator('input[name="webauthn_register_displayname"]').fill(name)
  await page.locator('button[name="webauthn_register_trigger"]').click()
  await expect(removals(page).filter({ hasText: name })).toHaveCount(1)
}
