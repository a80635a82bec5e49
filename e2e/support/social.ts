import type { Page } from '@playwright/test'
import type { Claims } from './identity-provider.ts'

/** An account at the identity provider of the tests: its subject, and what the provider tells. */
export type SocialAccount = Claims & { subject: string }

/** Presses the button of a social sign-in: `provider` on login and registration, `link` and `unlink` in the settings. */
export async function chooseProvider(
  page: Page,
  id: 'google' | 'github',
  name: 'provider' | 'link' | 'unlink' = 'provider',
): Promise<void> {
  await page.locator(`button[name="${name}"][value="${id}"]`).click()
}

/** Types on the identity provider's page who one is there, and comes back. */
export async function answerProvider(page: Page, account: SocialAccount): Promise<void> {
  for (const [name, value] of Object.entries(account)) await page.locator(`input[name="${name}"]`).fill(value)
  await page.locator('button[name="choice"][value="sign-in"]').click()
}

/** Says no on the identity provider's page, and comes back. */
export async function refuseAtProvider(page: Page): Promise<void> {
  await page.locator('button[name="choice"][value="refuse"]').click()
}
