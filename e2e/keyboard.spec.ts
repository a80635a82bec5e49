import type { Page } from '@playwright/test'
import { expect, signIn, test, UI } from './fixtures.ts'
import { expectReadingOrder, focused, tabTo, typeInto } from './support/keyboard.ts'
import { newPerson } from './support/people.ts'

// Without a mouse: Tab, Shift+Tab, Enter and the space bar.

const input = (page: Page, name: string) => page.locator(`input[name="${name}"]:not([type="hidden"])`)
const button = (page: Page, value: string) => page.locator(`button[name="method"][value="${value}"]`)

test('somebody signs in without a mouse, at the second try', async ({ page, person }) => {
  await page.goto('/login')
  await typeInto(page, input(page, 'identifier'), person.email)
  await typeInto(page, input(page, 'password'), 'not the password')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  await expect(input(page, 'password')).toBeFocused()
  await page.keyboard.type(person.password)
  await tabTo(page, button(page, 'password'))
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
})

test('somebody signs up without a mouse: errors lead to their fields', async ({ page }) => {
  const { email, password } = newPerson()
  await page.goto(`${UI.traits}/registration`)
  await typeInto(page, input(page, 'traits.email'), email)
  await typeInto(page, input(page, 'traits.website'), 'https://example.org')
  await typeInto(page, input(page, 'traits.age'), '12')
  await tabTo(page, input(page, 'traits.tos'))
  await page.keyboard.press('Space')
  await expect(input(page, 'traits.tos')).toBeChecked()
  await typeInto(page, input(page, 'traits.nickname'), 'ab')
  await typeInto(page, input(page, 'password'), password)
  await page.keyboard.press('Enter')

  const summary = page.locator('.summary')
  await expect(summary.getByRole('link')).toHaveCount(2)
  await expect(input(page, 'traits.age')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('21')
  await tabTo(page, summary.getByRole('link', { name: /nickname/i }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(input(page, 'traits.nickname')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('abel')
  await typeInto(page, input(page, 'password'), password)
  await tabTo(page, button(page, 'password'))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${UI.traits}/welcome`)
})

test('somebody changes a name and ends a session without a mouse', async ({ page, person, browser }) => {
  const elsewhere = await browser.newContext()
  await signIn(await elsewhere.newPage(), person)
  await signIn(page, person)

  await page.goto('/settings')
  await typeInto(page, input(page, 'traits.name.first'), 'Ada')
  await tabTo(page, button(page, 'profile'))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
  await expect(input(page, 'traits.name.first')).toHaveValue('Ada')

  await page.goto('/sessions')
  await expect(page.getByTestId('other-session')).toHaveCount(1)
  await tabTo(page, page.getByTestId('other-session').getByRole('button'))
  await page.keyboard.press('Space')
  await expect(page.getByTestId('other-session')).toHaveCount(0)
  await elsewhere.close()
})

test('the focus goes through the page as it is read, and out of it again', async ({ page, person }) => {
  await page.goto('/login')
  await expect(focused(page)).toHaveCount(0)
  await expectReadingOrder(page)
  await signIn(page, person)
  await page.goto('/settings')
  await expectReadingOrder(page)
})
