import type { Page } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { admin, createPerson, newPerson } from './support/people.ts'
import { answerProvider, chooseProvider, refuseAtProvider, type SocialAccount } from './support/social.ts'

const { oidc: ui } = UI
const buttons = (page: Page, name: 'provider' | 'link' | 'unlink') => page.locator(`button[name="${name}"]`)

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a newcomer signs up with a social account, and signs in with it, and return_to is kept', async ({
      page,
      guard,
    }) => {
      guard.allowHost('www.example.org')
      const account = newAccount()
      await page.goto(`${ui}/registration`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/welcome`)
      await expect(page.getByTestId('session-name')).toHaveText(account.email)
      await expect(page.getByTestId('session-methods')).toHaveText('Social sign-in')

      for (const target of [`${ui}/sessions`, 'https://www.example.org/after?a=1&b=2']) {
        await page.context().clearCookies()
        await page.goto(`${ui}/login?return_to=${encodeURIComponent(target)}`)
        await chooseProvider(page, 'google')
        await answerProvider(page, account)
        await expect(page).toHaveURL(target)
      }
    })

    test('who has no account yet gets one from the login page, and return_to is kept', async ({ page }) => {
      const account = newAccount()
      await page.goto(`${ui}/login?return_to=%2Fsessions`)
      await chooseProvider(page, 'github')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/sessions`)
      const identity = await identityOf(account.email)
      expect(identity.traits.name).toEqual({ first: 'Ada', last: 'Lovelace' })
    })

    test('what the provider does not tell is asked for, and what is typed is kept', async ({ page }) => {
      const { email, ...account } = newAccount()
      await page.goto(`${ui}/registration?return_to=%2Fsessions`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(/\/registration\?flow=/)
      await expect(page.getByTestId('ui/message/4000002')).toBeVisible()
      await expect(buttons(page, 'provider')).toHaveCount(1)
      await expect(buttons(page, 'provider')).toHaveText('Continue')
      await expect(page.locator('input[name="password"]')).toHaveCount(0)
      await expect(page.locator('input[name="traits.name.first"]')).toHaveValue('Ada')
      await expect(page.locator('input[name="traits.email"]')).toBeFocused()

      await page.locator('input[name="traits.name.first"]').fill('Augusta')
      await page.locator('input[name="traits.email"]').fill(email)
      await page.locator('input[name="traits.email"]').press('Enter')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/sessions`)
      expect((await identityOf(email)).traits).toEqual({
        email,
        name: { first: 'Augusta', last: 'Lovelace' },
      })
    })

    test('a social account with the address of an account: its password links the two', async ({ page }) => {
      const person = await createPerson('oidc')
      const account = { ...newAccount(), email: person.email }
      await page.goto(`${ui}/login?return_to=%2Fsessions`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(/\/login\?/)
      await expect(page.getByTestId('ui/message/1010016')).toBeVisible()
      await expect(page.getByTestId('ui/message/1010016')).toContainText(person.email)
      await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)
      await expect(buttons(page, 'provider')).toHaveCount(0)
      await expect(page.getByTestId('signup-link')).toHaveCount(0)
      await page.getByLabel('Password').fill(person.password)
      await page.getByLabel('Password').press('Enter')
      await expect(page).toHaveURL(`${ui}/sessions`)

      await page.context().clearCookies()
      await page.goto(`${ui}/login`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/welcome`)
      await expect(page.getByTestId('session-name')).toHaveText(person.email)
    })

    test('a social account with the address of an account: another social account links the two', async ({ page }) => {
      const [first, second] = [newAccount(), newAccount()]
      await page.goto(`${ui}/registration`)
      await chooseProvider(page, 'github')
      await answerProvider(page, first)
      await expect(page).toHaveURL(`${ui}/welcome`)
      await page.context().clearCookies()

      const account = { ...second, email: first.email }
      await page.goto(`${ui}/login?return_to=%2Fsessions`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page.getByTestId('ui/message/1010016')).toContainText(first.email)
      // That account has no password, and the one that led here is no way in: what is left is the other one.
      await expect(page.locator('input[name="password"]')).toHaveCount(0)
      await expect(buttons(page, 'provider')).toHaveText('Confirm with GitHub')
      await chooseProvider(page, 'github')
      await answerProvider(page, first)
      await expect(page).toHaveURL(`${ui}/sessions`)

      await page.context().clearCookies()
      await page.goto(`${ui}/login`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/welcome`)
      await expect(page.getByTestId('session-name')).toHaveText(first.email)
    })

    test('who does not want to link can leave, and return_to is kept', async ({ page }) => {
      const [person, other] = [await createPerson('oidc'), await createPerson('oidc')]
      await page.goto(`${ui}/login?return_to=%2Fsessions`)
      await chooseProvider(page, 'google')
      await answerProvider(page, { ...newAccount(), email: person.email })
      await expect(page.getByTestId('ui/message/1010016')).toBeVisible()
      await page.getByTestId('start-over-link').click()
      await expect(buttons(page, 'provider')).toHaveCount(2)
      await expect(page.getByTestId('ui/message/1010016')).toHaveCount(0)
      await fillLogin(page, other)
      await expect(page).toHaveURL(`${ui}/sessions`)
      const identity = await admin<{ credentials: object }>('oidc', 'GET', `/identities/${other.id}`)
      expect(Object.keys(identity.credentials)).not.toContain('oidc')
    })

    test('a provider that refuses is told of, and the page can be used again', async ({ page }) => {
      for (const flow of ['login', 'registration']) {
        await page.goto(`${ui}/${flow}`)
        await chooseProvider(page, 'google')
        await refuseAtProvider(page)
        await expect(page).toHaveURL(new RegExp(`/${flow}\\?flow=`))
        await expect(page.getByTestId('ui/message/4000001')).toBeVisible()
      }
      // Kratos offers nothing but the provider that refused.
      await expect(buttons(page, 'provider')).toHaveCount(1)
      await page.getByTestId('start-over-link').click()
      await chooseProvider(page, 'github')
      await answerProvider(page, newAccount())
      await expect(page).toHaveURL(`${ui}/welcome`)
    })

    test('the settings link and unlink', async ({ page }) => {
      const person = await createPerson('oidc')
      const account = newAccount()
      await signIn(page, person, ui)
      await page.goto(`${ui}/settings`)
      await expect(page.getByRole('heading', { name: 'Manage Social Sign In' })).toBeVisible()
      await chooseProvider(page, 'google', 'link')
      await answerProvider(page, account)
      await expect(page).toHaveURL(/\/settings\?flow=/)
      await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
      await expect(buttons(page, 'unlink')).toHaveText('Unlink Google')
      await expect(buttons(page, 'link')).toHaveText('Link GitHub')

      await test.step('a subject that is linked elsewhere is refused', async () => {
        await page.context().clearCookies()
        await signIn(page, await createPerson('oidc'), ui)
        await page.goto(`${ui}/settings`)
        await chooseProvider(page, 'google', 'link')
        await answerProvider(page, account)
        await expect(page.getByTestId('ui/message/4000007')).toBeVisible()
        await expect(page.getByText('It belongs to another account of this service.')).toBeVisible()
      })

      await page.context().clearCookies()
      await signIn(page, person, ui)
      await page.goto(`${ui}/settings`)
      await chooseProvider(page, 'google', 'unlink')
      await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
      await expect(buttons(page, 'unlink')).toHaveCount(0)
      await expect(buttons(page, 'link')).toHaveCount(2)
    })

    test('the last way to sign in cannot be unlinked, and the page says why', async ({ page }) => {
      const account = newAccount()
      await page.goto(`${ui}/registration`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/welcome`)
      await page.goto(`${ui}/settings`)
      const section = page.locator('#settings-oidc')
      await expect(buttons(page, 'unlink')).toHaveCount(0)
      await expect(section).toContainText('your only way to sign in')

      await chooseProvider(page, 'github', 'link')
      await answerProvider(page, newAccount())
      await expect(buttons(page, 'unlink')).toHaveCount(2)
      await expect(section).not.toContainText('your only way to sign in')
      await chooseProvider(page, 'google', 'unlink')
      await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
      await expect(buttons(page, 'unlink')).toHaveCount(0)
    })

    test('a password does not open an account that has none, nor make a second one', async ({
      page,
      javaScriptEnabled,
    }) => {
      const account = newAccount()
      const { password } = newPerson()
      await page.goto(`${ui}/registration`)
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/welcome`)
      await page.context().clearCookies()

      await page.goto(`${ui}/login`)
      await fillLogin(page, { email: account.email, password })
      await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
      await page.goto(`${ui}/registration?return_to=%2Fsessions`)
      await page.locator('input[name="traits.email"]').fill(account.email)
      await page.locator('input[name="password"]').fill(password)
      await page.locator('button[name="method"][value="password"]').click()
      await expect(page.getByTestId('ui/message/4000028')).toBeVisible()
      await expect(page.getByTestId('ui/message/4000028')).toContainText('Google')
      // Kratos gives back an empty form; an island fills in the address.
      if (javaScriptEnabled) await expect(page.locator('input[name="traits.email"]')).toHaveValue(account.email)
      // That account has no password: only the way that it has is offered.
      const notice = page.getByText('There is an account already').locator('..')
      await expect(notice.getByRole('link')).toHaveText(['Sign in to that account'])
      await page.getByTestId('existing-account-link').click()
      await chooseProvider(page, 'google')
      await answerProvider(page, account)
      await expect(page).toHaveURL(`${ui}/sessions`)
    })
  })
}

function newAccount(): SocialAccount & { email: string } {
  const { email } = newPerson()
  return { subject: email.replace('@example.org', ''), email, given_name: 'Ada', family_name: 'Lovelace' }
}

async function identityOf(email: string) {
  type Found = { traits: { email: string; name?: { first?: string; last?: string } } }
  const query = new URLSearchParams({ credentials_identifier: email })
  const [identity] = await admin<Found[]>('oidc', 'GET', `/identities?${query}`)
  if (!identity) throw new Error(`Nobody has the address ${email}`)
  return identity
}
