import type { Page, Response } from '@playwright/test'
import de from '../lib/i18n/messages/de.json' with { type: 'json' }
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { APPLICATION, HYDRA_ADMIN_URL, ISSUER } from './support/hydra/places.ts'
import { callOf, shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson, type Person } from './support/people.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

// What people allow the applications that they sign in to. The application that gets the tokens is a real one.
const { oauth2: ui } = UI
const START = 'client=app&scope=openid%20email%20profile%20offline_access'

const allow = (page: Page) => page.getByRole('button', { name: 'Allow', exact: true })
const deny = (page: Page) => page.getByRole('button', { name: 'Do not allow' })
const heading = (page: Page) => page.getByRole('heading', { name: 'Allow access?' })
const scope = (page: Page, name: string) => page.locator(`input[name="grant_scope"][value="${name}"]`)

/** Signs in for an application and comes to the question. */
async function toConsent(page: Page, person: Person, query = START): Promise<void> {
  await startAt(page, query)
  await fillLogin(page, person)
  await expect(heading(page)).toBeVisible()
}

/** The fields of the form that is on the page, as its button would send them. */
async function fieldsOf(page: Page): Promise<Record<string, string>> {
  const value = (name: string) => page.locator(`input[name="${name}"]`).first().inputValue()
  return {
    challenge: await value('challenge'),
    _csrf: await value('_csrf'),
    grant_scope: 'openid',
    consent_action: 'accept',
  }
}

/** Sends such fields with the browser's cookies. Where it leads is told, not followed. */
async function send(page: Page, form: Record<string, string>, path = '/consent') {
  const response = await page.request.post(`${ui}${path}`, { form, maxRedirects: 0 })
  return { status: response.status(), to: response.headers().location }
}

/** What Hydra holds of what somebody allowed. */
async function consentsOf(person: Person): Promise<unknown[]> {
  const answer = await fetch(`${HYDRA_ADMIN_URL}/admin/oauth2/auth/sessions/consent?subject=${person.id}`)
  return (await answer.json()) as unknown[]
}

const pageOf = (challenge: string | undefined) =>
  `/consent?${new URLSearchParams({ consent_challenge: challenge ?? '' })}`

