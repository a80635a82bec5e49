import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { 'server-only': new URL('./tools/empty-module.ts', import.meta.url).pathname } },
  test: {
    include: ['{app,components,deploy,docs,e2e/support,lib,server,tools,scripts}/**/*.test.{ts,tsx}', '*.test.ts'],
    restoreMocks: true,
  },
})
