import type { Page } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { newPerson } from './support/people.ts'

const { traits: ui } = UI

/** What is typed into a field of the sign-up, and the message that Kratos has for it. */
const WRONG: [field: string, value: string, message: number][] = [
  ['traits.email', 'somebody', 4000001],
  ['traits.email', '', 4000002],
  ['traits.website', 'https:/x', 4000003],
  ['traits.website', '', 4000002],
  ['traits.born', '31.1.2000', 4000001],
  ['traits.age', '15', 4000018],
  ['traits.age', 'many', 4000026],
  ['traits.age', '16.5', 4000026],
  ['traits.height', '3.5', 4000020],
  ['traits.shoe', '10', 4000019],
  ['traits.shoe', '60', 4000021],
  ['traits.shoe', '42.3', 4000022],
  ['traits.nickname', 'ab', 4000003],
  ['traits.nickname', 'abcdefghijk', 4000017],
  ['traits.nickname', 'Ada', 4000004],
  ['traits.plan', 'another', 4000001],
  ['password', '', 4000002],
  ['password', 'short', 4000032],
  ['password', 'x'.repeat(80), 4000033],
]

for (const [field, value, message] of WRONG) {
  test(`${field} ${JSON.stringify(value.slice(0, 12))}: ${message} at the field`, async ({ page }) => {
    const { email, password } = newPerson()
    await page.goto(`${ui}/registration`)
    const good = { 'traits.email': email, 'traits.website': 'https://example.org', password }
    for (const [name, text] of Object.entries(good)) await input(page, name).fill(text)
    await input(page, 'traits.tos').check()
    await sendAnyway(page, field, value)

    const shown = page.getByTestId(`node/input/${field}`).getByTestId(`ui/message/${message}`)
    await expect(shown).toBeVisible()
    const wrong = input(page, field)
    await expect(wrong).toHaveAttribute('aria-invalid', 'true')
    await expect(wrong).toHaveAccessibleDescription(new RegExp(escaped((await shown.textContent()) ?? '')))
    await expect(wrong).toBeFocused()
    if (field !== 'password') await expect(input(page, 'password')).toHaveValue('')
    if (field !== 'traits.website') await expect(input(page, 'traits.website')).toHaveValue(good['traits.website'])
  })
}

test('a password like the address is refused', async ({ page }) => {
  const { email } = newPerson()
  await page.goto(`${ui}/registration`)
  await input(page, 'traits.email').fill(email)
  await input(page, 'traits.website').fill('https://example.org')
  await input(page, 'traits.tos').check()
  await input(page, 'password').fill(email)
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/4000031')).toBeVisible()
})

function input(page: Page, name: string) {
  return page.locator(`[name="${name}"]:not([type="hidden"]):not(button)`)
}

/** Browsers stop some of it: what Kratos says is the subject here. At one go, so that no script comes in between. */
async function sendAnyway(page: Page, field: string, value: string): Promise<void> {
  await input(page, field).evaluate((element: HTMLInputElement, text) => {
    element.type = 'text'
    element.required = false
    element.removeAttribute('pattern')
    element.value = text
    element.form?.querySelector<HTMLButtonElement>('button[value="password"]')?.click()
  }, value)
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}
