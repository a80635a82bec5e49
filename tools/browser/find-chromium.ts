import { aptInstall } from '../apt-get.ts'
import { isExecutable, onPath } from '../executables.ts'
import { run } from '../process.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * Finds or installs a Chromium: CHROMIUM_PATH, the usual paths, Debian's package (as root), Playwright's download.
 *
 * @param options.log gets a line about what takes long
 * @returns the path of the executable, or undefined when Playwright is to use its own
 * @throws Error when there is none and none can be installed, or when CHROMIUM_PATH names none
 */
export async function findChromium({ log }: { log: (line: string) => void }): Promise<string | undefined> {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`CHROMIUM_PATH: found ${JSON.stringify(named)}, expected the path of an executable`)
  }
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    log('Installing Chromium (apt-get install chromium)')
    await aptInstall('chromium')
    const path = installed()
    if (path) return path
  }
  log("Installing Playwright's Chromium")
  const code = await run({ name: 'playwright', command: 'npx', args: ['playwright', 'install', 'chromium'] })
  if (code === 0) return undefined
  throw new Error('No Chromium was found: install one, or name one by CHROMIUM_PATH')
}

function installed(): string | undefined {
  return NAMES.map(onPath).find(Boolean) ?? MAC.find(isExecutable)
}
