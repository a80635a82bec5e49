import { expect, signIn, test, UI } from './fixtures.ts'
import { BREACHED, UNCHECKED } from './support/breach-list.ts'
import { newPerson } from './support/people.ts'

const { breaches: ui } = UI

test('a password that was in a breach is refused, and so is one that cannot be looked up', async ({ page }) => {
  const person = newPerson()
  await page.goto(`${ui}/registration?return_to=%2Fsessions`)
  for (const [password, message] of [
    [BREACHED, 4000034],
    [UNCHECKED, 4000005],
  ] as const) {
    await page.locator('input[name="traits.email"]').fill(person.email)
    await page.locator('input[name="password"]').fill(password)
    await page.locator('button[name="method"][value="password"]').click()
    await expect(page.getByTestId('node/input/password').getByTestId(`ui/message/${message}`)).toBeVisible()
    await expect(page.locator('input[name="password"]')).toBeFocused()
    await expect(page.locator('input[name="password"]')).toHaveValue('')
    await expect(page.locator('input[name="traits.email"]')).toHaveValue(person.email)
  }
  await page.locator('input[name="password"]').fill(person.password)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page).toHaveURL(`${ui}/sessions`)

  await test.step('in the settings too', async () => {
    await page.goto(`${ui}/settings`)
    await page.locator('input[name="password"]').fill(BREACHED)
    await page.locator('button[name="method"][value="password"]').click()
    await expect(page.getByTestId('ui/message/4000034')).toBeVisible()
    await page.context().clearCookies()
    await signIn(page, { id: '', ...person }, ui)
  })
})
