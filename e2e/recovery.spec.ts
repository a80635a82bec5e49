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

  const { password } = newPerson()
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
})

test('verifying an address: a code by mail, then the way on', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto('/registration')
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)

  // The sign-up has sent a first code, for a verification flow of its own.
  await codeFor(email)
  await page.goto('/verification?return_to=%2Fsessions')
  await page.locator('input[name="email"]').fill(email)
  await page.locator('button[name="method"][value="code"]').click()
  await expect(page.getByTestId('ui/message/1080003')).toBeVisible()
  await page.locator('input[name="code"]').fill(await codeFor(email, 2))
  await page.locator('button[name="method"][value="code"]').click()
  await expect(page.getByTestId('ui/message/1080002')).toBeVisible()
  await page.getByTestId('node/anchor/continue').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
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
