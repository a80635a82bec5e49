import type { Page } from '@playwright/test'
import { Browser } from '../tools/http/browser.ts'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'
import { admin, type Person } from './support/people.ts'
import { whoami } from './support/sessions.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const others = (page: Page) => page.getByTestId('other-session')

/** Signs in elsewhere, so many times, without a browser. */
async function signInElsewhere(person: Person, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const elsewhere = new Browser(UI.sameOrigin)
    await elsewhere.open('/login')
    await elsewhere.submit('password', { identifier: person.email, password: person.password })
  }
}

async function activeSessions(person: Person): Promise<number> {
  const sessions = await admin<unknown[]>('sameOrigin', 'GET', `/identities/${person.id}/sessions?active=true`)
  return sessions.length
}

test('the sessions page shows this session, and that there is no other', async ({ page, person }) => {
  await page.goto('/sessions')
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
  await expect(page.getByText('You are not signed in anywhere else.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^End/ })).toHaveCount(0)
  await expect(page.getByTestId('session-name')).toHaveText(person.email)
  await expect(page.getByTestId('session-methods')).toHaveText('Password')
  await expect(page.getByTestId('session-aal')).toHaveAttribute('data-aal', 'aal1')
  await expect(page.locator('pre')).toContainText(person.email)
})

test('another session is named, and ended: that browser is signed out, this one is not', async ({
  page,
  person,
  browser,
  javaScriptEnabled,
}) => {
  const other = await browser.newContext({ userAgent: FIREFOX, javaScriptEnabled })
  const otherPage = await other.newPage()
  await signIn(otherPage, person)
  await signInElsewhere(person, 1)
  await signIn(page, person)
  await page.goto('/sessions')
  await expect(others(page)).toHaveCount(2)
  const firefox = others(page).filter({ hasText: 'Firefox on Windows' })
  await expect(firefox).toContainText('127.0.0.1')
  await expect(firefox).toContainText('Password')
  await firefox.getByRole('button', { name: 'End session: Firefox on Windows' }).click()
  await expect(page).toHaveURL(/\/sessions\?page=1$/)
  await expect(page.getByRole('status')).toContainText('The session is ended.')
  await expect(others(page)).toHaveCount(1)
  expect(await whoami(page)).toBeDefined()
  expect(await whoami(otherPage)).toBeUndefined()
  await otherPage.goto('/settings')
  await expect(otherPage).toHaveURL(/\/login\?flow=/)
  await other.close()
})

test('all other sessions are ended at once', async ({ page, person }) => {
  await signInElsewhere(person, 3)
  await signIn(page, person)
  await page.goto('/sessions')
  await expect(others(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'End all other sessions' }).click()
  await expect(page.getByRole('status')).toContainText('All other sessions are ended.')
  await expect(page.getByText('You are not signed in anywhere else.')).toBeVisible()
  expect(await activeSessions(person)).toBe(1)
  expect(await whoami(page)).toBeDefined()
})

test('many sessions stand on pages', async ({ page, person }) => {
  await signInElsewhere(person, 21)
  await signIn(page, person)
  await page.goto('/sessions')
  await expect(others(page)).toHaveCount(20)
  const first = await others(page).getByRole('button').first().getAttribute('value')
  await expect(page.getByText('Page 1 of 2')).toBeVisible()
  await page.getByRole('link', { name: 'Earlier sessions' }).click()
  await expect(page).toHaveURL(/\/sessions\?page=2$/)
  await expect(others(page)).toHaveCount(1)
  expect(await others(page).getByRole('button').first().getAttribute('value')).not.toBe(first)
  // With its last session, the page is gone as well.
  await others(page).getByRole('button').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
  await expect(page.getByRole('status')).toContainText('The session is ended.')
  await expect(others(page)).toHaveCount(20)
  await expect(page.getByText('Page 1')).toHaveCount(0)
  for (const number of ['0', '-1', '7', 'x', '99999999999']) {
    await page.goto(`/sessions?page=${number}`)
    await expect(others(page), number).toHaveCount(20)
  }
})

test('a session that is gone already is said so, and so is one’s own', async ({ page, person, browser }) => {
  const other = await browser.newContext()
  const otherPage = await other.newPage()
  await signIn(otherPage, person)
  await signIn(page, person)
  await page.goto('/sessions')
  const form = page.url()
  await otherPage.goto('/sessions')
  await others(page).getByRole('button').click()
  await expect(page.getByRole('status')).toContainText('The session is ended.')
  await page.goto(form)
  await expect(others(page)).toHaveCount(0)

  // The other browser does not know yet that its own session is over: the way is the login, and back.
  await others(otherPage).getByRole('button').click()
  await expect(otherPage).toHaveURL(/\/login\?flow=/)
  await fillLogin(otherPage, person)
  await expect(otherPage).toHaveURL(`${UI.sameOrigin}/sessions`)
  await page.reload()
  const ended = await others(page).getByRole('button').getAttribute('value')
  await admin('sameOrigin', 'DELETE', `/sessions/${ended}`)
  await others(page).getByRole('button').click()
  await expect(others(page)).toHaveCount(0)
  await other.close()
})

test('without the right token nothing is ended', async ({ page, person }) => {
  await signInElsewhere(person, 1)
  await signIn(page, person)
  await page.goto('/sessions')
  const oldToken = await page.locator('input[name="token"]').inputValue()
  const post = (token: string) =>
    page.request.post('/end-session', { form: { token, session: 'others' }, maxRedirects: 0 })
  for (const token of ['', 'nonsense', oldToken.replace(/.(?=.{20}$)/, (char) => (char === 'A' ? 'B' : 'A'))]) {
    const answer = await post(token)
    expect([answer.status(), answer.headers().location]).toEqual([303, '/sessions'])
  }
  // The token of another session of the same person.
  await page.context().clearCookies()
  await signIn(page, person)
  expect((await post(oldToken)).status()).toBe(303)
  expect(await activeSessions(person)).toBe(3)
  await page.goto('/sessions')
  await expect(page.getByRole('status')).toContainText('nothing has been changed')
  await expect(others(page)).toHaveCount(2)
})

test('whoever opens the address of the form gets to the page', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/end-session')
  await expect(page).toHaveURL(`${UI.sameOrigin}/sessions`)
})

test('when Kratos does not answer, nothing is ended, and the page says so', async ({ page, person, guard }) => {
  guard.allowConsole(/status of 503/)
  await signInElsewhere(person, 1)
  await signIn(page, person)
  await page.goto('/sessions')
  await page.context().addCookies([{ name: 'e2e_fault', value: 'down', url: UI.sameOrigin }])
  await others(page).getByRole('button').click()
  // Nor can the list be shown.
  await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
  await page.context().clearCookies({ name: 'e2e_fault' })
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('status')).toContainText('Nothing has been changed')
  await expect(others(page)).toHaveCount(1)
})
