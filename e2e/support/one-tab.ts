import type { Page } from '@playwright/test'
import { test as base } from '../fixtures.ts'
import { Guard } from './guard.ts'

type Tab = { tab: Page; watch: Guard }

/**
 * The test function of specs that look at a hundred pages which keep nothing: one tab for all, whose cache has the scripts
 * already. A failed test gets the next one a new tab. The time is always the same, and nothing is kept from page to page.
 */
export const test = base.extend<object, Tab>({
  watch: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures off the pattern
    async ({}, use) => use(new Guard()),
    { scope: 'worker' },
  ],
  tab: [
    async ({ browser, watch }, use) => {
      const context = await browser.newContext({ locale: 'en', timezoneId: 'UTC', reducedMotion: 'reduce' })
      await watch.watch(context)
      // The empty page that a tab begins with has no storage.
      await context.addInitScript(() => location.protocol === 'http:' && sessionStorage.clear())
      // Else the seconds until another code can be sent would count.
      await context.clock.setFixedTime('2026-01-01')
      await use(await context.newPage())
      await context.close()
    },
    { scope: 'worker' },
  ],
  context: ({ tab }, use) => use(tab.context()),
  page: async ({ tab }, use) => {
    await tab.context().clearCookies()
    await use(tab)
  },
  guard: async ({ watch }, use) => {
    await use(watch)
    watch.assertClean()
  },
})
