import type { Page } from '@playwright/test'
import { expect, signIn, test, UI } from './fixtures.ts'
import { createPerson, type Person } from './support/people.ts'

// The profile `closed` has REMEMBER_ACCOUNTS=true.
const { closed: ui } = UI

async function signOut(page: Page): Promise<void> {
  await page.goto(`${ui}/welcome`)
  await page.getByTestId('logout').getByRole('link').click()
  await expect(page).toHaveURL(/\/login\?flow=/)
}

async function twoPeople(page: Page): Promise<[Person, Person]> {
  const [first, second] = [await createPerson('closed'), await createPerson('closed')]
  for (const person of [first, second]) {
    await signIn(page, person, ui)
    await signOut(page)
  }
  return [first, second]
}

test('who signed in here before is offered, the latest first, and need not be typed', async ({ page }) => {
  const [first, second] = await twoPeople(page)
  const accounts = page.getByTestId('known-accounts').getByRole('listitem')
  await expect(accounts).toHaveText([`${second.email}last time: Password`, `${first.email}last time: Password`])
  await expect(page.locator('button[value="password"]')).toContainText('Last used')
  await accounts.getByRole('link', { name: first.email }).click()
  await expect(page.locator('input[name="identifier"]')).toHaveValue(first.email)
  await expect(page.getByTestId('known-accounts')).toHaveCount(0)
  await page.locator('input[name="password"]').fill(first.password)
  await page.locator('button[value="password"]').click()
  await expect(page).toHaveURL(`${ui}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(first.email)
})

test('an account can be forgotten, and all of them', async ({ page, context }) => {
  const [first, second] = await twoPeople(page)
  await page.getByRole('link', { name: 'Forget accounts' }).click()
  await page.getByRole('button', { name: `Forget: ${second.email}` }).click()
  await expect(page.getByText(first.email)).toBeVisible()
  await expect(page.getByText(second.email)).toHaveCount(0)
  await page.getByRole('button', { name: 'Not my device: forget all' }).click()
  await expect(page.getByText('No account is remembered on this device.')).toBeVisible()
  expect((await context.cookies()).filter(({ name }) => name === 'ksui_known')).toEqual([])
  await page.goto(`${ui}/login`)
  await expect(page.getByTestId('known-accounts')).toHaveCount(0)
})

test('nothing of it can be read, changed or forgotten from elsewhere', async ({ page, context, request }) => {
  const person = await createPerson('closed')
  await signIn(page, person, ui)
  const cookie = (await context.cookies()).find(({ name }) => name === 'ksui_known')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(Buffer.from(cookie?.value ?? '', 'base64url').toString()).not.toContain(person.email)
  const headers = { Cookie: `ksui_known=${cookie?.value}`, 'Sec-Fetch-Site': 'cross-site' }
  const answer = await request.post(`${ui}/known-accounts/forget`, {
    headers,
    form: { all: '1' },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  expect(answer.headers()['set-cookie']).toBeUndefined()
})

test('a failed sign-in is not remembered', async ({ page, context }) => {
  const person = await createPerson('closed')
  await page.goto(`${ui}/login`)
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator('input[name="password"]').fill('not the password')
  await page.locator('button[value="password"]').click()
  await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
  expect((await context.cookies()).filter(({ name }) => name === 'ksui_known')).toEqual([])
})

test('where the operator does not want it, nothing is remembered', async ({ page, context, guard, person }) => {
  guard.allowConsole(/status of 404/)
  await signIn(page, person)
  expect((await context.cookies()).filter(({ name }) => name === 'ksui_known')).toEqual([])
  expect((await page.goto('/known-accounts'))?.status()).toBe(404)
})
