import { expect, test, UI } from './fixtures.ts'
import { newPerson } from './support/people.ts'

const password = 'input[name="password"]'

test('a password can be shown, and is hidden again before it is sent', async ({ page, person }) => {
  await page.goto('/login')
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator(password).fill(person.password)
  const show = page.getByRole('button', { name: 'Show what is typed' })
  await expect(show).toHaveAttribute('aria-pressed', 'false')
  await show.click()
  await expect(page.locator(password)).toHaveAttribute('type', 'text')
  await expect(show).toHaveAttribute('aria-pressed', 'true')
  await page.route(/self-service\/login\?/, (route) => route.fulfill({ status: 204 }))
  await page.locator(password).press('Enter')
  await expect(page.locator(password)).toHaveAttribute('type', 'password')
  await page.unrouteAll()
  await show.click()
  await show.press('Space')
  await expect(page.locator(password)).toHaveAttribute('type', 'password')
})

test('without JavaScript there is no button that does nothing', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${UI.sameOrigin}/login`)
  await expect(page.locator(password)).toBeVisible()
  await expect(page.locator('[data-reveal]')).toBeHidden()
  await context.close()
})

test('Caps Lock is told while it is on', async ({ page }) => {
  await page.goto('/login')
  await page.locator(password).focus()
  const press = (isOn: boolean) =>
    page.locator(password).evaluate((input, modifierCapsLock) => {
      // Playwright's keyboard has no Caps Lock.
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', modifierCapsLock, bubbles: true }))
    }, isOn)
  const line = page.locator('[data-password-help]')
  await expect(async () => {
    await press(true)
    await expect(line).toHaveText('Caps Lock is on.', { timeout: 100 })
  }).toPass()
  await press(false)
  await expect(line).toHaveText('')
  // It stays where it is while somebody goes on to the button: nothing may move under the pointer.
  await press(true)
  const before = await page.locator('button[value="password"]').boundingBox()
  await page.locator('input[name="identifier"]').focus()
  expect(await page.locator('button[value="password"]').boundingBox()).toEqual(before)
})

test('a click is not lost because a line of help comes or goes', async ({ page }) => {
  const { email } = newPerson()
  await page.goto('/registration')
  await page.locator('input[name="traits.email"]').fill(email)
  const submit = page.locator('button[name="method"][value="password"]')
  const before = await submit.boundingBox()
  await page.locator(password).fill('a new way in')
  await expect(page.locator('[data-password-help]')).toHaveText('This looks good.')
  expect(await submit.boundingBox()).toEqual(before)
  await submit.click()
  await page.waitForURL('**/welcome')
})

test('a new password is judged as Kratos judges it', async ({ page }) => {
  const { email } = newPerson()
  const submit = page.locator('button[name="method"][value="password"]')
  const line = page.locator('[data-password-help]')
  await page.goto('/registration')
  for (const [typed, said, message] of [
    ['short', 'Use at least 8 characters.', '4000032'],
    [email, 'This is too close to your address or name.', '4000031'],
  ] as const) {
    await page.locator('input[name="traits.email"]').fill(email)
    await expect(async () => {
      await page.locator(password).fill('')
      await page.locator(password).fill(typed)
      await expect(line).toHaveText(said, { timeout: 500 })
    }).toPass()
    await submit.click()
    await expect(page.getByTestId(`ui/message/${message}`)).toBeVisible()
  }
  await page.locator(password).fill('11111111')
  await expect(line).toHaveText('This is easy to guess. Make it longer.')
  await page.locator(password).fill('a new way in')
  await expect(line).toHaveText('This looks good.')
  await submit.click()
  await page.waitForURL('**/welcome')
})

test('in the settings, a password manager sees whose password it is', async ({ page, person }) => {
  await page.goto('/login')
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator(password).fill(person.password)
  await page.locator(password).press('Enter')
  await page.waitForURL('**/welcome')
  await page.goto('/settings')
  const form = page.locator('form', { has: page.locator(password) })
  await expect(form.locator('input[autocomplete="username"]')).toHaveValue(person.email)
  // It has no name: nothing of it is sent.
  await expect(form.locator('input[autocomplete="username"]')).not.toHaveAttribute('name')
})