test.describe('somebody who is asked', () => {
  test('is asked in the language that the application asks for, and finds it in the menu', async ({ page }) => {
    await startAt(page, `${START}&ui_locales=xx%20de`)
    await fillLogin(page, await createPerson('oauth2'))
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('heading', { name: de['consent.title'] })).toBeVisible()
    const consent = page.url()
    await page.getByTestId('language-link').click()
    await page.getByRole('button', { name: 'English' }).click()
    await expect(heading(page)).toBeVisible()
    expect(page.url()).toBe(consent)
  })

  test('allows it: the application gets what it asked for, and can be told off', async ({ page }) => {
    const person = await createPerson('oauth2', { name: { first: 'Ada', last: 'Lovelace' } })
    const before = Math.floor(Date.now() / 1000)
    await toConsent(page, person)
    await expect(page.getByTestId('application')).toContainText('Photo Album')
    await expect(page.getByTestId('application').getByRole('link', { name: 'Privacy policy' })).toBeVisible()
    await expect(page.getByTestId('consent-account')).toContainText(person.email)
    await expect(page.locator('.scopes-list')).toHaveText(
      /Know that it is you.*See your email address.*See your name.*Keep this access/s,
    )
    await allow(page).click()

    const { claims, scope, hasRefreshToken } = await shownBy(page)
    // The nonce and the signature are checked by the application.
    expect(claims).toMatchObject({
      iss: ISSUER,
      aud: 'app',
      sub: person.id,
      nonce: expect.any(String),
      amr: ['password'],
      email: person.email,
      email_verified: true,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
    })
    expect(claims?.auth_time).toBeGreaterThanOrEqual(before)
    expect(scope?.split(' ').sort()).toEqual(['email', 'offline_access', 'openid', 'profile'])
    expect(hasRefreshToken).toBe(true)

    await page.goto(`${APPLICATION}/refresh`)
    const refreshed = JSON.parse((await page.locator('body').textContent()) ?? '')
    expect(refreshed.claims).toMatchObject({ sub: person.id, email: person.email })
    await page.goto(`${APPLICATION}/userinfo`)
    await expect(page.locator('body')).toContainText(person.email)
    await page.goto(`${APPLICATION}/revoke`)
    expect(JSON.parse((await page.locator('body').textContent()) ?? '')).toEqual({ active: false })
  })

  test('allows a part of it', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    for (const name of ['email', 'offline_access']) await scope(page, name).uncheck()
    await allow(page).click()
    const { claims, scope: granted, hasRefreshToken } = await shownBy(page)
    expect(granted?.split(' ').sort()).toEqual(['openid', 'profile'])
    expect(claims).not.toHaveProperty('email')
    expect(claims?.updated_at).toEqual(expect.any(Number))
    expect(hasRefreshToken).toBe(false)
  })

  test('refuses, and the application is told so', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    await deny(page).click()
    expect(await shownBy(page)).toMatchObject({ error: 'access_denied' })
    expect(await consentsOf(person)).toEqual([])
  })

  test('is asked again, unless that was not wanted', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    await allow(page).click()
    await shownBy(page)
    await startAt(page, START)
    await page.getByLabel('Do not ask again for 1 hour').check()
    await allow(page).click()
    await shownBy(page)

    await startAt(page, START)
    expect((await shownBy(page)).claims).toMatchObject({ sub: person.id, email: person.email })
    // No page at all: what was allowed is remembered by Hydra.
    for (const wish of ['prompt=none', 'max_age=3600']) {
      await startAt(page, `${START}&${wish}`)
      expect((await shownBy(page)).claims?.sub, wish).toBe(person.id)
    }
    // More than was allowed.
    await startAt(page, `${START}%20phone`)
    await expect(scope(page, 'phone')).toBeChecked()
  })

  test('is somebody else: signs out, and signs in to the application as such', async ({ page }) => {
    const [person, other] = [await createPerson('oauth2'), await createPerson('oauth2')]
    await toConsent(page, person)
    await page.getByTestId('not-you-link').click()
    await expect(page.getByTestId('application')).toContainText('Photo Album')
    await fillLogin(page, other)
    await expect(page.getByTestId('consent-account')).toContainText(other.email)
    await allow(page).click()
    expect((await shownBy(page)).claims?.sub).toBe(other.id)
  })

  test('is asked in two tabs at once, and allows it in both', async ({ page, context }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    const other = await context.newPage()
    await startAt(other, 'client=app&scope=openid')
    await expect(heading(other)).toBeVisible()
    await page.reload()
    for (const [tab, granted] of [
      [other, 'openid'],
      [page, 'openid email profile offline_access'],
    ] as const) {
      await allow(tab).click()
      expect((await shownBy(tab)).scope?.split(' ').sort()).toEqual(granted.split(' ').sort())
    }
  })

  test('needs no more than a keyboard', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person, 'client=app&scope=openid%20email%20profile')
    const way = ['not-you-link', 'email', 'profile', 'remember', 'accept', 'reject']
    await page.getByTestId('application').getByRole('link', { name: 'Terms of use' }).focus()
    for (const stop of way) {
      await page.keyboard.press('Tab')
      const focus = page.locator('*:focus')
      if (stop === 'not-you-link') await expect(focus).toHaveAttribute('data-testid', stop)
      else
        await expect(focus).toHaveAttribute(
          /^(accept|reject)$/.test(stop) ? 'id' : 'value',
          stop === 'remember' ? '1' : stop,
        )
    }
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect((await shownBy(page)).claims).toMatchObject({ sub: person.id, email: person.email })
  })

  test('sees where it can be used', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person, `${START}&audience=https%3A%2F%2Fapi.example.org`)
    await expect(page.locator('.audience')).toHaveText('https://api.example.org')
    await allow(page).click()
    await shownBy(page)
    expect(await consentsOf(person)).toMatchObject([{ grant_access_token_audience: ['https://api.example.org'] }])
  })
})

