import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import type { SignedIn } from './support/hydra/application.ts'
import { APPLICATION } from './support/hydra/places.ts'
import { createPerson } from './support/people.ts'

// A device without a keyboard (RFC 8628): it shows a code, which is entered here. Where nothing else is said,
// nobody has to consent for it.
const { oauth2: ui } = UI

type Device = { user_code: string; verification_uri: string; verification_uri_complete: string }

/** Lets a device ask to be signed in. */
async function startDevice(page: Page, client = 'direct-device'): Promise<Device> {
  const answer = await page.request.get(`${APPLICATION}/device/start?client=${client}`)
  return (await answer.json()) as Device
}

/** What the device has got once it is let in. */
async function shownByDevice(page: Page, { user_code }: Device): Promise<SignedIn> {
  const answer = await page.request.get(`${APPLICATION}/device/result?${new URLSearchParams({ user_code })}`)
  return (await answer.json()) as SignedIn
}

const field = (page: Page) => page.getByLabel('Code')
const confirm = (page: Page) => page.getByRole('button', { name: 'Continue' })
const isConnected = (page: Page) => expect(page).toHaveURL(`${ui}/device/success`)
const wrong = (page: Page) => page.getByText('This code is wrong, has expired, or was used already.')

async function enter(page: Page, code: string): Promise<void> {
  await field(page).fill(code)
  await confirm(page).click()
}

for (const [how, typedAs] of [
  ['as it is shown', (code: string) => code],
  ['in small letters, with blanks', (code: string) => ` ${code.toLowerCase().replace('-', '  ')} `],
  ['without its dash', (code: string) => code.replace('-', '')],
  ['with another dash', (code: string) => code.replace('-', ' – ')],
] as const) {
  test(`a code that is entered ${how} lets the device in`, async ({ page }) => {
    const person = await createPerson('oauth2')
    const device = await startDevice(page)
    await page.goto(device.verification_uri)
    await expect(page).toHaveURL(/\/device\?device_challenge=/)
    await expect(field(page)).toBeFocused()
    await expect(field(page)).toHaveValue('')
    await enter(page, typedAs(device.user_code))
    await expect(page.getByTestId('application')).toContainText('to continue to Kitchen Radio')
    await fillLogin(page, person)
    await isConnected(page)
    await expect(page.getByText('Go back to your device')).toBeVisible()
    expect(await shownByDevice(page, device)).toMatchObject({
      claims: { sub: person.id, aud: 'direct-device' },
      hasRefreshToken: true,
    })
  })
}

test('a device gets what was consented to, and nothing before', async ({ page }) => {
  const person = await createPerson('oauth2')
  const device = await startDevice(page, 'device')
  await page.goto(device.verification_uri)
  await enter(page, device.user_code)
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: 'Allow access?' })).toBeVisible()
  await expect(page.getByTestId('application')).toContainText('Living Room TV')
  await page.locator('input[name="grant_scope"][value="offline"]').uncheck()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await isConnected(page)
  expect(await shownByDevice(page, device)).toMatchObject({
    claims: { sub: person.id, aud: 'device' },
    scope: 'openid',
    hasRefreshToken: false,
  })
})

test('somebody who is signed in has to confirm it, and the code, but types neither', async ({ page }) => {
  const person = await createPerson('oauth2')
  const first = await startDevice(page)
  await page.goto(first.verification_uri_complete)
  await enter(page, first.user_code)
  await fillLogin(page, person)
  await isConnected(page)

  const device = await startDevice(page)
  await page.goto(device.verification_uri_complete)
  await expect(field(page)).toHaveValue(device.user_code)
  await expect(field(page)).not.toBeFocused()
  await expect(page.getByText('Compare this code')).toBeVisible()
  await expect(page.getByText('Only go on if the device is yours')).toBeVisible()
  await confirm(page).click()
  await isConnected(page)
  expect((await shownByDevice(page, device)).claims?.sub).toBe(person.id)
})

test('a wrong code is told at the field, and can be put right', async ({ page }) => {
  const person = await createPerson('oauth2')
  const device = await startDevice(page)
  await page.goto(device.verification_uri_complete)
  for (const typed of ['BBBB-BBBB', '- -', `${device.user_code}X`, 'x'.repeat(200)]) {
    await enter(page, typed)
    await expect(wrong(page)).toBeVisible()
    await expect(field(page)).toBeFocused()
    await expect(field(page)).toHaveAttribute('aria-invalid', 'true')
    await expect(field(page)).toHaveAccessibleDescription(/^This code is wrong, .* Only go on if/)
    // What was typed is nowhere in the URL.
    expect([...new URL(page.url()).searchParams.keys()]).toEqual(['device_challenge'])
  }
  await enter(page, device.user_code)
  await fillLogin(page, person)
  await isConnected(page)
})

