import type { Page } from '@playwright/test'
import { expect, fillLogin, test, UI } from './fixtures.ts'
import { enterCode, resendCode, useUpTries } from './support/codes.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson, newPhone } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const method = (page: Page) => page.locator('button[name="method"][value="code"]')
const code = (page: Page) => page.locator('input[name="code"]')

/** Where the address is typed in each flow. */
const FIELD = {
  login: 'input[name="identifier"]',
  registration: 'input[name="traits.email"]',
  recovery: 'input[name="email"]',
  verification: 'input[name="email"]',
} as const
const FLOWS = Object.keys(FIELD) as (keyof typeof FIELD)[]

/** What Kratos says of a code that is too old: the same as of a flow that is. */
const EXPIRED = { login: 4010001, registration: 4040001, recovery: 4060005, verification: 4070005 } as const

for (const flow of FLOWS) {
  test(`${flow}: after too many wrong codes a fresh page takes a new one, and return_to is kept`, async ({
    page,
    javaScriptEnabled,
  }) => {
    const email = await addressFor(flow, 'code')
    await page.goto(`${UI.code}/${flow}?return_to=%2Fsessions`)
    await askForCode(page, flow, email)
    const spent = new URL(page.url()).searchParams.get('flow')
    await codeFor(email)
    await useUpTries(page)
    await expect(page).toHaveURL(new RegExp(`/${flow}\\?flow=`))
    expect(new URL(page.url()).searchParams.get('flow')).not.toBe(spent)
    await expect(page.getByRole('status')).toHaveText(/^There were too many wrong codes/)
    await expect(page.locator(FIELD[flow])).toHaveValue(javaScriptEnabled ? email : '')
    await askForCode(page, flow, email)
    await enterCode(page, await codeFor(email, 2))
    await expectArrival(page, flow, UI.code)
  })

  test(`${flow}: a code that is too old says so, and return_to is kept`, async ({ page }) => {
    const email = await addressFor(flow, 'fleeting')
    await page.goto(`${UI.fleeting}/${flow}?return_to=%2Fsessions`)
    await askForCode(page, flow, email)
    const old = await codeFor(email)
    await page.waitForTimeout(6_500)
    await enterCode(page, old)
    // In recovery and verification Kratos's own new page has lost return_to: ours takes its place.
    const ours = page.getByText('That page had expired, so here is a fresh one.')
    await expect(page.getByTestId(`ui/message/${EXPIRED[flow]}`).or(ours)).toBeVisible()
    await askForCode(page, flow, email)
    await enterCode(page, await codeFor(email, 2))
    await expectArrival(page, flow, UI.fleeting)
  })
}

test('a code that is too old: another one can be asked for on the same page', async ({ page }) => {
  const email = await addressFor('login', 'fleeting')
  await page.goto(`${UI.fleeting}/login?return_to=%2Fsessions`)
  await askForCode(page, 'login', email)
  await codeFor(email)
  await page.waitForTimeout(6_500)
  await resendCode(page)
  await expect(page.getByTestId('ui/message/1010014')).toBeVisible()
  await enterCode(page, await codeFor(email, 2))
  await expect(page).toHaveURL(`${UI.fleeting}/sessions`)
})

test('second factor: after too many wrong codes there is a fresh page for it, and return_to is kept', async ({
  page,
}) => {
  const person = await createPerson('mfa', { phone: newPhone() })
  await page.goto(`${UI.mfa}/login?return_to=%2Fsessions`)
  await fillLogin(page, person)
  await page.locator(`button[name="address"][value="${person.email}"]`).click()
  await codeFor(person.email)
  await useUpTries(page)
  await expect(page.getByText(/^There were too many wrong codes/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Two-Factor Authentication')
  await page.locator(`button[name="address"][value="${person.email}"]`).click()
  await enterCode(page, await codeFor(person.email, 2))
  await expect(page).toHaveURL(`${UI.mfa}/sessions`)
  expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
})

test('a code with a blank or a hyphen: Kratos trims none, and only a try is lost', async ({
  page,
  javaScriptEnabled,
}) => {
  const email = await addressFor('login', 'code')
  await page.goto(`${UI.code}/login?return_to=%2Fsessions`)
  await askForCode(page, 'login', email)
  const right = await codeFor(email)
  const spaced = `${right.slice(0, 3)} ${right.slice(3)}`
  await code(page).fill(spaced)
  await expect(code(page)).toHaveValue(javaScriptEnabled ? right : spaced)
  await code(page).press('Enter')
  if (!javaScriptEnabled) {
    await expect(page.getByTestId('ui/message/4010008')).toBeVisible()
    await expect(page.getByTestId('flow-identifier')).toContainText(email)
    await enterCode(page, right)
  }
  await expect(page).toHaveURL(`${UI.code}/sessions`)
})

for (const flow of ['recovery', 'verification'] as const) {
  test(`${flow}: an address that nobody has looks like one that somebody has`, async ({ page, javaScriptEnabled }) => {
    const seen: string[] = []
    for (const email of [(await createPerson('code')).email, newPerson().email]) {
      await page.goto(`${UI.code}/${flow}?return_to=%2Fsessions`)
      await askForCode(page, flow, email)
      // Both pages as they are once the button waits.
      if (javaScriptEnabled) await page.locator('button[data-waiting]').waitFor()
      const html = await page.locator('main').innerHTML()
      // Ids and tokens differ from flow to flow, and the address is the one that was typed.
      seen.push(
        html
          .replaceAll(email, 'ADDRESS')
          .replace(/flow=[\w-]{36}/g, 'flow=ID')
          .replace(/name="csrf_token" value="[^"]*"|value="[^"]*" name="csrf_token"/g, 'CSRF')
          .replace(/\(\d+ s\)/g, 'SECONDS'),
      )
      await expect(page.locator('main').getByRole('alert')).toHaveCount(0)
    }
    expect(seen[1]).toBe(seen[0])
  })

  test(`${flow}: a wrong address can be changed, and return_to is kept`, async ({ page }) => {
    const { email } = await createPerson('code')
    await page.goto(`${UI.code}/${flow}?return_to=%2Fsessions`)
    await askForCode(page, flow, newPerson().email)
    await page.getByTestId('start-over-link').click()
    await askForCode(page, flow, email)
    await enterCode(page, await codeFor(email))
    await expectArrival(page, flow, UI.code)
  })
}

async function addressFor(flow: keyof typeof FIELD, profile: 'code' | 'fleeting'): Promise<string> {
  return flow === 'registration' ? newPerson().email : (await createPerson(profile)).email
}

async function askForCode(page: Page, flow: keyof typeof FIELD, email: string): Promise<void> {
  const field = page.locator(FIELD[flow])
  // The address of the page before may be filled in at the same moment.
  await expect(async () => {
    await field.fill(email)
    await expect(field).toHaveValue(email, { timeout: 500 })
  }).toPass()
  await method(page).click()
  await expect(code(page)).toBeVisible()
}

/** The way on from a right code, to the `return_to` of the start: /sessions. */
async function expectArrival(page: Page, flow: keyof typeof FIELD, ui: string): Promise<void> {
  if (flow === 'verification') {
    await expect(page.getByTestId('ui/message/1080002')).toBeVisible()
    await expect(page.getByTestId('node/anchor/continue')).toHaveAttribute('href', `${ui}/sessions`)
    return
  }
  if (flow === 'recovery') {
    await expect(page).toHaveURL(/\/settings\?flow=/)
    await page.locator('input[name="password"]').fill(newPerson().password)
    await page.locator('button[name="method"][value="password"]').click()
  }
  await expect(page).toHaveURL(`${ui}/sessions`)
}
