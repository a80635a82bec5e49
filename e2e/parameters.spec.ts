import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import { recordedRequests } from './support/upstream-proxy.ts'

/** Opens a page and returns the query with which Kratos's login/browser endpoint was asked. */
async function queryAtKratos(page: Page, path: string) {
  const id = randomUUID()
  await page.context().addCookies([{ name: 'e2e_record', value: id, url: UI.sameOrigin }])
  const response = await page.goto(path)
  const starts = (await recordedRequests(id)).filter((request) => request.path.endsWith('/browser'))
  return { status: response?.status(), query: starts[0]?.query }
}

test('promise: login_challenge', async ({ page, guard }) => {
  guard.allowConsole(/status of 5\d\d/)
  const challenge = 'a1b2/c3=d4+e5&f6 ü'
  const { status, query } = await queryAtKratos(page, `/login?login_challenge=${encodeURIComponent(challenge)}`)
  expect(new URLSearchParams(query).get('login_challenge')).toBe(challenge)
  expect([...new URLSearchParams(query).keys()]).toEqual(['login_challenge'])

  // No OAuth2 provider is configured: Kratos refuses, and says why.
  await expect(page).toHaveURL(/\/error\?id=/)
  expect(status).toBe(500)
  await expect(page.getByRole('heading', { name: 'That did not work' })).toBeVisible()
  await expect(page.getByTestId('ui/error/message')).toContainText('oauth2_provider.url')
  await page.getByRole('link', { name: 'Start over' }).waitFor()
})

test('promise: organization, via, identity_schema', async ({ page }) => {
  const organization = '5a4f2d44-1f1c-4e0b-9c0b-0f6a3f6f2a10'
  const cases = [
    // An organization that Kratos does not know: it offers what the organization has, which is nothing.
    [`/login?organization=${organization}`, `organization=${organization}`],
    ['/login?via=email', 'via=email'],
    ['/login?identity_schema=default', 'identity_schema=default'],
    ['/registration?identity_schema=default&via=email', 'identity_schema=default'],
    [`/registration?organization=${organization}`, `organization=${organization}`],
    ['/login?aal=aal1&via=email&unknown=1&refresh=', 'aal=aal1&via=email'],
    ['/login?return_to=%2Fsessions&return_to=%2Fsettings&flow=', 'return_to=%2Fsessions'],
  ] as const
  for (const [path, expected] of cases) {
    const { status, query } = await queryAtKratos(page, path)
    expect(query, path).toBe(expected)
    expect(status, path).toBe(200)
    const heading = path.startsWith('/login') ? 'Sign in' : 'Create an account'
    await expect(page.getByRole('heading', { name: heading }), path).toBeVisible()
    // Kratos has single sign-on alone for an organization, and this profile has none.
    const empty = page.getByText('There is no way to sign in here at the moment.')
    await expect(empty, path).toHaveCount(path.includes('organization') ? 1 : 0)
    await page.context().clearCookies()
  }
})
