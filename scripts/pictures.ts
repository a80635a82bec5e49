import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { createPerson } from '../e2e/support/people.ts'
import { findChromium } from '../tools/browser/find-chromium.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { PROFILES } from '../tools/profiles.ts'
import { startBackend, startProfileUi } from '../tools/stack.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm run pictures: the README's pictures, taken off the real pages with a real Kratos behind them.

const PICTURES = join(ROOT, 'docs', 'pictures')
const log = (line: string) => console.log(line)
const profile = PROFILES.sameOrigin

main(async () => {
  mkdirSync(PICTURES, { recursive: true })
  await buildUi({ log })
  const dataDir = join(CACHE, 'pictures', String(process.pid))
  await startBackend({ profile, kratosBin: await findKratos({ log }), dataDir })
  await startProfileUi(profile, dataDir)
  const executablePath = await findChromium({ log })
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 960, height: 640 } })
    await takeAll(await context.newPage(), colorScheme)
    await context.close()
  }
  await browser.close()
  return 0
})

async function takeAll(page: Page, scheme: string): Promise<void> {
  const take = async (name: string, fullPage = false) => {
    await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`), fullPage })
    log(`docs/pictures/${name}-${scheme}.png`)
  }
  const person = await createPerson('sameOrigin')
  await page.goto(`${profile.uiUrl}/login`)
  await take('login')
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: /^sign in/i }).click()
  await page.waitForURL('**/welcome')
  await page.goto(`${profile.uiUrl}/settings`)
  await page.setViewportSize({ width: 960, height: 900 })
  await take('settings')
}
