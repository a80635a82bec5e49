import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { allStates, type State } from '../e2e/support/states.ts'
import { openState, startStubUi } from '../e2e/support/stub-ui.ts'
import { findChromium } from '../tools/browser/find-chromium.ts'
import { main } from '../tools/main.ts'
import { ROOT } from '../tools/paths.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm run pictures: the README's pictures, taken off states of the gallery.

const PICTURES = join(ROOT, 'docs', 'pictures')
const log = (line: string) => console.log(line)

/** The states that the README shows, and how much of each. */
const SHOWN = { login: { width: 960, height: 640 }, settings: { width: 960, height: 900 } }

main(async () => {
  mkdirSync(PICTURES, { recursive: true })
  await buildUi({ log })
  const { origin, stop } = await startStubUi('pictures', 4587)
  const executablePath = await findChromium({ log })
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
  const states = allStates()
  for (const [name, viewport] of Object.entries(SHOWN)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme, viewport })
      await openState(page, origin, states.find((state) => state.name === name) as State)
      await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) })
      await page.close()
      log(`docs/pictures/${name}-${colorScheme}.png`)
    }
  }
  await browser.close()
  await stop()
  return 0
})
