import type { Response } from '@playwright/test'
import { expect, test, UI } from './fixtures.ts'
import type { Fault } from './support/upstream-proxy.ts'

test('promise: Kratos down, slow, answering 500 or HTML', async ({ page, guard }) => {
  guard.allowConsole(/status of 503/)
  await page.goto('/login')
  const flow = page.url()

  const faults: Fault[] = ['down', 'slow', '500', 'html', 'half']
  for (const fault of faults) {
    await page.context().addCookies([{ name: 'e2e_fault', value: fault, url: UI.sameOrigin }])
    for (const url of [flow, `${UI.sameOrigin}/welcome`]) {
      await expectUnavailable(await page.goto(url), `${fault} ${url}`)
      await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
      await expect(page.getByTestId('request-id')).toHaveText(/^[\w-]{36}$/)
    }
  }
  // A start that fails keeps its URL, and what it was to come back to.
  for (const fault of ['down', 'slow', '500', 'html'] as const) {
    await page.context().addCookies([{ name: 'e2e_fault', value: fault, url: UI.sameOrigin }])
    await expectUnavailable(await page.goto('/login?return_to=%2Fsessions'), `start ${fault}`)
    await page.context().clearCookies({ name: 'e2e_fault' })
    await page.getByRole('link', { name: 'Try again' }).click()
    await expect(page.getByTestId('signup-link')).toHaveAttribute('href', '/registration?return_to=%2Fsessions')
    await page.context().clearCookies({ name: 'ksui_start_login' })
  }
  await page.context().addCookies([{ name: 'e2e_fault', value: 'down', url: UI.sameOrigin }])

  // The same URL works again, by the page's own link.
  await page.goto(flow)
  await page.context().clearCookies({ name: 'e2e_fault' })
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page).toHaveURL(flow)
  await expect(page.locator('input[name="identifier"]')).toBeVisible()

  // A form that is sent while Kratos is away.
  await page.context().addCookies([{ name: 'e2e_fault', value: 'down', url: UI.sameOrigin }])
  await page.locator('input[name="identifier"]').fill('somebody@example.org')
  await page.getByLabel('Password').fill('some-password-1')
  await page.getByRole('button', { name: /^sign in/i }).click()
  await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
})

async function expectUnavailable(response: Response | null, what: string): Promise<void> {
  expect(response?.status(), what).toBe(503)
  expect(await response?.text(), what).toContain('Sign-in is not available right now')
}

test('too many requests', async ({ page, guard, javaScriptEnabled }) => {
  guard.allowConsole(/status of 429/)
  await page.goto('/login')
  const flow = page.url()
  const limit = () => page.context().addCookies([{ name: 'e2e_fault', value: '429', url: UI.sameOrigin }])
  const relent = () => page.context().clearCookies({ name: 'e2e_fault' })
  // A page, a start that passes through, and the home page of somebody who may be signed in.
  for (const url of [flow, `${UI.sameOrigin}/login`, `${UI.sameOrigin}/welcome`]) {
    await limit()
    const response = await page.goto(url)
    expect(response?.status(), url).toBe(429)
    expect(response?.headers()['retry-after'], url).toBe('30')
    await expect(page.locator('main').getByRole('alert')).toHaveText('Please wait 30 seconds before you try again.')
    const again = page.getByRole('link', { name: 'Try again', exact: true })
    if (javaScriptEnabled) await expect(again).toHaveText(/^Try again \(2\d s\)$/)
    else await expect(again).toHaveText('Try again')
    await relent()
    await again.click()
    await expect(page.getByRole('heading', { name: 'Too many tries' })).toBeHidden()
  }

  // A form that is sent has a way back to its page.
  await page.goto(flow)
  await page.locator('input[name="identifier"]').fill('somebody@example.org')
  await page.getByLabel('Password').fill('some-password-1')
  await limit()
  await page.getByRole('button', { name: /^sign in/i }).click()
  await expect(page.getByRole('heading', { name: 'Too many tries' })).toBeVisible()
  await relent()
  await page.getByRole('link', { name: 'Try again', exact: true }).click()
  await expect(page).toHaveURL(flow)
})
