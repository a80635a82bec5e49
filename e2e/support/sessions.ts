import type { Page } from '@playwright/test'

type Whoami = {
  id: string
  identity: { id: string }
  authenticated_at: string
  authenticator_assurance_level: string
  active: boolean
}

/** The session of a browser, as Kratos sees it (by the pass-through of the UI that the page is on). */
export async function whoami(page: Page): Promise<Whoami | undefined> {
  const answer = await page.request.get(new URL('/sessions/whoami', page.url()).href)
  return answer.ok() ? ((await answer.json()) as Whoami) : undefined
}

/** When the session of a browser was authenticated last, in ms since the epoch. */
export async function authenticatedAt(page: Page): Promise<number> {
  const session = await whoami(page)
  if (!session) throw new Error('nobody is signed in')
  return new Date(session.authenticated_at).getTime()
}
