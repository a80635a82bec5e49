import { expect, fillLogin, test, UI } from './fixtures.ts'
import { addAuthenticator } from './support/authenticator.ts'
import { enterCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPhone } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { enrolTotp } from './support/totp.ts'

const { mfa: ui } = UI

test('a security key is one of the second factors, with the others in reach', async ({ page }) => {
  const phone = newPhone()
  const person = await createPerson('mfa', { phone })
  await addAuthenticator(page, 'key')
  const key = page.locator('button[name="webauthn_login_trigger"]')
  const email = page.locator(`button[name="address"][value="${person.email}"]`)

  await page.goto(`${ui}/login`)
  await fillLogin(page, person)
  await email.click()
  await enterCode(page, await codeFor(person.email))
  await page.goto(`${ui}/settings`)
  await enrolTotp(page)
  await page.locator('input[name="webauthn_register_displayname"]').fill('Key ring')
  await page.locator('button[name="webauthn_register_trigger"]').click()
  await expect(page.locator('button[name="webauthn_remove"]')).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await fillLogin(page, person)
  await expect(key).toBeVisible()
  await expect(email).toBeVisible()
  await page.locator('input[name="totp_code"]').fill('000000')
  await page.locator('input[name="totp_code"]').press('Enter')
  await expect(page.getByTestId('ui/message/4000008')).toBeVisible()
  await key.click()
  await expect(page).toHaveURL(`${ui}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')

  await test.step('a code goes where its button says', async () => {
    await page.context().clearCookies()
    await page.goto(`${ui}/login?return_to=%2Fsessions`)
    await fillLogin(page, person)
    await page.locator(`button[name="address"][value="${phone}"]`).click()
    await expect(page.getByTestId('flow-identifier')).toContainText(phone)
    // The first message came when the settings were saved: it verifies the phone.
    await enterCode(page, await codeFor(phone, 2))
    await expect(page).toHaveURL(`${ui}/sessions`)
  })
})
