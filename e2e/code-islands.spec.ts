import type { Page } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { enterCode } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson } from './support/people.ts'

const resend = (page: Page) => page.getByRole('button', { name: 'Resend code' })
const code = (page: Page) => page.locator('input[name="code"]')
const method = (page: Page) => page.locator('button[name="method"][value="code"]')

test('another code can be asked for after half a minute, and a reload does not change that', async ({ page }) => {
  await page.clock.install()
  const { email } = await createPerson('code')
  await askForCode(page, 'login', 'identifier', email)
  await expectWait(page, 25)
  // Nothing is read out each second: the name stays, and no live region counts.
  await expect(resend(page)).toHaveAccessibleName('Resend code')
  await expect(resend(page)).toHaveAccessibleDescription(/30 seconds after the last one/)
  await expect(page.locator('[aria-live] [data-seconds], [role="status"] [data-seconds]')).toHaveCount(0)

  await test.step('a press does nothing meanwhile', async () => {
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    await resend(page).click({ force: true })
    await page.clock.fastForward(10_000)
    expect(posts).toEqual([])
    await expectWait(page, 15)
  })
  await test.step('a reload goes on', async () => {
    await page.reload()
    await expectWait(page, 15, 20)
  })
  await test.step('so does a wrong code', async () => {
    await enterCode(page, '000000')
    await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
    await expectWait(page, 10, 20)
  })
  await codeFor(email)
  await page.clock.fastForward(21_000)
  await expect(resend(page)).not.toHaveAttribute('aria-disabled')
  await expect(resend(page)).toHaveText('Resend code')
  await expect(resend(page)).toHaveAccessibleDescription('')

  await test.step('another code starts another wait', async () => {
    await resend(page).click()
    await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
    await expectWait(page, 25)
    await enterCode(page, await codeFor(email, 2))
    await expect(page).toHaveURL(`${UI.code}/welcome`)
  })
})

for (const flow of ['recovery', 'verification'] as const) {
  test(`${flow}: the button of the address waits as well`, async ({ page }) => {
    await page.clock.install()
    await askForCode(page, flow, 'email', (await createPerson('code')).email)
    await expectWait(page, 25)
    await expect(resend(page)).toHaveAttribute('name', 'email')
    await page.clock.fastForward(31_000)
    await resend(page).click()
    await expectWait(page, 25)
  })
}

test('another flow has a wait of its own', async ({ page }) => {
  await page.clock.install()
  await askForCode(page, 'login', 'identifier', (await createPerson('code')).email)
  await page.clock.fastForward(20_000)
  await askForCode(page, 'registration', 'traits.email', newPerson().email)
  await expectWait(page, 25)
})

test('a code that is pasted with blanks, a hyphen or words around it signs in', async ({ page }) => {
  const { email } = await createPerson('code')
  await askForCode(page, 'login', 'identifier', email)
  const right = await codeFor(email)
  const [a, b] = [right.slice(0, 3), right.slice(3)]
  for (const text of [`${a}-${b}`, ` ${right} `, `Your login code is: ${right}`, `${a} ${b}`]) {
    await paste(page, text)
    await expect(code(page)).toHaveValue(right)
  }
  // A complete code is not sent by itself.
  await expect(method(page)).not.toHaveAttribute('data-busy')
  await code(page).press('Enter')
  await expect(page).toHaveURL(`${UI.code}/welcome`)
})

test('in recovery, where Kratos allows six characters, a pasted code is not cut', async ({ page }) => {
  const { email } = await createPerson('code')
  await askForCode(page, 'recovery', 'email', email)
  const right = await codeFor(email)
  await paste(page, `${right.slice(0, 3)} ${right.slice(3)}`)
  await expect(code(page)).toHaveValue(right)
  await code(page).press('Enter')
  await expect(page).toHaveURL(/\/settings\?flow=/)
})

test('what is no code stays as it was typed', async ({ page }) => {
  await askForCode(page, 'login', 'identifier', (await createPerson('code')).email)
  await paste(page, 'invalid-code')
  await expect(code(page)).toHaveValue('invalid-code')
  await code(page).press('Enter')
  await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
})

async function askForCode(page: Page, flow: string, field: string, email: string): Promise<void> {
  await page.goto(`${UI.code}/${flow}`)
  await page.locator(`input[name="${field}"]`).fill(email)
  await method(page).click()
  await expect(code(page)).toBeVisible()
}

/** The button waits, for so many seconds at least and at most. */
async function expectWait(page: Page, least: number, most = 30): Promise<void> {
  await expect(resend(page)).toHaveAttribute('aria-disabled', 'true')
  const seconds = Number(/\((\d+) s\)/.exec((await resend(page).textContent()) ?? '')?.[1])
  expect(seconds).toBeGreaterThanOrEqual(least)
  expect(seconds).toBeLessThanOrEqual(most)
}

/** Pastes in place of what is in the field: to a page it is one `input` event with all of the text. */
async function paste(page: Page, text: string): Promise<void> {
  await code(page).selectText()
  await page.keyboard.insertText(text)
}
