import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { APPLICATION, ISSUER } from './support/hydra/places.ts'
import { consentFor, shownBy, startAt } from './support/hydra/sign-in.ts'
import { admin, createPerson, type Person } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { enrolTotp } from './support/totp.ts'

// Sign-outs that an application asks for. The client `app` has its sign-outs confirmed, `direct` does not.
const { oauth2: ui } = UI
const GOODBYE = `${APPLICATION}/goodbye?state=after-logout`

const signOut = (page: Page) => page.getByRole('button', { name: 'Sign out' })
const stay = (page: Page) => page.getByRole('button', { name: 'Stay signed in' })
const challengeIn = (url: string) => new URL(url).searchParams.get('logout_challenge') ?? ''

/** Signs in to an application, and so at Hydra and at Kratos. */
async function signInTo(page: Page, client: 'app' | 'direct', person?: Person): Promise<Person> {
  const somebody = person ?? (await createPerson('oauth2'))
  await startAt(page, `client=${client}`)
  await fillLogin(page, somebody)
  if (client === 'app') await consentFor(page)
  expect((await shownBy(page)).claims?.sub).toBe(somebody.id)
  await page.goto(`${ui}/welcome`)
  return somebody
}

/** Whether Hydra knows the browser still. */
async function isKnownAtHydra(page: Page): Promise<boolean> {
  await startAt(page, 'client=direct&prompt=none')
  return (await shownBy(page)).error !== 'login_required'
}

async function signOutAtKratos(page: Page): Promise<void> {
  await page.goto(`${ui}/logout`)
  await signOut(page).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
}

// The consent page is no subject here; nor is what stands there while the test consents in its place.
test.beforeEach(({ guard }) => guard.allowConsole(/status of 404/))

