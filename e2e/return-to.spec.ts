import { expect, fillLogin, test, UI } from './fixtures.ts'

test('promise: return_to allowed / forbidden / javascript:', async ({ page, person, guard }) => {
  guard.allowHost('www.example.org')
  guard.allowConsole(/status of 400/)

  await page.goto(`/login?return_to=${encodeURIComponent('https://www.example.org/after?a=1&b=2')}`)
  await fillLogin(page, person)
  await expect(page).toHaveURL('https://www.example.org/after?a=1&b=2')
  await page.context().clearCookies()

  for (const refused of [
    'https://not-allowed',
    'javascript:alert(1)',
    '//not-allowed/x',
    'http://localhost:4455@evil.example/',
  ]) {
    for (const flow of ['login', 'registration', 'recovery']) {
      const response = await page.goto(`/${flow}?return_to=${encodeURIComponent(refused)}`)
      expect(response?.status(), `${flow} ${refused}`).toBe(400)
      await expect(page).toHaveURL(/\/error\?id=/)
      await expect(page.getByTestId('ui/error/message')).toContainText('is not allowed')
      await page.getByRole('link', { name: 'Start over' }).click()
      await expect(page).toHaveURL(new RegExp(`/${flow}\\?flow=[0-9a-f-]{36}$`))
      // So many starts in so short a time would be taken for a loop.
      await page.context().clearCookies()
    }
  }
  await page.goto('/login?return_to=https%3A%2F%2Fnot-allowed')
  await expect(page.getByText('Requested return_to URL "https://not-allowed" is not allowed.')).toBeVisible()
  await page.getByRole('link', { name: 'Start over' }).click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
})

test('verification with a forbidden return_to is a page, though Kratos answers with JSON', async ({ page, guard }) => {
  guard.allowConsole(/status of 400/)
  const response = await page.goto('/verification?return_to=https%3A%2F%2Fnot-allowed')
  expect(response?.status()).toBe(400)
  await expect(page.getByRole('heading', { name: 'This address does not work' })).toBeVisible()
  await expect(page.getByTestId('request-id')).toBeVisible()
})

test('the links between the flows keep return_to', async ({ page, guard }) => {
  guard.allowHost('www.example.org')
  const target = 'https://www.example.org/kept'
  await page.goto(`/login?return_to=${encodeURIComponent(target)}`)
  await page.getByTestId('signup-link').click()
  await expect(page).toHaveURL(/\/registration\?flow=/)
  await page.getByTestId('cta-link').click()
  await expect(page).toHaveURL(/\/login\?flow=/)
  await page.getByTestId('forgot-password-link').click()
  await expect(page).toHaveURL(/\/recovery\?flow=/)
  await page.getByTestId('cta-link').click()
  await expect(page.getByTestId('signup-link')).toHaveAttribute(
    'href',
    `/registration?return_to=${encodeURIComponent(target)}`,
  )
})
