import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { CACHE } from '../tools/paths.ts'
import { allErrors, allFlows } from '../tools/testing/fixtures.ts'
import { startUi, type Ui } from '../tools/ui/start-ui.ts'
import { expect, test } from './fixtures.ts'
import { createStub } from './stub-kratos.ts'
import { expectAccessible } from './support/accessible.ts'

// Every state that is recorded in e2e/flows, and those of newer versions, as a browser shows it. No Kratos takes part: what
// Kratos does is the subject of the other specs.
const [UI_PORT, STUB_PORT] = [4695, 4696]
const ORIGIN = `http://localhost:${UI_PORT}`

let stub: Server
let ui: Ui

test.beforeAll(async () => {
  stub = createStub(ORIGIN)
  await new Promise<void>((resolve) => stub.listen(STUB_PORT, '127.0.0.1', resolve))
  ui = await startUi({
    port: UI_PORT,
    env: {
      KRATOS_PUBLIC_URL: `http://127.0.0.1:${STUB_PORT}`,
      KRATOS_BROWSER_URL: '/',
      PUBLIC_URL: ORIGIN,
      COOKIE_SECRET: 'only-for-tests-cookie-secret-of-states',
    },
    logFile: join(CACHE, 'e2e', 'states', 'ui.log'),
  })
})

test.afterAll(async () => {
  await ui.stop()
  await new Promise((resolve) => {
    stub.close(resolve)
    stub.closeAllConnections()
  })
})

for (const { name, type } of allFlows()) {
  test(`${name}: axe finds nothing, in light and dark; nothing is cut off on a narrow phone`, async ({ page }) => {
    if (type === 'settings') await page.goto(`${ORIGIN}/self-service/stub/sign-in`)
    await expectSound(page, `${ORIGIN}/${type}?flow=${name.replace(/.*\//, '')}`, 200)
  })
}

for (const { name, error } of allErrors()) {
  test(`the error ${name}: axe finds nothing, in light and dark; nothing is cut off on a narrow phone`, async ({
    page,
    guard,
  }) => {
    guard.allowConsole(/status of 403/)
    await expectSound(page, `${ORIGIN}/error?id=${name}`, 403)
    await expect(page.locator('main')).toContainText((error.error as { reason: string }).reason)
  })
}

async function expectSound(page: Page, url: string, status: number): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const response = await page.goto(url)
  expect(response?.status()).toBe(status)
  await expect(page.locator('main h2')).toHaveCount(1)
  await expectAccessible(page, 'light')
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expectAccessible(page, 'dark')
  await page.setViewportSize({ width: 320, height: 640 })
  const widths = await page.evaluate(() => [document.scrollingElement?.scrollWidth, innerWidth])
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
}