test.describe('a sign-out that an application asks for', () => {
  test('says who asks and whom it is about, ends both sessions, and leads back', async ({ page }) => {
    const person = await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    await expect(page).toHaveURL(/\/logout\?logout_challenge=/)
    await expect(page.getByTestId('application')).toHaveText(/^Photo Album asks to sign you out\./)
    await expect(page.getByTestId('logout-account')).toContainText(person.email)
    expect(await whoami(page)).toBeDefined()
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
    await page.goto(`${ui}/welcome`)
    expect(await whoami(page)).toBeUndefined()
    expect(await isKnownAtHydra(page)).toBe(false)
  })

  test('without a way back ends at the front door', async ({ page }) => {
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout?to=none`)
    await expect(page.getByTestId('application')).toContainText('Photo Album')
    await signOut(page).click()
    await expect(page).toHaveURL(/\/login\?flow=/)
    expect(await isKnownAtHydra(page)).toBe(false)
  })

  test('that does not prove who asks is asked for all the same', async ({ page }) => {
    await signInTo(page, 'direct')
    await page.goto(`${ISSUER}/oauth2/sessions/logout`)
    await expect(page.getByTestId('application')).toHaveText('Do you want to sign out?')
    await signOut(page).click()
    await expect(page).toHaveURL(/\/login\?flow=/)
    expect(await isKnownAtHydra(page)).toBe(false)
  })

  test('can be refused: everything stays, and it cannot be taken up again', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    const asked = page.url()
    await stay(page).click()
    await expect(page).toHaveURL(`${ui}/welcome`)
    expect(await whoami(page)).toBeDefined()
    const response = await page.goto(asked)
    expect(response?.status()).toBe(410)
    await expect(page.getByRole('heading', { name: 'This sign-out is over' })).toBeVisible()
    await expect(page.getByText('You are still signed in here.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Sign out' })).toHaveAttribute('href', '/logout')
    expect(await isKnownAtHydra(page)).toBe(true)
  })

  test('is not asked about where the client is set up so', async ({ page }) => {
    await signInTo(page, 'direct')
    await page.goto(`${APPLICATION}/logout`)
    await expect(page).toHaveURL(GOODBYE)
    await page.goto(`${ui}/welcome`)
    expect(await whoami(page)).toBeUndefined()
    expect(await isKnownAtHydra(page)).toBe(false)
  })

  test('leads back into an application on a phone, which the policy of the page allows', async ({ page, guard }) => {
    await signInTo(page, 'app')
    const response = await page.goto(`${APPLICATION}/logout?to=phone`)
    expect(response?.headers()['content-security-policy']).toMatch(/form-action [^;]* com\.example\.app:(;|$| )/)
    await signOut(page).click()
    await expect.poll(() => isGone(page)).toBe(true)
    expect(guard.problems).toEqual([])
  })

  test('of somebody who is signed out at Kratos already ends the rest', async ({ page }) => {
    await signInTo(page, 'app')
    await signOutAtKratos(page)
    await page.goto(`${APPLICATION}/logout`)
    await expect(page.getByTestId('application')).toContainText('Photo Album')
    await expect(page.getByTestId('logout-account')).toHaveCount(0)
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
    expect(await isKnownAtHydra(page)).toBe(false)
  })

  test('of nobody leads on at once', async ({ page }) => {
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
    await page.goto(`${APPLICATION}/logout`)
    await expect(page).toHaveURL(GOODBYE)
  })

  test('with a second factor missing asks, and ends both sessions', async ({ page }) => {
    const person = await signInTo(page, 'app')
    await page.goto(`${ui}/settings`)
    await enrolTotp(page)
    await signOutAtKratos(page)
    await page.goto(`${ui}/login`)
    await fillLogin(page, person)
    await expect(page.locator('input[name="totp_code"]')).toBeVisible()
    await page.goto(`${APPLICATION}/logout`)
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
    await page.goto(`${ui}/welcome`)
    await expect(page.getByText('You are not signed in.')).toBeVisible()
  })
})

async function isGone(page: Page): Promise<boolean> {
  const answer = await page.request.get(`${ui}/sessions/whoami`)
  return answer.status() === 401
}

for (const client of ['app', 'direct'] as const) {
  test(`the session of somebody else stays, and the page says so (${client})`, async ({ page }) => {
    await signInTo(page, client)
    await signOutAtKratos(page)
    const other = await createPerson('oauth2')
    await signIn(page, other, ui)
    await page.goto(`${APPLICATION}/logout`)
    await expect(page.getByTestId('application')).toContainText('asks to sign out another account')
    await expect(page.getByTestId('logout-account')).toContainText(`as ${other.email}. That stays as it is.`)
    await page.getByRole('button', { name: 'Sign out the other account' }).click()
    await expect(page).toHaveURL(GOODBYE)
    await page.goto(`${ui}/welcome`)
    expect((await whoami(page))?.identity.id).toBe(other.id)
    expect(await isKnownAtHydra(page)).toBe(false)
  })
}

test.describe('a sign-out that is over', () => {
  test('because it was done with leads back to the application', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    const asked = page.url()
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
    const response = await page.goto(asked)
    expect(response?.status()).toBe(410)
    await expect(page.getByText('You are not signed in here.')).toBeVisible()
    await expect(page.getByTestId('request-id')).toBeVisible()
    await page.getByRole('link', { name: 'Back to the application' }).click()
    await expect(page).toHaveURL(GOODBYE)
  })

  test('because it never was leads home', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    for (const challenge of ['never-was', '%00', 'x'.repeat(3000)]) {
      const response = await page.goto(`${ui}/logout?logout_challenge=${challenge}`)
      expect(response?.status()).toBe(410)
      await expect(page.getByRole('link', { name: 'Home' })).toHaveAttribute('href', '/')
    }
  })
})

test.describe('a form of the sign-out page', () => {
  const post = (page: Page, form: Record<string, string>) =>
    page.request.post(`${ui}/logout/answer`, { form, maxRedirects: 0 })
  const fieldOf = (page: Page, name: string) => page.locator(`input[name="${name}"]`).inputValue()

  test('that is made up, old, or for another sign-out does nothing', async ({ page, browser }) => {
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    const [first, oldToken] = [challengeIn(page.url()), await fieldOf(page, 'token')]
    await page.goto(`${APPLICATION}/logout`)
    const [second, token] = [challengeIn(page.url()), await fieldOf(page, 'token')]
    expect(second).not.toBe(first)

    // A token that somebody else got for the same sign-out.
    const other = await browser.newContext()
    const otherPage = await other.newPage()
    await otherPage.goto(`${ui}/logout?logout_challenge=${second}`)
    const foreign = await fieldOf(otherPage, 'token')
    await other.close()

    for (const [challenge, sent] of [
      [second, ''],
      [second, 'nonsense'],
      [second, oldToken],
      [first, token],
      [second, foreign],
    ] as const) {
      const answer = await post(page, { challenge, token: sent, answer: 'yes' })
      expect([answer.status(), answer.headers().location]).toEqual([303, `/logout?logout_challenge=${challenge}`])
    }
    expect((await post(page, { answer: 'yes', token })).headers().location).toBe('/logout')
    expect(await whoami(page)).toBeDefined()

    await page.goto(`${ui}/logout?logout_challenge=${second}`)
    await expect(page.getByRole('status')).toContainText('nothing has been changed')
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
  })

  test('from another site does nothing', async ({ page }) => {
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    const form = {
      challenge: challengeIn(page.url()),
      token: await fieldOf(page, 'token'),
      answer: 'yes',
    }
    const answer = await page.request.post(`${ui}/logout/answer`, {
      form,
      maxRedirects: 0,
      headers: { 'Sec-Fetch-Site': 'same-site' },
    })
    expect(answer.headers().location).toBe('/logout')
    expect(await whoami(page)).toBeDefined()
  })

  test('that is sent again says that it is over', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    const form = {
      challenge: challengeIn(page.url()),
      token: await fieldOf(page, 'token'),
      answer: 'yes',
    }
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
    const answer = await post(page, form)
    await page.goto(new URL(answer.headers().location ?? '', ui).href)
    await expect(page.getByRole('heading', { name: 'This sign-out is over' })).toBeVisible()
  })

  test('of a session that has ended elsewhere asks once more', async ({ page }) => {
    const person = await signInTo(page, 'app')
    await page.goto(`${APPLICATION}/logout`)
    await admin('oauth2', 'DELETE', `/identities/${person.id}/sessions`)
    await signOut(page).click()
    await expect(page.getByRole('status')).toContainText('nothing has been changed')
    await signOut(page).click()
    await expect(page).toHaveURL(GOODBYE)
  })

  test('has an address that is no page', async ({ page }) => {
    await page.goto(`${ui}/logout/answer`)
    await expect(page).toHaveURL(`${ui}/logout`)
  })
})

test('Kratos out of order: nothing ends, and it can be tried again', async ({ page, guard }) => {
  guard.allowConsole(/status of 503/)
  await signInTo(page, 'app')
  await page.goto(`${APPLICATION}/logout`)
  await page.context().addCookies([{ name: 'e2e_fault', value: 'down', url: ui }])
  await signOut(page).click()
  await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
  await page.context().clearCookies({ name: 'e2e_fault' })
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('status')).toContainText('cannot be reached')
  await signOut(page).click()
  await expect(page).toHaveURL(GOODBYE)
})

test('without Hydra, a challenge changes nothing about the sign-out', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/logout?logout_challenge=something')
  await signOut(page).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  expect(await whoami(page)).toBeUndefined()
})
