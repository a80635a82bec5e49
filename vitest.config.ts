import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { 'server-only': new URL('./tools/empty-module.ts', import.meta.url).pathname } },
  test: {
    include: ['{app,components,deploy,docs,e2e/support,lib,server,tools,scripts}/**/*.test.{ts,tsx}', '*.test.ts'],
    restoreMocks: true,
    // Property tests and tests of processes take their time on a busy machine; one that hangs still fails.
    testTimeout: 20_000,
  },
})
