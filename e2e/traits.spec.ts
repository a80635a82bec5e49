import type { Page } from '@playwright/test'
import { expect, signIn, test, UI } from './fixtures.ts'
import { admin, newPerson } from './support/people.ts'

const { traits: ui } = UI
const saved = (page: Page) => page.getByTestId('ui/message/1050001')
const trait = (page: Page, name: string) => page.locator(`[name="traits.${name}"]:not([type="hidden"]):not(button)`)

type Traits = Record<string, unknown>

async function traitsOf(email: string): Promise<Traits> {
  const query = new URLSearchParams({ credentials_identifier: email })
  const [identity] = await admin<{ traits: Traits }[]>('traits', 'GET', `/identities?${query}`)
  return identity?.traits ?? {}
}

test.describe('a person with traits of every kind', () => {
  // The picker of a point in time shows the person's own time.
  test.use({ timezoneId: 'Asia/Kolkata' })

  test('signs up, and changes and clears them in the settings', async ({ page, javaScriptEnabled }) => {
    const { email, password } = newPerson()
    const reminder = page.getByLabel('Remind me on')
    await page.goto(`${ui}/registration`)
    await page.locator('input[name="password"]').fill(password)
    const typed = {
      email,
      website: 'https://example.org/me',
      phone: '+49 30 123456',
      born: '2000-02-29',
      age: '26',
      height: '1.85',
      shoe: '42.5',
      plan: 'team',
      nickname: 'ada',
      'name.first': 'Ada',
      'name.last': 'Lovelace',
      'address.city': 'London',
      'address.country': 'England',
    }
    for (const [name, value] of Object.entries(typed)) await trait(page, name).fill(value)
    await trait(page, 'tos').check()
    await page.getByLabel('Send me news').check()
    if (javaScriptEnabled) {
      await expect(reminder).toHaveAttribute('type', 'datetime-local')
      await reminder.fill('2030-05-01T12:30')
    } else {
      await expect(page.getByText('Date and time in UTC')).toBeVisible()
      await reminder.fill('2030-05-01T07:00:00Z')
    }
    await page.locator('button[name="method"][value="password"]').click()
    await expect(page).toHaveURL(`${ui}/welcome`)
    expect(await traitsOf(email)).toEqual({
      email,
      website: 'https://example.org/me',
      phone: '+49 30 123456',
      born: '2000-02-29',
      reminder: expect.stringMatching(/^2030-05-01T07:00:00(\.000)?Z$/),
      age: 26,
      height: 1.85,
      shoe: 42.5,
      plan: 'team',
      nickname: 'ada',
      tos: true,
      newsletter: true,
      name: { first: 'Ada', last: 'Lovelace' },
      address: { city: 'London', country: 'England' },
    })

    await page.goto(`${ui}/settings`)
    for (const [name, value] of Object.entries(typed)) await expect(trait(page, name)).toHaveValue(value)
    await expect(trait(page, 'tos')).toBeChecked()
    await expect(trait(page, 'newsletter')).toBeChecked()
    if (javaScriptEnabled) await expect(reminder).toHaveValue('2030-05-01T12:30')
    for (const name of ['phone', 'born', 'age', 'height', 'shoe', 'plan', 'nickname', 'address.city']) {
      await trait(page, name).fill('')
    }
    await trait(page, 'name.first').fill('Augusta')
    await page.getByText('Send me news').click()
    await page.locator('button[name="method"][value="profile"]').click()
    await expect(saved(page)).toBeVisible()
    expect(await traitsOf(email)).toEqual({
      email,
      website: 'https://example.org/me',
      // What nobody touched is sent back as Kratos gave it.
      reminder: expect.stringMatching(/^2030-05-01T07:00:00(\.000)?Z$/),
      tos: true,
      newsletter: false,
      name: { first: 'Augusta', last: 'Lovelace' },
      address: { country: 'England' },
    })

    await page.goto(`${ui}/settings`)
    if (javaScriptEnabled) await expect(reminder).toHaveAttribute('type', 'datetime-local')
    // As a picker's own button for it does; Playwright knows no way to press that one.
    await reminder.evaluate((field: HTMLInputElement) => {
      field.value = ''
      field.dispatchEvent(new Event('input'))
    })
    await page.locator('button[name="method"][value="profile"]').click()
    await expect(saved(page)).toBeVisible()
    expect(await traitsOf(email)).not.toHaveProperty('reminder')
  })
})

