import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { admin, newPerson } from './support/people.ts'
import { whoami } from './support/sessions.ts'
import { enrolTotp, totpCode } from './support/totp.ts'

test('promise: settings: profile, password, TOTP, lookup codes', async ({ page, person }) => {
  const saved = page.getByTestId('ui/message/1050001')
  await signIn(page, person)
  await page.goto('/settings')

  await test.step('profile', async () => {
    await page.locator('input[name="traits.name.first"]').fill('Ada')
    await page.locator('button[name="method"][value="profile"]').click()
    await expect(saved).toBeVisible()
    await expect(page.locator('input[name="traits.name.first"]')).toHaveValue('Ada')
    const { traits } = await admin<{ traits: { name: { first: string } } }>(
      'sameOrigin',
      'GET',
      `/identities/${person.id}`,
    )
    expect(traits.name.first).toBe('Ada')
  })

  const password = newPerson().password
  await test.step('password: refused, then changed', async () => {
    await page.locator('input[name="password"]').fill('short')
    await page.locator('button[name="method"][value="password"]').click()
    await expect(page.getByTestId('ui/message/4000032')).toBeVisible()
    await expect(page.locator('input[name="password"]')).toHaveAttribute('aria-invalid', 'true')
    await expect(page.locator('input[name="password"]')).toHaveValue('')
    await page.locator('input[name="password"]').fill(password)
    await page.locator('button[name="method"][value="password"]').click()
    await expect(saved).toBeVisible()
    await expect(page.getByTestId('ui/message/4000032')).toHaveCount(0)
  })

  const secret = await test.step('TOTP', () => enrolTotp(page))
  const codes = await test.step('lookup codes', async () => {
    await page.locator('button[name="lookup_secret_regenerate"]').click()
    const list = page.getByTestId('node/text/lookup_secret_codes/text').locator('code')
    await expect(list).toHaveCount(12)
    const texts = await list.allTextContents()
    await page.locator('button[name="lookup_secret_confirm"]').click()
    await expect(saved).toBeVisible()
    return texts
  })

  await test.step('the new password signs in, the old one does not', async () => {
    await page.context().clearCookies()
    await page.goto('/login')
    await fillLogin(page, person)
    await expect(page.getByTestId('ui/message/4000006')).toBeVisible()
    await expect(page.locator('input[name="identifier"]')).toHaveValue(person.email)
    await fillLogin(page, { ...person, password })
    await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  })

  await test.step('the code of the app is a second factor', async () => {
    await page.goto('/login?aal=aal2')
    await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
    await page.locator('button[name="method"][value="totp"]').click()
    await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
    expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
  })

  await test.step('a backup code is one as well, once', async () => {
    await page.context().clearCookies()
    await signIn(page, { ...person, password })
    await page.goto('/login?aal=aal2')
    await page.locator('input[name="lookup_secret"]').fill(codes[0] ?? '')
    await page.locator('button[name="method"][value="lookup_secret"]').click()
    await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
    expect((await whoami(page))?.authenticator_assurance_level).toBe('aal2')
    await page.goto('/settings')
    await page.locator('button[name="lookup_secret_reveal"]').click()
    const used = page.getByTestId('node/text/lookup_secret_codes/text').locator('li[data-used]')
    await expect(used).toHaveCount(1)
  })

  await test.step('the app can be unlinked', async () => {
    await page.locator('button[name="totp_unlink"]').click()
    await expect(saved).toBeVisible()
    await expect(page.locator('input[name="totp_code"]')).toBeVisible()
  })
})

test('settings say what they are: one section, heading and form a group', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/settings')
  const headings = await page.locator('h3').allTextContents()
  expect(headings).toEqual([
    'Profile Settings',
    'Change Password',
    'Manage 2FA Backup Recovery Codes',
    'Manage 2FA TOTP Authenticator App',
  ])
  await expect(page.locator('section form')).toHaveCount(4)
  await expect(page.getByTestId('node/image/totp_qr')).toBeVisible()
})
