import type { Page } from '@playwright/test'
import type { SignedIn } from './application.ts'
import { APPLICATION, HYDRA_ADMIN_URL } from './places.ts'

/** Opens the application and is sent on to sign in. The query is that of its `/start`: see application.ts. */
export async function startAt(page: Page, query: string): Promise<void> {
  await page.goto(`${APPLICATION}/start?${query}`)
}

/** What the application shows once the browser is back: what it got, or the error that it was told. */
export async function shownBy(
  page: Page,
): Promise<SignedIn & { error?: string; error_description?: string }> {
  await page.waitForURL((url) => url.href.startsWith(`${APPLICATION}/callback?`))
  return JSON.parse((await page.locator('body').textContent()) ?? '')
}

/** Lets the admin API of the stand-in answer with a status, not at all, or to no PUT; without one, as it should. */
export async function breakHydra(how?: number | 'hang' | 'read-only'): Promise<void> {
  await fetch(`${HYDRA_ADMIN_URL}/stand-in/break${how ? `?how=${how}` : ''}`, { method: 'POST' })
}

/** The challenge of the sign-in whose page is open. Its links carry it on. */
export async function challengeOn(page: Page): Promise<string> {
  const href = (await page.getByTestId('signup-link').getAttribute('href')) ?? ''
  return new URL(href, page.url()).searchParams.get('login_challenge') ?? ''
}

/** The URL by which a phone would be called: Chromium has nobody to call, so it is read off the redirect. */
export async function callOf(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  return new Promise((resolve) => {
    devtools.on('Network.responseReceivedExtraInfo', ({ headers }) => {
      const location = headers.location ?? headers.Location ?? ''
      if (location.startsWith('com.example.app:')) resolve(location)
    })
  })
}
