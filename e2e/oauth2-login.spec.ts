import { randomUUID } from 'node:crypto'
import type { Page, Response } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { APPLICATION, ISSUER } from './support/hydra/places.ts'
import { callOf, challengeOn, shownBy, startAt } from './support/hydra/sign-in.ts'
import { codeFor } from './support/mailbox.ts'
import { createPerson, newPerson, type Person } from './support/people.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

// Sign-ins that an application asked for. Whoever answers for Hydra (support/hydra), the application that checks the
// tokens is a real one; for the client `direct` nobody has to consent.
const { oauth2: ui } = UI
const START = 'client=direct'

const method = (page: Page, name: string) => page.locator(`button[name="method"][value="${name}"]`)

const formActionOf = (response: Response) =>
  response
    .headers()
    ['content-security-policy']?.split('; ')
    .find((one) => one.startsWith('form-action '))

async function signUp(page: Page): Promise<string> {
  const { email, password } = newPerson()
  await page.locator('input[name="traits.email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await method(page, 'password').click()
  return email
}

async function confirmPassword(page: Page, person: { email: string; password: string }): Promise<void> {
  await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
  await fillLogin(page, person)
}

async function passSecondFactor(page: Page, secret: string): Promise<void> {
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await method(page, 'totp').click()
}

test.describe('signing in', () => {
  test('brings the application a code, and tokens that it can check', async ({ page }) => {
    const person = await createPerson('oauth2')
    const before = Math.floor(Date.now() / 1000)
    await startAt(page, `${START}&scope=openid%20email%20offline_access`)
    await expect(page.getByTestId('application')).toContainText('to continue to Direct Album')
    await fillLogin(page, person)
    const { claims, hasRefreshToken, scope } = await shownBy(page)
    // The nonce and the signature are checked by the application.
    expect(claims).toMatchObject({ iss: ISSUER, aud: 'direct', sub: person.id, amr: ['password'] })
    expect(claims?.auth_time).toBeGreaterThanOrEqual(before)
    expect(scope?.split(' ')).toEqual(expect.arrayContaining(['openid', 'email', 'offline_access']))
    expect(hasRefreshToken).toBe(true)
  })

  test('after a wrong password', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    await fillLogin(page, { ...person, password: 'not the password' })
    await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
    await expect(page.getByTestId('application')).toBeVisible()
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('with a code, for which somebody else was typed first', async ({ page }) => {
    const [person, other] = [await createPerson('oauth2'), await createPerson('oauth2')]
    await startAt(page, START)
    for (const { email } of [other, person]) {
      await page.locator('input[name="identifier"]').fill(email)
      await method(page, 'code').click()
      await expect(page.getByTestId('flow-identifier')).toContainText(email)
      await expect(page.getByTestId('application')).toBeVisible()
      if (email === other.email) await page.getByTestId('not-you-link').click()
    }
    await page.locator('input[name="code"]').fill(await codeFor(person.email))
    await method(page, 'code').click()
    expect((await shownBy(page)).claims).toMatchObject({ sub: person.id, amr: ['code'] })
  })

  test('by a registration, which the login leads to', async ({ page }) => {
    await startAt(page, START)
    await page.getByTestId('signup-link').click()
    await expect(page.getByTestId('application')).toContainText('Direct Album')
    await signUp(page)
    expect((await shownBy(page)).claims?.amr).toEqual(['password'])
  })

  test('by a registration, and then a login after all', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    await page.getByTestId('signup-link').click()
    await page.getByTestId('cta-link').click()
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('after a recovery', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    await page.getByTestId('forgot-password-link').click()
    await page.locator('input[name="email"]').fill(person.email)
    await method(page, 'code').click()
    await page.locator('input[name="code"]').fill(await codeFor(person.email))
    await method(page, 'code').click()
    const { password } = newPerson()
    await page.locator('input[name="password"]').fill(password)
    await method(page, 'password').click()
    await confirmPassword(page, { ...person, password })
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('after a recovery that was not needed', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    await page.getByTestId('forgot-password-link').click()
    await page.getByTestId('cta-link').click()
    await expect(page.getByTestId('application')).toBeVisible()
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('after the verification of an address', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    const recovery = await page.getByTestId('forgot-password-link').getAttribute('href')
    await page.goto(`${ui}${recovery?.replace('/recovery', '/verification')}`)
    await page.locator('input[name="email"]').fill(person.email)
    await method(page, 'code').click()
    await page.locator('input[name="code"]').fill(await codeFor(person.email))
    await method(page, 'code').click()
    await page.getByTestId('node/anchor/continue').click()
    await expect(page.getByTestId('application')).toBeVisible()
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('with a second factor', async ({ page }) => {
    const { person, secret } = await personWithApp(page)
    await startAt(page, START)
    await fillLogin(page, person)
    await expect(page.getByTestId('application')).toContainText('Direct Album')
    await passSecondFactor(page, secret)
    expect((await shownBy(page)).claims).toMatchObject({ sub: person.id, amr: ['password', 'totp'] })
  })

  test('in another tab: the page that was left behind leads back', async ({ page, context, guard }) => {
    guard.allowConsole(/status of 410/)
    const person = await createPerson('oauth2')
    await startAt(page, START)
    const other = await context.newPage()
    await startAt(other, `${START}&scope=openid`)
    await fillLogin(other, person)
    expect((await shownBy(other)).scope).toBe('openid')
    await page.reload()
    await expect(page.getByRole('link', { name: 'Back to the application' })).toBeVisible()
  })
})

test.describe('a login page that is no longer good', () => {
  test('starts afresh when Kratos has lost it', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    await page.goto(`${ui}/login?flow=${randomUUID()}`)
    await expect(page.getByText('That page is no longer valid')).toBeVisible()
    await expect(page.getByTestId('application')).toContainText('Direct Album')
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  for (const way of ['opened', 'sent']) {
    test(`starts afresh when it has expired before it is ${way}`, async ({ page }) => {
      const person = await createPerson('short')
      await startAt(page, START)
      const challenge = await challengeOn(page)
      // In the profile of this name, pages live for four seconds.
      await page.goto(`${UI.short}/login?login_challenge=${challenge}`)
      await expect(page.getByTestId('application')).toContainText('Direct Album')
      await page.waitForTimeout(4_200)
      if (way === 'opened') await page.reload()
      else await fillLogin(page, person)
      await expect(page.getByText(/expired/).first()).toBeVisible()
      await expect(page.getByTestId('application')).toContainText('Direct Album')
      await fillLogin(page, person)
      expect((await shownBy(page)).claims?.sub).toBe(person.id)
    })
  }
})

test.describe('somebody who is signed in', () => {
  test('is not asked again, unless the application wants that', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, START)
    await fillLogin(page, person)
    const first = (await shownBy(page)).claims
    await startAt(page, START)
    const second = (await shownBy(page)).claims
    expect(second).toMatchObject({ sub: person.id, auth_time: first?.auth_time })

    for (const wish of ['prompt=login', 'max_age=0']) {
      // The time of a login is counted in seconds.
      await expect.poll(() => Math.floor(Date.now() / 1000)).toBeGreaterThan(Number(first?.auth_time) + 1)
      const asked = Math.floor(Date.now() / 1000)
      await startAt(page, `${START}&${wish}`)
      await expect(page.getByTestId('application')).toContainText('Direct Album')
      await confirmPassword(page, person)
      const { claims } = await shownBy(page)
      expect(claims?.auth_time, wish).toBeGreaterThanOrEqual(asked)
    }
    await startAt(page, `${START}&max_age=3600`)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('at Kratos but not at the application confirms it, or signs out and comes as somebody else', async ({
    page,
  }) => {
    const [person, other] = [await createPerson('oauth2'), await createPerson('oauth2')]
    await signIn(page, person, ui)
    await startAt(page, START)
    await expect(page.getByTestId('ui/message/1010003')).toBeVisible()
    await page.getByTestId('logout-link').click()
    await expect(page.getByTestId('application')).toContainText('Direct Album')
    await fillLogin(page, other)
    expect((await shownBy(page)).claims?.sub).toBe(other.id)
  })

  test('at the application, and comes back to it as somebody else, is told why that does not work', async ({
    page,
    guard,
  }) => {
    guard.allowConsole(/status of 403/)
    const [person, other] = [await createPerson('oauth2'), await createPerson('oauth2')]
    await startAt(page, START)
    await fillLogin(page, person)
    await shownBy(page)
    // The session at Kratos ends, the one at Hydra stays.
    await page.goto(`${ui}/logout`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/\/login\?flow=/)
    await startAt(page, START)
    await fillLogin(page, other)
    await expect(page.getByRole('heading', { name: 'That is another account' })).toBeVisible()
    await page.getByRole('link', { name: 'Sign out' }).click()
    await expect(page.getByTestId('application')).toContainText('Direct Album')
    await fillLogin(page, person)
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })
})

test('nobody is asked when the application wants no page, and it is told so', async ({ page }) => {
  await startAt(page, `${START}&prompt=none`)
  expect(await shownBy(page)).toMatchObject({ error: 'login_required' })
})

test('whom the application expects is filled in, and can be changed', async ({ page }) => {
  const person = await createPerson('oauth2')
  await startAt(page, `${START}&login_hint=${encodeURIComponent('somebody@example.org')}`)
  await expect(page.locator('input[name="identifier"]')).toHaveValue('somebody@example.org')
  await fillLogin(page, person)
  expect((await shownBy(page)).claims?.sub).toBe(person.id)
})

test.describe('the application', () => {
  test('is named, with its logo and its links', async ({ page }) => {
    await startAt(page, 'client=app')
    const note = page.getByTestId('application')
    await expect(note).toContainText('to continue to Photo Album')
    expect(await note.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
    for (const [name, path] of [
      ['Privacy policy', '/privacy'],
      ['Terms of use', '/terms'],
    ] as const) {
      const link = note.getByRole('link', { name })
      await expect(link).toHaveAttribute('href', `${APPLICATION}${path}`)
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
    }
    await page.getByTestId('signup-link').click()
    await expect(page.getByTestId('application')).toContainText('to continue to Photo Album')
  })

  test('cannot put script, other schemes or other pictures on the page', async ({ page }) => {
    await startAt(page, 'client=hostile')
    const note = page.getByTestId('application')
    await expect(note).toContainText('<script>document.title="taken"</script> Bank of <b>Trust</b>')
    await expect(note.locator('a, img, b, script')).toHaveCount(0)
    await expect(page).toHaveTitle('Sign in')
  })

  test('on a phone gets its code by a scheme of its own, which the policy of the page allows', async ({
    page,
    guard,
  }) => {
    const person = await createPerson('oauth2')
    const opened = page.waitForResponse(/\/login\?flow=/)
    await startAt(page, `${START}&native=1`)
    expect(formActionOf(await opened)).toContain(' com.example.app:')
    const called = callOf(page)
    await fillLogin(page, person)
    const answer = await page.request.get(`${APPLICATION}/callback?${new URLSearchParams({ url: await called })}`)
    expect(await answer.json()).toMatchObject({ claims: { sub: person.id, aud: 'direct' } })
    expect(guard.problems).toEqual([])
  })
})

test.describe('a sign-in that is over', () => {
  test('leads back to the application, from the page and from the form', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    const person = await createPerson('oauth2')
    await startAt(page, START)
    const form = page.url()
    await fillLogin(page, person)
    await shownBy(page)

    const response = await page.goto(form)
    expect(response?.status()).toBe(410)
    await expect(page.getByRole('heading', { name: 'This sign-in is over' })).toBeVisible()
    await expect(page.getByTestId('request-id')).toBeVisible()
    const back = page.getByRole('link', { name: 'Back to the application' })
    await expect(back).toHaveAttribute('href', new RegExp(`^${ISSUER}/oauth2/auth\\?`))
  })

  test('is told from one that never was', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    await page.goto(`${ui}/login?login_challenge=never-was`)
    await expect(page).toHaveURL(/\/error\?id=/)
    await expect(page.getByRole('heading', { name: 'This sign-in is over' })).toBeVisible()
    await expect(page.getByText('Go back to the application that you came from')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Back to the application' })).toHaveCount(0)
  })

  test('in another tab: the start of a used challenge leads on', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    const person = await createPerson('oauth2')
    await startAt(page, START)
    const challenge = await challengeOn(page)
    await fillLogin(page, person)
    await shownBy(page)
    await page.goto(`${ui}/login?login_challenge=${challenge}`)
    await expect(page).toHaveURL(/\/error\?id=/)
    await page.getByRole('link', { name: 'Back to the application' }).click()
    // The application asks anew; nobody has to sign in again for it. It has had its answer, and says so.
    expect(await shownBy(page)).toMatchObject({ error: 'unknown_state' })
  })
})

async function personWithApp(page: Page): Promise<{ person: Person; secret: string }> {
  const person = await createPerson('oauth2')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  const secret = await enrolTotp(page)
  await page.context().clearCookies()
  return { person, secret }
}
