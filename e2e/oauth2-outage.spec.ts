import { expect, fillLogin, test, UI } from './fixtures.ts'
import { breakHydra, challengeOn, shownBy, startAt } from './support/hydra/sign-in.ts'
import { createPerson } from './support/people.ts'

// Hydra out of order, while somebody signs in to an application. Only the stand-in for it can be broken at will.
const { oauth2: ui } = UI
const START = 'client=direct'

test.afterEach(() => breakHydra())

test('at the start: a page that says so, and a way to try again', async ({ page, guard }) => {
  guard.allowConsole(/status of 503/)
  const person = await createPerson('oauth2')
  await startAt(page, START)
  const challenge = await challengeOn(page)
  await breakHydra(501)
  await page.goto(`${ui}/login?login_challenge=${challenge}`)
  await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
  await expect(page.getByText('the service that connects applications to your account')).toBeVisible()
  await breakHydra()
  await page.getByRole('link', { name: 'Try again' }).click()
  await fillLogin(page, person)
  expect((await shownBy(page)).claims?.sub).toBe(person.id)
})

test('while a form is filled in: nothing is lost but the password', async ({ page, guard }) => {
  guard.allowConsole(/status of 503/)
  const person = await createPerson('oauth2')
  await startAt(page, START)
  await breakHydra(501)
  await fillLogin(page, person)
  await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
  await breakHydra()
  await page.getByRole('link', { name: 'Try again' }).click()
  await fillLogin(page, person)
  expect((await shownBy(page)).claims?.sub).toBe(person.id)
})

test('that says nothing: the page comes within some seconds all the same', async ({ page, guard }) => {
  guard.allowConsole(/status of 503/)
  await startAt(page, START)
  const challenge = await challengeOn(page)
  await breakHydra('hang')
  const response = await page.goto(`${ui}/login?login_challenge=${challenge}`, {
    timeout: 10_000,
  })
  expect(response?.status()).toBe(503)
  await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
  await breakHydra()
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByTestId('application')).toContainText('Direct Album')
})
