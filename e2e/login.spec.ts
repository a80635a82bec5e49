import { expect, fillLogin, test, UI } from './fixtures.ts'

test('promise: login/browser, no session', async ({ page, person }) => {
  const redirects: { status: number; to: string }[] = []
  page.on('response', (response) => {
    const to = response.headers().location
    if (to) redirects.push({ status: response.status(), to })
  })
  await page.goto('/login')

  expect(redirects[0]).toEqual({ status: 303, to: '/self-service/login/browser' })
  expect(redirects[1]?.status).toBe(303)
  expect(redirects[1]?.to).toMatch(/^http:\/\/localhost:4455\/login\?flow=[0-9a-f-]{36}$/)
  const csrf = page.locator('input[name="csrf_token"]').first()
  await expect(csrf).toHaveAttribute('type', 'hidden')
  await expect(csrf).toHaveValue(/.{20,}/)
  const cookies = await page.context().cookies()
  expect(cookies.some((cookie) => cookie.name.startsWith('csrf_token'))).toBe(true)

  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await expect(page.getByTestId('session-name')).toHaveText(person.email)

  await page.context().clearCookies()
  await page.goto('/login?return_to=%2Fsessions')
  await page.getByRole('textbox', { name: 'E-Mail' }).fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByLabel('Password').press('Enter')
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
})
