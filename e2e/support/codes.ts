import { type Page, test } from '@playwright/test'

/** A code that no message has. */
const WRONG_CODE = '000000'

/** Types a code and sends it; waits for the page that comes of it. */
export async function enterCode(page: Page, code: string): Promise<void> {
  const input = page.locator('input[name="code"]')
  // The load that is waited for below must not be that of the page that is here.
  await page.waitForLoadState()
  await input.fill(code)
  const loaded = page.waitForEvent('load')
  await input.press('Enter')
  await loaded
}

/** Types a wrong code, as often as it takes until Kratos accepts no other: six times. */
export async function useUpTries(page: Page): Promise<void> {
  for (let tries = 0; tries < 6; tries++) await enterCode(page, WRONG_CODE)
}

/** Asks for another code. With JavaScript the button waits for half a minute: the page's clock is set past it. */
export async function resendCode(page: Page): Promise<void> {
  // Before it waits, it may start to just as it is pressed.
  if (test.info().project.use.javaScriptEnabled) await page.locator('button[data-waiting]').waitFor()
  await page.clock.setFixedTime((await page.evaluate(() => Date.now())) + 31_000)
  await page.getByRole('button', { name: 'Resend code' }).click()
}
