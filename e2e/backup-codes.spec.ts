import type { Page } from '@playwright/test'
import { expect, signIn, test, UI } from './fixtures.ts'
import type { Person } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const button = (page: Page, name: string) => page.locator(`button[name="lookup_secret_${name}"]`)
const codes = (page: Page) => page.getByTestId('node/text/lookup_secret_codes/text').locator('li')
const saved = (page: Page) => page.getByTestId('ui/message/1050001')

test('backup codes are shown, work once they are confirmed, and are marked once they are used', async ({
  page,
  person,
  javaScriptEnabled,
}) => {
  await signIn(page, person)
  await page.goto('/settings')
  await button(page, 'regenerate').click()
  await expect(codes(page)).toHaveCount(12)
  // What needs JavaScript is there only with it. The codes can be read and selected without.
  await expect(page.getByRole('button', { name: 'Copy' })).toBeVisible({ visible: javaScriptEnabled })
  await expect(codes(page).first()).not.toHaveCSS('user-select', 'none')
  await expect(button(page, 'confirm')).toHaveAccessibleDescription(/work once you have confirmed them/)
  const [first = '', second = ''] = await codes(page).allTextContents()

  await test.step('not before', async () => {
    await page.goto('/login?aal=aal2')
    await expect(page.locator('input[name="lookup_secret"]')).toHaveCount(0)
  })

  await page.goto('/settings')
  await button(page, 'regenerate').click()
  await expect(codes(page)).toHaveCount(12)
  const confirmed = await codes(page).allTextContents()
  expect(confirmed).not.toContain(first)
  await button(page, 'confirm').click()
  await expect(saved(page)).toBeVisible()
  await expect(codes(page)).toHaveCount(0)

  await use(page, person, confirmed[0] ?? '')
  await page.goto('/settings')
  await button(page, 'reveal').click()
  await expect(codes(page)).toHaveCount(12)
  await expect(codes(page).and(page.locator('[data-used]'))).toHaveCount(1)
  expect(await codes(page).allTextContents()).toEqual(expect.arrayContaining(confirmed.slice(1)))
  expect(await codes(page).allTextContents()).not.toContain(second)
})

test('new backup codes take the place of the old ones when they are confirmed, not before', async ({
  page,
  person,
}) => {
  await signIn(page, person)
  const [old = '', other = ''] = await generate(page)
  await page.goto('/settings')
  await button(page, 'reveal').click()
  await button(page, 'regenerate').click()
  await expect(button(page, 'confirm')).toHaveAccessibleDescription(/Codes from before stop working then/)
  const next = await codes(page).allTextContents()

  await use(page, person, old)
  await page.goto('/settings')
  await button(page, 'reveal').click()
  await expect(codes(page).filter({ hasText: other })).toHaveCount(1)
  expect(await codes(page).allTextContents()).not.toContain(next[0])

  const [fresh = ''] = await generate(page)
  await page.context().clearCookies()
  await signIn(page, person)
  await page.goto('/login?aal=aal2')
  await page.locator('input[name="lookup_secret"]').fill(other)
  await page.locator('button[value="lookup_secret"]').click()
  await expect(page.getByTestId('ui/message/4000016')).toBeVisible()
  await use(page, person, fresh)
})

test('backup codes can be disabled', async ({ page, person }) => {
  await signIn(page, person)
  await generate(page)
  await page.goto('/settings')
  await button(page, 'disable').click()
  await expect(saved(page)).toBeVisible()
  await expect(button(page, 'reveal')).toHaveCount(0)
  await expect(button(page, 'regenerate')).toBeVisible()
})

test('the buttons of a group stand in the order of what they do: what removes comes last', async ({ page, person }) => {
  await signIn(page, person)
  await generate(page)
  await page.goto('/settings')
  await button(page, 'reveal').click()
  const names = await page
    .locator('#settings-lookup_secret button[name]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('name')))
  expect(names).toEqual(['lookup_secret_regenerate', 'lookup_secret_disable'])
})

/** Makes new codes and confirms them. */
async function generate(page: Page): Promise<string[]> {
  await page.goto('/settings')
  if (await button(page, 'reveal').isVisible()) await button(page, 'reveal').click()
  await button(page, 'regenerate').click()
  await expect(button(page, 'confirm')).toBeVisible()
  const texts = await codes(page).allTextContents()
  await button(page, 'confirm').click()
  await expect(saved(page)).toBeVisible()
  return texts
}

/** Signs in anew, with a code as the second factor. */
async function use(page: Page, person: Person, code: string): Promise<void> {
  await page.context().clearCookies()
  await signIn(page, person)
  await page.goto('/login?aal=aal2')
  await page.locator('input[name="lookup_secret"]').fill(code)
  await page.locator('button[value="lookup_secret"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
}
