import { expect, fillLogin, test, UI } from './fixtures.ts'
import { createPerson } from './support/people.ts'

const { closed: ui } = UI
const CLOSED = {
  registration: 'Creating new accounts is switched off.',
  recovery: 'Recovering an account is switched off.',
  verification: 'Verifying an address is switched off.',
}

for (const [flow, text] of Object.entries(CLOSED)) {
  test(`${flow} that is switched off: a page that says so, and the way back to the login`, async ({ page, guard }) => {
    guard.allowConsole(/status of 403/)
    const person = await createPerson('closed')
    const response = await page.goto(`${ui}/${flow}?return_to=%2Fsessions`)
    expect(response?.status()).toBe(403)
    await expect(page.getByRole('heading', { name: 'Not available here' })).toBeVisible()
    await expect(page.getByText(text)).toBeVisible()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await fillLogin(page, person)
    await expect(page).toHaveURL(`${ui}/sessions`)
  })
}
