import type { Page } from '@playwright/test'
import type { SignedIn } from './application.ts'
import { APPLICATION, HYDRA_ADMIN_URL } from './places.ts'

/** Opens the application and is sent on to sign in. The query is that of its `/start`: see application.ts. */
export async function startAt(page: Page, query: string): Promise<void> {
  await page.goto(`${APPLICATION}/start?${query}`)
}

/** What the application shows once the browser is back: what it got, or the error that it was told. */
export async function shownBy(page: Page): Promise<SignedIn & { error?: string; error_description?: string }> {
  await page.waitForURL((url) => url.href.startsWith(`${APPLICATION}/callback?`))
  return JSON.parse((await page.locator('body').textContent()) ?? '')
}

/**
 * Consents in somebody's place, by Hydra's admin API: for tests of what comes after the consent page.
 *
 * @param page on its way to the consent page
 * @param body of the PUT that accepts; without scopes, what was asked for is granted
 */
export async function consentFor(page: Page, body: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await page.waitForURL(/[?&]consent_challenge=/)
  const { search } = new URL(page.url())
  const request = await hydraAdmin<{ requested_scope: string[] }>('GET', `/requests/consent${search}`)
  const answer = { grant_scope: request.requested_scope, handled_at: new Date().toISOString(), ...body }
  const { redirect_to: to } = await hydraAdmin<{ redirect_to: string }>(
    'PUT',
    `/requests/consent/accept${search}`,
    answer,
  )
  await page.goto(to)
}

/** Asks Hydra's admin API, below `/admin/oauth2/auth`. */
export async function hydraAdmin<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${HYDRA_ADMIN_URL}/admin/oauth2/auth${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
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
