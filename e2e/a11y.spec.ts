import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { expectAccessible } from './support/accessible.ts'
import { startAt } from './support/hydra/sign-in.ts'
import { createPerson, newPhone } from './support/people.ts'

/** Every page and some of its states, by how to get there. Later specs bring their own states. */
const SIGNED_OUT: Record<string, (page: Page) => Promise<unknown>> = {
  login: (page) => page.goto('/login'),
  'login with passkeys': (page) => page.goto(`${UI.passkeys}/login`),
  'login, wrong password': async (page) => {
    await page.goto('/login')
    await page.locator('input[name="identifier"]').fill('nobody@example.org')
    await page.locator('input[name="password"]').fill('some-password-1')
    await page.locator('button[value="password"]').click()
    await page.getByTestId('ui/message/4000006').waitFor()
  },
  'login for an application': (page) => startAt(page, 'client=app'),
  'login that is over': (page) => page.goto(`${UI.oauth2}/login?login_challenge=never-was`),
  registration: (page) => page.goto('/registration'),
  'registration with errors': async (page) => {
    await page.goto('/registration')
    await page.locator('input[name="traits.email"]').fill('somebody@example.org')
    await page.locator('input[name="password"]').fill('short')
    await page.locator('button[value="password"]').click()
    await page.getByTestId('ui/message/4000032').waitFor()
  },
  recovery: (page) => page.goto('/recovery'),
  verification: (page) => page.goto('/verification'),
  welcome: (page) => page.goto('/welcome'),
  'signed out': (page) => page.goto('/logout'),
  error: (page) => page.goto('/error?id=stub:500'),
  diagnosis: (page) => page.goto('/diagnosis?why=csrf&type=login'),
  'language menu': (page) => page.goto('/preferences'),
  'not found': (page) => page.goto('/no-such-page'),
  unavailable: (page) => page.goto('/problem/503'),
}

/** Where lines are long, and where they run from right to left. */
for (const locale of ['de', 'ar']) {
  test.describe(`in the language ${locale}`, () => {
    test.use({ locale })

    for (const name of ['login with passkeys', 'login, wrong password', 'registration with errors', 'error']) {
      test(`axe finds nothing: ${name}`, async ({ page, guard }) => {
        guard.allowConsole(/status of 500/)
        await SIGNED_OUT[name]?.(page)
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
        await expectAccessible(page, name)
      })
    }

    test('axe finds nothing: signed in, and the menu', async ({ page }) => {
      const person = await createPerson('passkeys')
      await signIn(page, person, UI.passkeys)
      for (const path of ['/settings', '/sessions', '/logout', '/preferences']) {
        await page.goto(`${UI.passkeys}${path}`)
        await expectAccessible(page, path)
      }
    })
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    for (const [name, open] of Object.entries(SIGNED_OUT)) {
      test(`axe finds nothing: ${name}`, async ({ page, guard }) => {
        guard.allowConsole(/status of (403|404|410|500|503)/)
        await open(page)
        await expectAccessible(page, name)
      })
    }

    test('axe finds nothing: a second factor, and the wait for its code', async ({ page }) => {
      const person = await createPerson('mfa', { phone: newPhone() })
      await page.goto(`${UI.mfa}/login`)
      await fillLogin(page, person)
      await page.getByTestId('ui/message/1010004').waitFor()
      await expectAccessible(page, 'second factors')
      await page.locator('button[name="address"]').first().click()
      await page.locator('button[data-waiting]').waitFor()
      await expectAccessible(page, 'the wait for a code')
    })

    test('axe finds nothing: what an application asks for', async ({ page, guard }) => {
      guard.allowConsole(/status of 403/)
      await page.setViewportSize({ width: 320, height: 640 })
      const scopes = Array.from({ length: 20 }, (_, index) => `scope-${index + 1}`)
      await startAt(
        page,
        `client=app&scope=openid%20email%20${scopes.join('%20')}&audience=https%3A%2F%2Fapi.example.org`,
      )
      await fillLogin(page, await createPerson('oauth2'))
      await page.locator('#accept').waitFor()
      await expectAccessible(page, 'consent')
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
      const asked = page.url()
      await startAt(page, 'client=app&acr_values=aal2')
      await page.locator('#reject').waitFor()
      await expectAccessible(page, 'a second factor for an application')
      await page.context().clearCookies({ name: 'ory_kratos_session' })
      await signIn(page, await createPerson('oauth2'), UI.oauth2)
      await page.goto(asked)
      await expectAccessible(page, 'another account')
    })

    test('axe finds nothing: signed in', async ({ page }) => {
      const person = await createPerson('passkeys')
      await signIn(page, person, UI.passkeys)
      await expectAccessible(page, 'welcome')
      for (const path of ['/settings', '/sessions', '/logout']) {
        await page.goto(`${UI.passkeys}${path}`)
        await expectAccessible(page, path)
      }
      await page.goto(`${UI.passkeys}/settings`)
      await page.locator('button[name="lookup_secret_regenerate"]').click()
      await page.locator('button[name="lookup_secret_confirm"]').waitFor()
      await expectAccessible(page, 'backup codes')
    })
  })
}
