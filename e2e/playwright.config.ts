import { defineConfig } from '@playwright/test'
import { NEEDS_JAVASCRIPT } from './needs-javascript.ts'

const executablePath = process.env.CHROMIUM_PATH

/** Not once a mode: they cover both on their own. outage has servers of its own, on fixed ports. */
const ONCE = ['budgets', 'outage', 'social', 'nginx', 'doctor'].map((name) => `**/${name}.spec.ts`)

/** What only the stand-in for Hydra can do. */
const STAND_IN_ONLY = process.env.HYDRA_BIN ? ['**/oauth2-*outage.spec.ts'] : []

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  // One: what Kratos sends while a test runs is noted for that test (e2e/coverage).
  workers: 1,
  timeout: 60_000,
  snapshotPathTemplate: '{testDir}/trees/{arg}{ext}',
  expect: {
    timeout: 10_000,
    toHaveScreenshot: { pathTemplate: '{testDir}/pictures/{arg}{ext}' },
  },
  reporter: 'list',
  use: {
    baseURL: 'http://localhost:4455',
    locale: 'en',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // What keeps Chromium from asking for anything beyond the pages of the tests.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // Pictures: edges of letters have no colours, whatever the machine prefers.
        '--disable-lcd-text',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'js', use: { javaScriptEnabled: true }, testIgnore: [...ONCE, ...STAND_IN_ONLY] },
    {
      name: 'no-js',
      use: { javaScriptEnabled: false },
      testIgnore: [...ONCE, ...STAND_IN_ONLY, ...NEEDS_JAVASCRIPT],
    },
    { name: 'once', testMatch: ONCE, fullyParallel: false },
  ],
})