test('a field tells browsers and password managers what it is for', async ({ page }) => {
  await page.goto(`${ui}/registration`)
  for (const [name, token] of Object.entries({
    email: 'email',
    website: 'url',
    phone: 'tel',
    born: 'bday',
    'name.first': 'given-name',
    'name.last': 'family-name',
    'address.city': 'address-level2',
  })) {
    await expect(trait(page, name), name).toHaveAttribute('autocomplete', token)
  }
})

test('a box that must be ticked, and is not, says so; what was typed stays', async ({ page }) => {
  await page.goto(`${ui}/registration`)
  await trait(page, 'email').fill(newPerson().email)
  await trait(page, 'website').fill('https://example.org')
  await trait(page, 'newsletter').check()
  await page.locator('input[name="password"]').fill(newPerson().password)
  // Browsers would not send the form.
  await trait(page, 'tos').evaluate((box) => box.removeAttribute('required'))
  await page.locator('button[name="method"][value="password"]').click()
  await expect(page.getByTestId('ui/message/4000029')).toBeVisible()
  await expect(trait(page, 'tos')).toBeFocused()
  await expect(trait(page, 'website')).toHaveValue('https://example.org')
  await expect(trait(page, 'newsletter')).toBeChecked()
})

test.describe('where no picker is', () => {
  test.use({ javaScriptEnabled: false })

  test('a point in time that is none is said so at the field', async ({ page }) => {
    await page.goto(`${ui}/registration`)
    await trait(page, 'email').fill(newPerson().email)
    await trait(page, 'website').fill('https://example.org')
    await trait(page, 'tos').check()
    await page.locator('input[name="password"]').fill(newPerson().password)
    await trait(page, 'reminder').fill('tomorrow')
    await page.locator('button[name="method"][value="password"]').click()
    // The pattern stops it; the browser shows the hint.
    await expect(page).toHaveURL(/\/registration\?flow=/)
    expect(await trait(page, 'reminder').evaluate((field: HTMLInputElement) => field.validity.patternMismatch)).toBe(
      true,
    )
    await trait(page, 'reminder').evaluate((field) => field.removeAttribute('pattern'))
    await page.locator('button[name="method"][value="password"]').click()
    await expect(page.getByTestId('node/input/traits.reminder').getByTestId('ui/message/4000001')).toBeVisible()
    await expect(trait(page, 'reminder')).toHaveValue('tomorrow')
  })
})

// Kratos has one empty line for a trait with several values, and no form can know what it is: what people with such traits
// get are its messages.
test('a trait with several values: too few, too many, the same twice, not those that it must be', async ({ page }) => {
  const { email, password } = newPerson()
  const { id } = await admin<{ id: string }>('traits', 'POST', '/identities', {
    schema_id: 'lists',
    traits: { email, tags: ['one', 'two'] },
    credentials: { password: { config: { password } } },
  })
  await signIn(page, { id, email, password }, ui)
  await page.goto(`${ui}/settings`)
  for (const [name, values, message] of [
    ['tags', ['one'], 4000024],
    ['tags', ['one', 'one'], 4000025],
    ['tags', ['one', 'two', 'three', 'four'], 4000023],
    ['terms', ['service', 'another'], 4000030],
  ] as const) {
    const form = page.locator('form', { has: trait(page, name) })
    const body = new URLSearchParams({ method: 'profile', 'traits.email': email })
    body.set('csrf_token', await form.locator('input[name="csrf_token"]').inputValue())
    for (const value of values) body.append(`traits.${name}`, value)
    await page.request.post((await form.getAttribute('action')) ?? '', {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
      data: body.toString(),
    })
    await page.reload()
    await expect(page.getByTestId(`node/input/traits.${name}`).getByTestId(`ui/message/${message}`)).toBeVisible()
  }
  expect(await traitsOf(email)).toEqual({ email, tags: ['one', 'two'] })
})
