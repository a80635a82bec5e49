import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { findChromium } from '../browser/find-chromium.ts'
import type { Accounts, Person } from './accounts.ts'

/** What somebody with Chromium saw: how often they signed in and what was wrong, among it sign-ins that Kratos does not know of. */
export type Seen = { journeys: number; wrong: string[] }

/** How long a page may take, in ms: longer than the UI waits for anything. */
const PATIENCE = 45_000
const PAUSE = 500
const MOST_TRIES = 200

/** Starts the Chromium that is found, or installs one. */
export async function startChromium(log: (line: string) => void): Promise<Browser> {
  const executablePath = await findChromium({ log })
  return chromium.launch({ args: ['--no-sandbox', '--disable-gpu'], ...(executablePath ? { executablePath } : {}) })
}

/**
 * Signs in with Chromium, over and over, each time as somebody new to the site, and tries again after a page that says "not
 * now".
 *
 * @param world where, as whom, and whether the UI itself may be away
 * @param isOver whether it is enough: the journey that is under way comes to its end
 */
export async function walkInChromium(
  browser: Browser,
  world: { url: string; accounts: Accounts; person: Person; mayBeCut: boolean },
  isOver: () => boolean,
): Promise<Seen> {
  const seen: Seen = { journeys: 0, wrong: [] }
  const contexts: BrowserContext[] = []
  let gaveUp = false
  do {
    const context = await browser.newContext({ locale: 'en' })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE)
    page.on('pageerror', ({ message }) => seen.wrong.push(`Chromium: ${message}`))
    for (let tries = 1; !(await signIn(page, world, seen)); tries++) {
      gaveUp = tries === MOST_TRIES
      if (gaveUp) break
      await page.waitForTimeout(PAUSE)
    }
    await page.close()
    if (gaveUp) seen.wrong.push('sign-in in Chromium: gave up')
    else contexts.push(context)
  } while (!isOver() && !gaveUp)
  for (const context of contexts) {
    seen.journeys++
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    if (!(await world.accounts.signedIn(cookies))) seen.wrong.push('lost: a session of Chromium')
    await context.close()
  }
  return seen
}

const isSignedIn = (page: Page) => page.getByTestId('logout').isVisible()

/** One try. */
async function signIn(page: Page, world: { url: string; person: Person; mayBeCut: boolean }, seen: Seen) {
  const again = page.locator('a.button-primary')
  const isOurs = page.url().startsWith(world.url)
  const go = isOurs && (await again.count()) === 1 ? () => again.click() : () => page.goto(`${world.url}/login`)
  if (!(await arrives(page, go, world.mayBeCut, seen))) return false
  // Kratos had accepted it before, and only the page that it leads to did not come.
  if (await isSignedIn(page)) return true
  if (!(await page.locator('input[name="identifier"]').isVisible())) return false
  await page.locator('input[name="identifier"]').fill(world.person.email)
  await page.locator('input[name="password"]').fill(world.person.password)
  const send = () => page.locator('button[name="method"][value="password"]').click()
  if (!(await arrives(page, send, world.mayBeCut, seen))) return false
  return isSignedIn(page)
}

/** Goes somewhere. Whatever comes must be a page of ours that has something to say, unless the UI itself is away. */
async function arrives(page: Page, go: () => Promise<unknown>, mayBeCut: boolean, seen: Seen): Promise<boolean> {
  const loaded = page.waitForEvent('load')
  try {
    await Promise.all([loaded, go()])
  } catch (error) {
    if (!mayBeCut) seen.wrong.push(`Chromium: ${(error as Error).message.split('\n', 1)[0]}`)
    return false
  }
  if (await page.locator('main.card .card-title').first().isVisible()) return true
  if (!mayBeCut) seen.wrong.push(`Chromium: no page of ours at ${new URL(page.url()).pathname}`)
  return false
}
