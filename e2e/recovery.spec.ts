import { expect, test, UI } from './fixtures.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson } from './support/people.ts'

test('a forgotten password: a code by mail, then a new password', async ({ page, person }) => {
  await page.goto('/login')
  await page.getByTestId('forgot-password-link').click()
  await page.locator('input[name="email"]').fill(person.email)
  await page.locator('button[name="method"][value="code"]').click()
  await expect(page.getByTestId('ui/message/1060003')).toBeVisible()
  await expect(page.locator('input[name="code"]')).toBeFocused()

  await page.locator('input[name="code"]').fill('000000')
  await page.locator('button[name="method"][value="code"]').click()
  await expect(page.getByTestId('ui/message/4060006')).toBeVisible()
  await page.locator('input[name="code"]').fill(await codeFor(person.email))
  await page.locator('button[name="method"][value="code"]').click()
  await expect(page).toHaveURL(/\/settings\?flow=/)
  await expect(page.getByTestId('ui/message/1060001')).toBeVisible()
  // What the person came for stands first.
  await expect(page.locator('h3').first()).toHaveText('Change Password')

  const { password } = newPerson()
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
})

test('flows of recovery, verification and registration that expired start afresh', async ({ page }) => {
  await createPerson('short')
  for (const flow of ['recovery', 'verification', 'registration']) {
    await page.goto(`${UI.short}/${flow}?return_to=%2Fsessions`)
    const expired = page.url()
    await page.waitForTimeout(4_500)
    await page.goto(expired)
    await expect(page).toHaveURL(new RegExp(`/${flow}\\?flow=`))
    expect(page.url()).not.toBe(expired)
    await expect(page.getByRole('status')).toHaveText('That page had expired, so here is a fresh one.')
    await expect(page.getByTestId('cta-link')).toHaveAttribute('href', '/login?return_to=%2Fsessions')
  }
})