test.describe('nobody is asked', () => {
  for (const [client, why] of [
    ['trusted', 'skip_consent'],
    ['listed', 'TRUSTED_CLIENT_IDS'],
  ]) {
    test(`about an application with ${why}, then or later`, async ({ page }) => {
      const person = await createPerson('oauth2')
      const start = `client=${client}&scope=openid%20email`
      await startAt(page, start)
      await fillLogin(page, person)
      expect((await shownBy(page)).claims).toMatchObject({ sub: person.id, email: person.email })
      for (const wish of ['', '&prompt=none']) {
        await startAt(page, start + wish)
        expect((await shownBy(page)).claims, wish).toMatchObject({ sub: person.id, email: person.email })
      }
    })
  }

  test('but the one who signed in has to be there, for such an application as well', async ({ page, guard }) => {
    guard.allowConsole(/status of 403/)
    const [person, other] = [await createPerson('oauth2'), await createPerson('oauth2')]
    const challenge = await stopAtConsent(page, person, 'client=trusted&scope=openid')
    await page.context().clearCookies({ name: 'ory_kratos_session' })
    await signIn(page, other, ui)
    await page.goto(`${ui}${pageOf(challenge)}`)
    await expect(page.getByRole('heading', { name: 'That is another account' })).toBeVisible()
    expect(await consentsOf(person)).toEqual([])
  })
})