test('a used code is a wrong one', async ({ page }) => {
  const person = await createPerson('oauth2')
  const device = await startDevice(page)
  await page.goto(device.verification_uri)
  await enter(page, device.user_code)
  await fillLogin(page, person)
  await isConnected(page)
  await page.goto(device.verification_uri)
  await enter(page, device.user_code)
  await expect(wrong(page)).toBeVisible()
})

test('a page that was used, or never was, is over', async ({ page, guard }) => {
  guard.allowConsole(/status of 410/)
  const person = await createPerson('oauth2')
  const device = await startDevice(page)
  await page.goto(device.verification_uri)
  const used = page.url()
  await enter(page, device.user_code)
  await fillLogin(page, person)
  await isConnected(page)
  for (const url of [used, `${ui}/device?device_challenge=never-was`]) {
    await page.goto(url)
    await enter(page, (await startDevice(page)).user_code)
    await expect(page.getByRole('heading', { name: 'This page is over' })).toBeVisible()
    await expect(page.getByTestId('request-id')).toBeVisible()
  }
  // The next one works.
  const next = await startDevice(page)
  await page.goto(next.verification_uri_complete)
  await confirm(page).click()
  await isConnected(page)
})

test('whoever types in the address of the page is told where to start', async ({ page }) => {
  for (const path of ['/device', '/device/answer', '/device?user_code=WDJB-MJHT']) {
    await page.goto(`${ui}${path}`)
    await expect(page.getByText('Do not open this address but the one that the device shows')).toBeVisible()
    await expect(page.locator('form')).toHaveCount(0)
  }
})

test('a form that is made up, or for another page, lets nothing in', async ({ page }) => {
  const device = await startDevice(page)
  const challengeOf = () => new URL(page.url()).searchParams.get('device_challenge') ?? ''
  const tokenOf = () => page.locator('input[name="token"]').inputValue()
  await page.goto(device.verification_uri)
  const [first, oldToken] = [challengeOf(), await tokenOf()]
  await page.goto(device.verification_uri)
  const [second, token] = [challengeOf(), await tokenOf()]
  const post = (form: Record<string, string>, headers = {}) =>
    page.request.post(`${ui}/device/answer`, {
      form: { user_code: device.user_code, ...form },
      maxRedirects: 0,
      headers,
    })
  for (const [challenge, sent] of [
    [second, ''],
    [second, 'nonsense'],
    [second, oldToken],
    [first, token],
  ] as const) {
    const answer = await post({ challenge, token: sent })
    expect([answer.status(), answer.headers().location]).toEqual([303, `/device?device_challenge=${challenge}`])
  }
  const foreign = await post({ challenge: second, token }, { 'Sec-Fetch-Site': 'cross-site' })
  expect(foreign.headers().location).toBe('/device')
  await page.goto(`${ui}/device?device_challenge=${second}`)
  await expect(page.getByRole('status')).toContainText('nothing has been changed')
  await enter(page, device.user_code)
  await expect(page.getByTestId('application')).toContainText('Kitchen Radio')
})

test('a code in the URL is text', async ({ page }) => {
  const code = '"><script>document.title="taken"</script>'
  await page.goto(`${ui}/device?${new URLSearchParams({ device_challenge: 'x', user_code: code })}`)
  await expect(field(page)).toHaveValue(code)
  await expect(page).toHaveTitle('Connect a device')
})

test('whoever is signed in already is told as whom the device will be', async ({ page }) => {
  const person = await createPerson('oauth2')
  await signIn(page, person, ui)
  const device = await startDevice(page)
  await page.goto(device.verification_uri)
  await enter(page, device.user_code)
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await expect(page.getByText(`You are signed in as ${person.email}.`)).toBeVisible()
})

test('without Hydra there are no such pages', async ({ page, guard }) => {
  guard.allowConsole(/status of 404/)
  for (const path of ['/device?device_challenge=x', '/device/success', '/applications']) {
    const response = await page.goto(path)
    expect([path, response?.status()]).toEqual([path, 404])
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  }
})
