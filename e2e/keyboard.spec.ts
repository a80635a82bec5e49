import type { Page } from '@playwright/test'
import { expect, signIn, test, UI } from './fixtures.ts'
import { shownBy, startAt } from './support/hydra/sign-in.ts'
import { expectReadingOrder, focused, tabTo, typeInto } from './support/keyboard.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson, newPhone } from './support/people.ts'

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

test('somebody confirms a sign-in with a second factor without a mouse', async ({ page }) => {
  const person = await createPerson('mfa', { phone: newPhone() })
  await page.goto(`${UI.mfa}/login?return_to=%2Fsessions`)
  await typeInto(page, input(page, 'identifier'), person.email)
  await typeInto(page, input(page, 'password'), person.password)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('ui/message/1010004')).toBeVisible()
  await tabTo(page, page.locator(`button[name="address"][value="${person.email}"]`))
  await page.keyboard.press('Enter')
  const code = await codeFor(person.email)
  await expect(input(page, 'code')).toBeFocused()
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${UI.mfa}/sessions`)
})

test('somebody allows an application a part of what it asks for without a mouse', async ({ page }) => {
  const person = await createPerson('oauth2')
  await startAt(page, 'client=app&scope=openid%20email%20profile')
  await typeInto(page, input(page, 'identifier'), person.email)
  await typeInto(page, input(page, 'password'), person.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Allow access?' })).toBeVisible()
  await tabTo(page, page.locator('input[name="grant_scope"][value="email"]'))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: 'Allow', exact: true }))
  await page.keyboard.press('Enter')
  expect((await shownBy(page)).scope?.split(' ').sort()).toEqual(['openid', 'profile'])
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
  await page.goto('/preferences')
  await expectReadingOrder(page)
})
