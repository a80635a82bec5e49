import { test as base, expect, type Page } from '@playwright/test'
import { PROFILES } from '../tools/profiles.ts'
import { announceTest } from './coverage/observations.ts'
import { Guard } from './support/guard.ts'
import { createPerson, type Person, type ProfileName } from './support/people.ts'

type Fixtures = {
  /** fails the test on a CSP violation, a console error or a request to a foreign host */
  guard: Guard
  /** somebody with an account at the main profile, not signed in */
  person: Person
}

/** The one test function of all specs. */
export const test = base.extend<Fixtures>({
  guard: [
    async ({ context }, use, info) => {
      await announceTest(info.titlePath.join(' › '))
      const guard = new Guard()
      await guard.watch(context)
      await use(guard)
      guard.assertClean()
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures off the pattern
  person: async ({}, use) => use(await createPerson()),
})

export { expect }

/** The UI's origin of each profile. */
export const UI = Object.fromEntries(Object.entries(PROFILES).map(([name, { uiUrl }]) => [name, uiUrl])) as Record<
  ProfileName,
  string
>

/** Fills in the login form that is on the page, in whatever language, and sends it. */
export async function fillLogin(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.locator('input[name="password"]').fill(person.password)
  await page.locator('button[name="method"][value="password"]').click()
}

/** Signs in with a password and waits for the welcome page. */
export async function signIn(page: Page, person: Person, ui: string = UI.sameOrigin): Promise<void> {
  await page.goto(`${ui}/login`)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${ui}/welcome`)
}
