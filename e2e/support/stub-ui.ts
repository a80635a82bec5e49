import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { CACHE } from '../../tools/paths.ts'
import { startUi } from '../../tools/ui/start-ui.ts'
import { createStub } from '../stub-kratos.ts'
import type { State } from './states.ts'

/**
 * Starts the stub, which replays recorded flows, and the production build of the UI on it.
 *
 * @param name of the folder for its log
 * @param uiPort the UI's port; the stub has the next one
 * @returns the UI's origin, and what stops both
 */
export async function startStubUi(
  name: string,
  uiPort: number,
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const origin = `http://localhost:${uiPort}`
  const stub = createStub(origin)
  await new Promise<void>((resolve) => stub.listen(uiPort + 1, '127.0.0.1', resolve))
  const ui = await startUi({
    port: uiPort,
    env: {
      KRATOS_PUBLIC_URL: `http://127.0.0.1:${uiPort + 1}`,
      KRATOS_BROWSER_URL: '/',
      PUBLIC_URL: origin,
      COOKIE_SECRET: 'only-for-tests-cookie-secret-of-states',
      DOCTOR: 'true',
    },
    logFile: join(CACHE, 'e2e', name, 'ui.log'),
  })
  const stop = async () => {
    await ui.stop()
    await new Promise((resolve) => {
      stub.close(resolve)
      stub.closeAllConnections()
    })
  }
  return { origin, stop }
}

/** What an island has still to wake. The keys of a device are of an island that there is not. */
const ASLEEP = [
  '[data-reveal][hidden]',
  '[data-needs-script][hidden]:not([data-group="deviceauthn"] *)',
  'input[type="text"][data-date-time]',
  '[data-seconds]:empty',
].join()

/**
 * Opens a state, and waits until its islands are awake.
 *
 * @param locale its language
 * @returns the status of the page
 */
export async function openState(page: Page, origin: string, state: State, locale = 'en'): Promise<number> {
  // A cookie: Playwright's own locale wins over a header. The request id stands on some pages, and we may choose it.
  const session = state.signedIn ? [{ name: 'stub_session', value: 'recorded', url: origin }] : []
  await page.context().addCookies([{ name: 'ksui_locale', value: locale, url: origin }, ...session])
  await page.setExtraHTTPHeaders({ 'x-request-id': 'request-of-a-test' })
  const response = await page.goto(`${origin}${state.path}`)
  // What Next announces pages with is added by the last effect of all.
  await page.waitForFunction(
    (asleep) => document.querySelector('next-route-announcer') && !document.querySelector(asleep),
    ASLEEP,
  )
  return response?.status() ?? 0
}
