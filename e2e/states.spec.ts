import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { measureBytes } from '../tools/bench/page-bytes.ts'
import { expect } from './fixtures.ts'
import { expectAccessible, expectReadable } from './support/accessible.ts'
import {
  expectEdgesAndMarks,
  expectNoScrolling,
  expectNothingClipped,
  expectStillness,
  expectTargets,
  spaceText,
} from './support/layout.ts'
import { test } from './support/one-tab.ts'
import { allStates } from './support/states.ts'
import { openState, startStubUi } from './support/stub-ui.ts'

// Every state that is recorded in e2e/flows, those of newer versions, and our own pages, as a browser shows them. No Kratos
// takes part: what Kratos does is the subject of the other specs.
const WIDE = { width: 1280, height: 720 }
/** What emulateMedia leaves as it was, unless it is told. */
const PLAIN = { contrast: 'no-preference', forcedColors: 'none', reducedMotion: 'reduce' } as const
const NARROW = { width: 320, height: 640 }

/** States that have all colours between them. */
const CONTRASTED = new Set(['login-errors', 'login-code-sent', 'settings-saved', 'sessions', 'languages', 'too-many'])

let ui: Awaited<ReturnType<typeof startStubUi>>

test.beforeAll(async () => {
  ui = await startStubUi('states', 4695 + 10 * test.info().parallelIndex)
})
test.afterAll(() => ui.stop())

test('the login page is small, and asks for little: in bytes on the wire, with gzip', async () => {
  const url = `${ui.origin}/login?flow=login`
  const { ownFiles, ...bytes } = await measureBytes({ name: 'login', url, headers: {}, status: 200 })
  process.stdout.write(`${JSON.stringify(bytes)}\n`)
  expect(ownFiles.length).toBeGreaterThan(0)
  expect(bytes.ownJs).toBeLessThanOrEqual(6_000)
  expect(bytes.css).toBeGreaterThan(1_000)
  expect(bytes.css).toBeLessThanOrEqual(6_000)
  expect(bytes.requests).toBeLessThanOrEqual(12)
})

for (const state of allStates()) {
  test(`${state.name}: axe finds nothing, all can be hit, read and told apart, in both directions`, async ({
    page,
    guard,
  }) => {
    guard.allowConsole(/status of (400|403|404|410|429|500|502|503)/)
    await page.setViewportSize(WIDE)
    await page.emulateMedia({ ...PLAIN, colorScheme: 'light' })
    expect(await openState(page, ui.origin, state)).toBe(state.status)
    await expect(page.locator('main h2')).toHaveCount(1)
    if (state.says) await expect(page.locator('main')).toContainText(state.says)
    if (!state.varies) expect(await page.locator('body').ariaSnapshot()).toMatchSnapshot(`${state.name}.yml`)
    await expectAccessible(page, 'light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectReadable(page, 'dark')
    await expectTargets(page, 'wide')
    await page.emulateMedia({ forcedColors: 'active' })
    await expectEdgesAndMarks(page, 'forced colours')
    await page.emulateMedia({ forcedColors: 'none', contrast: 'more' })
    await expectEdgesAndMarks(page, 'more contrast')
    await expectStillness(page, 'less motion')
    await page.setViewportSize(NARROW)
    await expectTargets(page, 'narrow')
    await expectNoScrolling(page, 'narrow')
    await expectNothingClipped(page, 'narrow')
    await spaceText(page)
    await expectNoScrolling(page, 'spaced')
    await expectNothingClipped(page, 'spaced')

    await page.emulateMedia({ ...PLAIN, colorScheme: 'light' })
    await page.setViewportSize(WIDE)
    await openState(page, ui.origin, state, 'ar')
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expectAccessible(page, 'right to left')
    await page.setViewportSize(NARROW)
    await expectTargets(page, 'right to left, narrow')
    await expectNoScrolling(page, 'right to left, narrow')
    await expectNothingClipped(page, 'right to left, narrow')
  })
}

test('where more contrast is asked for, all can be read', async ({ page }) => {
  for (const state of allStates().filter(({ name }) => CONTRASTED.has(name))) {
    await page.emulateMedia({ ...PLAIN, contrast: 'more', colorScheme: 'light' })
    await openState(page, ui.origin, state)
    await expectReadable(page, `${state.name}, light`)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectReadable(page, `${state.name}, dark`)
  }
})

test('each state has its tree, and no tree is left over', () => {
  const states = allStates().filter(({ varies }) => !varies)
  expect(readdirSync(join(import.meta.dirname, 'trees')).sort()).toEqual(states.map(({ name }) => `${name}.yml`).sort())
})
