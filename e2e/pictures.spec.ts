import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from './fixtures.ts'
import { setInBars } from './support/bars.ts'
import { test } from './support/one-tab.ts'
import { allStates, type State } from './support/states.ts'
import { openState, startStubUi } from './support/stub-ui.ts'

// How chosen states look, compared with e2e/pictures: colours, borders, icons, spacing, layout. Not the letters: they are
// bars, because each machine has other fonts (docs/decisions/0033). `--update-snapshots` takes the pictures anew.
const DESKTOP = { width: 1100, height: 720 }
const PHONE = { width: 360, height: 640 }

/** The ways to look at a state, by the end of the picture's name. */
const VIEWS = {
  'desktop-light': { viewport: DESKTOP },
  'desktop-dark': { viewport: DESKTOP, colorScheme: 'dark' },
  'phone-light': { viewport: PHONE },
  'phone-dark': { viewport: PHONE, colorScheme: 'dark' },
  'phone-arabic': { viewport: PHONE, locale: 'ar' },
  'desktop-arabic': { viewport: DESKTOP, locale: 'ar' },
  forced: { viewport: PHONE, forcedColors: 'active' },
  contrast: { viewport: PHONE, contrast: 'more' },
  print: { viewport: DESKTOP, media: 'print' },
  busy: { viewport: PHONE, busy: true },
} as const satisfies Record<string, View>

/** What a view that says nothing of it has. */
const SCREEN = {
  media: 'screen',
  colorScheme: 'light',
  forcedColors: 'none',
  contrast: 'no-preference',
  reducedMotion: 'reduce',
} as const

type View = {
  viewport: typeof DESKTOP
  locale?: string
  colorScheme?: 'light' | 'dark'
  forcedColors?: 'none' | 'active'
  contrast?: 'no-preference' | 'more'
  media?: 'screen' | 'print'
  busy?: boolean
}

const EVERY = ['desktop-light', 'desktop-dark', 'phone-light', 'phone-dark', 'phone-arabic'] as const
const ALL = ['forced', 'contrast', ...EVERY, 'desktop-arabic'] as const
const TWO = ['desktop-light', 'phone-arabic'] as const

/** What is compared: at most 150 pictures in all. */
const CHOSEN: Readonly<Record<string, readonly (keyof typeof VIEWS)[]>> = {
  login: [...ALL, 'busy'],
  'login-errors': ALL,
  'login-wrong-password': EVERY,
  'login-ten-methods': EVERY,
  'login-thirty-providers': TWO,
  'login-long-address': TWO,
  'login-identifier-first': TWO,
  'login-code-sent': EVERY,
  'login-aal2': EVERY,
  'login-refresh': TWO,
  'login-disabled': TWO,
  registration: EVERY,
  'registration-errors': TWO,
  'registration-traits': EVERY,
  'registration-traits-errors': ALL,
  'registration-long-words': TWO,
  recovery: TWO,
  'recovery-code-wrong': TWO,
  'verification-link-sent': TWO,
  'verification-passed': TWO,
  settings: ALL,
  'settings-saved': TWO,
  'settings-password-error': TWO,
  'settings-keys': TWO,
  'settings-lookup-created': ['print', ...EVERY],
  'settings-totp-enrolled': TWO,
  'settings-long-names': TWO,
  welcome: EVERY,
  sessions: EVERY,
  'sign-out': TWO,
  'signed-out': TWO,
  languages: TWO,
  diagnosis: ['phone-light', 'print'],
  'not-found': ['desktop-light'],
  'foreign-form': TWO,
  'too-many': TWO,
  'error-down': ['desktop-light', 'phone-dark'],
}

let ui: Awaited<ReturnType<typeof startStubUi>>

test.beforeAll(async () => {
  ui = await startStubUi('pictures', 4697 + 10 * test.info().parallelIndex)
})
test.afterAll(() => ui.stop())

const states = new Map(allStates().map((state) => [state.name, state]))

for (const [name, views] of Object.entries(CHOSEN)) {
  test(`${name} looks as it did`, async ({ page, guard }) => {
    guard.allowConsole(/status of (403|404|429|500|502)/)
    // Up to nine pictures.
    test.slow()
    let shown: string | undefined
    for (const view of views) {
      const { viewport, locale = 'en', busy, ...media }: View = VIEWS[view]
      await page.setViewportSize(viewport)
      await page.emulateMedia({ ...SCREEN, ...media })
      // A page looks the same after a change of its window or theme as when it is loaded there.
      if (locale !== shown) {
        await openState(page, ui.origin, states.get(name) as State, locale)
        await setInBars(page)
        shown = locale
      }
      if (busy)
        await page
          .locator('.button-primary')
          .first()
          .evaluate((button) => button.setAttribute('data-busy', ''))
      await expect.soft(page).toHaveScreenshot(`${name}-${view}.png`, {
        fullPage: true,
        // Another way to smooth edges changes less than this, one border that is gone more.
        threshold: 0.1,
        maxDiffPixels: 100,
      })
    }
  })
}

test('the pictures are those that are compared, at most 150 of them and 10 MiB', () => {
  const folder = join(import.meta.dirname, 'pictures')
  const kept = readdirSync(folder)
  const chosen = Object.entries(CHOSEN).flatMap(([name, views]) => views.map((view) => `${name}-${view}.png`))
  expect(kept.sort()).toEqual(chosen.sort())
  expect(kept.length).toBeLessThanOrEqual(150)
  const bytes = kept.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
  expect(bytes).toBeLessThanOrEqual(10 * 2 ** 20)
})
