import type { Page } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson } from './support/people.ts'

const { steps: ui } = UI
const method = (page: Page, name: string) => page.locator(`button[name="method"][value="${name}"]`)
const email = (page: Page) => page.locator('input[name="traits.email"]')

test('a sign-up asks for the profile, then for a credential, and leads back without loss', async ({ page }) => {
  const person = newPerson()
  await page.goto(`${ui}/registration?return_to=%2Fsessions`)
  await expect(page.locator('input[name="password"]')).toHaveCount(0)
  await email(page).fill(person.email)
  await page.locator('input[name="traits.name.first"]').fill('Ada')
  await page.locator('input[name="traits.name.first"]').press('Enter')
  await expect(page.getByTestId('ui/message/1040009')).toBeVisible()

  await test.step('back, with what was typed', async () => {
    await page.locator('button[name="screen"][value="previous"]').click()
    await expect(email(page)).toHaveValue(person.email)
    await expect(page.locator('input[name="traits.name.first"]')).toHaveValue('Ada')
    await page.locator('input[name="traits.name.first"]').fill('Augusta')
    await method(page, 'profile').click()
  })

  await test.step('a password that is refused loses nothing', async () => {
    await page.locator('input[name="password"]').fill('short')
    await page.locator('input[name="password"]').press('Enter')
    await expect(page.getByTestId('ui/message/4000032')).toBeVisible()
    await expect(page.locator('input[type="hidden"][name="traits.email"]').first()).toHaveValue(person.email)
  })

  await page.locator('input[name="password"]').fill(person.password)
  await page.locator('input[name="password"]').press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
  await page.goto(`${ui}/settings`)
  await expect(email(page)).toHaveValue(person.email)
  await expect(page.locator('input[name="traits.name.first"]')).toHaveValue('Augusta')
})

test('the credential can be a code by mail', async ({ page }) => {
  const person = newPerson()
  await page.goto(`${ui}/registration`)
  await email(page).fill(person.email)
  await method(page, 'profile').click()
  await method(page, 'code').click()
  await expect(page.getByTestId('ui/message/1040005')).toBeVisible()
  await page.locator('input[name="code"]').fill(await codeFor(person.email))
  await page.locator('input[name="code"]').press('Enter')
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(person.email)
})

test('what is wrong in the profile is said in the first step', async ({ page }) => {
  await page.goto(`${ui}/registration`)
  await page.locator('input[name="traits.name.first"]').fill('a'.repeat(101))
  await email(page).fill(newPerson().email)
  await method(page, 'profile').click()
  await expect(page.getByTestId('ui/message/4000017')).toBeVisible()
  await expect(page.locator('input[name="traits.name.first"]')).toBeFocused()
  await expect(page.locator('input[name="password"]')).toHaveCount(0)
})

test('a login asks who it is first, and shows it in the second step, with an error too', async ({ page }) => {
  const person = await createPerson('steps')
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await expect(page.locator('input[name="password"]')).toHaveCount(0)
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator('input[name="identifier"]').press('Enter')
  await expect(page.getByTestId('flow-identifier')).toContainText(person.email)

  await page.getByLabel('Password').fill('not the password')
  await page.getByLabel('Password').press('Enter')
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  await expect(page.getByTestId('flow-identifier')).toContainText(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByLabel('Password').press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
})

test('who has no account is told so, and can correct the address', async ({ page }) => {
  const person = await createPerson('steps')
  const wrong = newPerson().email
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(wrong)
  await method(page, 'identifier_first').click()
  await expect(page.getByTestId('node/input/identifier').getByTestId('ui/message/4000037')).toBeVisible()
  await expect(page.locator('input[name="identifier"]')).toHaveValue(wrong)
  await page.locator('input[name="identifier"]').fill(person.email)
  await method(page, 'identifier_first').click()
  await page.getByLabel('Password').fill(person.password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(`${ui}/sessions`)
})

test('"not you?" leads back to the first step, and return_to is kept', async ({ page }) => {
  const person = await createPerson('steps')
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill((await createPerson('steps')).email)
  await method(page, 'identifier_first').click()
  await page.getByTestId('not-you-link').click()
  await page.locator('input[name="identifier"]').fill(person.email)
  await method(page, 'identifier_first').click()
  await page.getByLabel('Password').fill(person.password)
  await method(page, 'password').click()
  await expect(page).toHaveURL(`${ui}/sessions`)
})

test('in the second step a code by mail can be chosen, and stays chosen after an error', async ({ page }) => {
  const person = await createPerson('steps')
  await page.goto(`${ui}/login?return_to=%2Fsessions`)
  await page.locator('input[name="identifier"]').fill(person.email)
  await method(page, 'identifier_first').click()
  await method(page, 'code').click()
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await page.locator('input[name="code"]').fill('000000')
  await page.locator('input[name="code"]').press('Enter')
  await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
  await expect(page.locator('input[name="password"]')).toHaveCount(0)
  await expect(page.getByTestId('flow-identifier')).toContainText(person.email)
  await page.locator('input[name="code"]').fill(await codeFor(person.email))
  await page.locator('input[name="code"]').press('Enter')
  await expect(page).toHaveURL(`${ui}/sessions`)
})