test.describe('the one who signed in for the application', () => {
  test('has to be the one who allows it', async ({ page, guard }) => {
    guard.allowConsole(/status of 403/)
    const [person, other] = [await createPerson('oauth2'), await createPerson('oauth2')]
    await toConsent(page, person)
    const form = await fieldsOf(page)
    await page.context().clearCookies({ name: 'ory_kratos_session' })
    const tab = await page.context().newPage()
    await signIn(tab, other, ui)

    // The page that is still open does not do it either.
    await allow(page).click()
    await expect(page.getByRole('heading', { name: 'That is another account' })).toBeVisible()
    await expect(page.getByText(other.email)).toBeVisible()
    const response = await page.reload()
    expect(response?.status()).toBe(403)
    expect(await consentsOf(person)).toEqual([])
    expect(await send(page, form)).toEqual({ status: 303, to: pageOf(form.challenge) })

    await page.getByRole('link', { name: 'Sign out' }).click()
    await expect(page.getByTestId('application')).toContainText('Photo Album')
    await fillLogin(page, person)
    await allow(page).click()
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('has to be signed in still, and comes back to the question', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    const form = await fieldsOf(page)
    await page.context().clearCookies({ name: 'ory_kratos_session' })
    expect(await send(page, form)).toEqual({ status: 303, to: pageOf(form.challenge) })
    await allow(page).click()
    await fillLogin(page, person)
    await expect(heading(page)).toBeVisible()
    // What was made for the session before is void.
    expect(await send(page, form)).toEqual({ status: 303, to: pageOf(form.challenge) })
    expect(await consentsOf(person)).toEqual([])
    await allow(page).click()
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('has to pass the second factor of the account', async ({ page }) => {
    const { person, secret } = await personWithApp(page)
    await startAt(page, START)
    await fillLogin(page, person)
    await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
    await page.locator('button[name="method"][value="totp"]').click()
    await expect(heading(page)).toBeVisible()
    await page.context().clearCookies({ name: 'ory_kratos_session' })
    const tab = await page.context().newPage()
    await tab.goto(`${ui}/login`)
    await fillLogin(tab, person)
    await expect(tab.locator('input[name="totp_code"]')).toBeVisible()
    await allow(page).click()
    await expect(page.locator('input[name="totp_code"]')).toBeVisible()
    expect(await consentsOf(person)).toEqual([])
  })
})

test.describe('a second factor that the application asks for', () => {
  test('is set up, used, and told of in the ID token', async ({ page }) => {
    const person = await createPerson('oauth2')
    const start = `${START}&acr_values=aal2`
    await startAt(page, start)
    await fillLogin(page, person)
    await expect(page.getByRole('heading', { name: 'A second factor, please' })).toBeVisible()
    await expect(allow(page)).toHaveCount(0)
    // Neither the form of another page helps.
    const form = await fieldsOf(page)
    expect(await send(page, form)).toEqual({ status: 303, to: pageOf(form.challenge) })
    expect(await consentsOf(person)).toEqual([])

    await expect(page.getByRole('link', { name: 'Use your second factor' })).toHaveAttribute(
      'href',
      /^\/login\?aal=aal2&return_to=http%3A%2F%2Flocalhost%3A4775%2Foauth2%2Fauth%3F/,
    )
    await page.getByRole('link', { name: 'Set one up' }).click()
    const secret = (await page.getByTestId('node/text/totp_secret_key/text').textContent())?.trim() ?? ''
    await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
    await page.locator('button[name="method"][value="totp"]').click()
    await expect(heading(page)).toBeVisible()
    await allow(page).click()
    const { claims } = await shownBy(page)
    expect(claims).toMatchObject({ sub: person.id, amr: ['password', 'totp'] })
    expect(claims).not.toHaveProperty('acr')
  })

  test('is asked for before a trusted application gets anything', async ({ page }) => {
    const person = await createPerson('oauth2')
    await startAt(page, 'client=trusted&scope=openid&acr_values=aal1%20aal2')
    await fillLogin(page, person)
    await expect(page.getByRole('heading', { name: 'A second factor, please' })).toBeVisible()
    await page.getByRole('button', { name: 'Back to the application' }).click()
    expect(await shownBy(page)).toMatchObject({ error: 'access_denied' })
  })
})

test.describe('an answer that is not the one of the person', () => {
  test('comes from another site: nothing is allowed', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    const question = page.url()
    const { challenge = '' } = await fieldsOf(page)
    await page.route(`${APPLICATION}/forged`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>forged</title><form action="${ui}/consent" method="post">
          <input name="challenge" value="${challenge}"><input name="grant_scope" value="openid">
          <button name="consent_action" value="accept">Win a prize</button></form>`,
      }),
    )
    // The same site, as far as cookies go: all are sent along. Browsers tell which it was, and then nothing of it is read.
    await page.goto(`${APPLICATION}/forged`)
    await page.getByRole('button', { name: 'Win a prize' }).click()
    await expect(page.getByRole('heading', { name: 'This sign-in is over' })).toBeVisible()
    expect(await consentsOf(person)).toEqual([])
    await page.goto(question)
    await allow(page).click()
    expect((await shownBy(page)).claims?.sub).toBe(person.id)
  })

  test('has no cookie, or that of another browser', async ({ page, browser }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    const form = await fieldsOf(page)
    const strange = await browser.newContext()
    const theirs = await strange.newPage()
    await theirs.goto(`${ui}${pageOf(form.challenge)}`)
    await expect(theirs).toHaveURL(/\/login\?flow=/)
    const cookie = (await strange.cookies()).find(({ name }) => name === 'ksui_consent')
    await strange.close()
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })

    for (const replaced of [undefined, cookie]) {
      await page.context().clearCookies({ name: 'ksui_consent' })
      if (replaced) await page.context().addCookies([replaced])
      expect(await send(page, form)).toEqual({ status: 303, to: pageOf(form.challenge) })
    }
    expect(await consentsOf(person)).toEqual([])
  })

  test('belongs to the question of another tab', async ({ page, context }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person, 'client=app&scope=openid')
    const other = await context.newPage()
    await startAt(other, 'client=hostile&scope=openid%20email')
    await expect(heading(other)).toBeVisible()
    const [mine, theirs] = [await fieldsOf(page), await fieldsOf(other)]
    const swapped = { ...mine, challenge: theirs.challenge ?? '' }
    expect(await send(page, swapped)).toEqual({ status: 303, to: pageOf(theirs.challenge) })
    expect(await consentsOf(person)).toEqual([])
  })

  test('was sent already', async ({ page, guard }) => {
    guard.allowConsole(/status of 410/)
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    const form = await fieldsOf(page)
    await allow(page).click()
    await shownBy(page)
    const [before] = [await consentsOf(person)]
    expect(await send(page, form)).toEqual({ status: 303, to: pageOf(form.challenge) })
    expect(await consentsOf(person)).toEqual(before)

    const response = await page.goto(`${ui}${pageOf(form.challenge)}`)
    expect(response?.status()).toBe(410)
    await expect(page.getByRole('heading', { name: 'This sign-in is over' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Back to the application' })).toHaveAttribute(
      'href',
      new RegExp(`^${ISSUER}/oauth2/auth\\?`),
    )
  })

  test('allows more than was asked for: the rest is left out', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person, 'client=app&scope=openid%20photos.read')
    const box = scope(page, 'photos.read')
    await expect(page.locator('.scopes-list code')).toHaveText('photos.read')
    // As somebody would who changes the page.
    const form = await fieldsOf(page)
    await expect(box).toBeChecked()
    const { to } = await send(page, { ...form, grant_scope: 'email' })
    await page.goto(to ?? '')
    await shownBy(page)
    expect(await consentsOf(person)).toMatchObject([{ grant_scope: [], session: { id_token: {} } }])
  })

  test('is neither yes nor no', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person)
    const form = await fieldsOf(page)
    expect(await send(page, { ...form, consent_action: 'maybe' })).toMatchObject({
      to: pageOf(form.challenge),
    })
    expect(await send(page, {})).toEqual({ status: 303, to: '/consent' })
    expect(await consentsOf(person)).toEqual([])
  })
})

test.describe('an application', () => {
  test('cannot put script or other schemes on the page', async ({ page }) => {
    const person = await createPerson('oauth2')
    await toConsent(page, person, 'client=hostile&scope=openid')
    const note = page.getByTestId('application')
    await expect(note).toContainText('<script>document.title="taken"</script> Bank of <b>Trust</b>')
    await expect(note.locator('a, img, b, script')).toHaveCount(0)
    await expect(page).toHaveTitle('Allow access?')
  })

  test('with two hundred scopes gets a page that can be used', async ({ page }) => {
    const person = await createPerson('oauth2')
    const scopes = Array.from({ length: 200 }, (_, index) => `scope-${index + 1}`)
    await toConsent(page, person, `client=app&scope=openid%20${scopes.join('%20')}`)
    await expect(page.locator('input[name="grant_scope"]')).toHaveCount(201)
    const button = await allow(page).boundingBox()
    expect(button?.y).toBeLessThan(1200)
    await scope(page, 'scope-200').uncheck()
    await allow(page).click()
    expect((await shownBy(page)).scope?.split(' ')).toHaveLength(200)
  })

  test('on a phone gets its answer by a scheme of its own', async ({ page, guard }) => {
    const person = await createPerson('oauth2')
    const opened = page.waitForResponse(/\/consent\?consent_challenge=/)
    await toConsent(page, person, 'client=native&scope=openid')
    expect(formActionOf(await opened)).toContain(' com.example.app:')
    const called = callOf(page)
    await allow(page).click()
    const answer = await page.request.get(`${APPLICATION}/callback?${new URLSearchParams({ url: await called })}`)
    expect(await answer.json()).toMatchObject({ claims: { sub: person.id, aud: 'native' } })
    expect(guard.problems).toEqual([])
  })
})

test('a question that never was leads nowhere, and says so', async ({ page, guard }) => {
  guard.allowConsole(/status of 410/)
  for (const path of [pageOf('never-was'), '/consent']) {
    const response = await page.goto(`${ui}${path}`)
    expect(response?.status()).toBe(410)
    await expect(page.getByText('Go back to the application that you came from')).toBeVisible()
  }
})

test('without Hydra there is no such page', async ({ page, guard }) => {
  guard.allowConsole(/status of 404/)
  const response = await page.goto(`${UI.sameOrigin}${pageOf('any')}`)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  const posted = await page.request.post(`${UI.sameOrigin}/consent`, { form: {}, maxRedirects: 0 })
  expect(posted.status()).toBe(404)
})

const formActionOf = (response: Response) =>
  response
    .headers()
    ['content-security-policy']?.split('; ')
    .find((one) => one.startsWith('form-action '))

/** Signs in for an application, and stops in front of the consent page. Returns its challenge. */
async function stopAtConsent(page: Page, person: Person, query: string): Promise<string> {
  await startAt(page, query)
  const [action, token] = [
    (await page.locator('form').first().getAttribute('action')) ?? '',
    await page.locator('input[name="csrf_token"]').first().inputValue(),
  ]
  const form = { identifier: person.email, password: person.password, method: 'password', csrf_token: token }
  let answer = await page.request.post(action, { form, maxRedirects: 0 })
  for (;;) {
    const to = new URL(answer.headers().location ?? '', answer.url())
    if (to.pathname === '/consent') return to.searchParams.get('consent_challenge') ?? ''
    answer = await page.request.get(to.href, { maxRedirects: 0 })
  }
}

async function personWithApp(page: Page): Promise<{ person: Person; secret: string }> {
  const person = await createPerson('oauth2')
  await signIn(page, person, ui)
  await page.goto(`${ui}/settings`)
  const secret = await enrolTotp(page)
  await page.context().clearCookies()
  return { person, secret }
}
