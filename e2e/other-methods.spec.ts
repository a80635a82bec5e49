import { expect, fillLogin, test, UI } from './fixtures.ts'
import { newPerson } from './support/people.ts'

const { passkeys: ui } = UI

test('beside passkeys and security keys, the other methods need no JavaScript', async ({ page, javaScriptEnabled }) => {
  const person = { id: '', ...newPerson() }
  const shown = { visible: javaScriptEnabled }
  await page.goto(`${ui}/registration`)
  await expect(page.locator('button[name="passkey_register_trigger"]')).toBeVisible(shown)
  await page.locator('input[name="traits.email"]').fill(person.email)
  await page.locator('input[name="password"]').fill(person.password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)

  await page.context().clearCookies()
  await page.goto(`${ui}/login`)
  await expect(page.locator('button[name="passkey_login_trigger"]')).toBeVisible(shown)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${ui}/welcome`)

  await page.goto(`${ui}/settings`)
  await expect(page.locator('#settings-passkey')).toBeVisible(shown)
  await expect(page.locator('input[name="webauthn_register_displayname"]')).toBeVisible(shown)
  await page.locator('button[name="lookup_secret_regenerate"]').click()
  await page.locator('button[name="lookup_secret_confirm"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
})
