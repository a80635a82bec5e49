import type { Page } from '@playwright/test'
import { generate } from 'otplib'

/** The code that an authenticator app shows now for a secret. */
export function totpCode(secret: string): Promise<string> {
  return generate({ secret })
}

/**
 * Sets up an authenticator app on the settings page that is open, and waits until it is saved.
 *
 * @returns its secret
 */
export async function enrolTotp(page: Page): Promise<string> {
  const secret = (await page.getByTestId('node/text/totp_secret_key/text').textContent()) ?? ''
  await page.locator('input[name="totp_code"]').fill(await totpCode(secret))
  await page.locator('button[name="method"][value="totp"]').click()
  await page.getByTestId('ui/message/1050001').waitFor()
  return secret
}
