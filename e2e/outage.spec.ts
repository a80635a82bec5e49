import { join } from 'node:path'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { startKratos } from '../tools/kratos/start-kratos.ts'
import { CACHE } from '../tools/paths.ts'
import { configsOf, PROFILES } from '../tools/profiles.ts'
import { startProfileUi } from '../tools/stack.ts'
import { expect, test } from './fixtures.ts'

// Has a Kratos and a UI of its own, on fixed ports: the config runs it once, and it covers both modes itself.
test.describe.configure({ mode: 'serial' })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('a Kratos that is stopped, and started again', async ({ page, guard }) => {
      guard.allowConsole(/status of 503/)
      const { outage } = PROFILES
      const dataDir = join(CACHE, 'e2e', `outage-${javaScriptEnabled}`)
      const bin = await findKratos({ log: () => {} })
      const start = () => startKratos({ bin, name: outage.name, configs: configsOf(outage), dataDir })
      // Nothing is there yet: the UI starts, is not ready, and says why.
      const ui = await startProfileUi(outage, dataDir)
      let kratos: Awaited<ReturnType<typeof startKratos>> | undefined
      try {
        const notReady = await page.request.get(`${ui.url}/health/ready`)
        expect(notReady.status()).toBe(503)
        expect(await notReady.json()).toMatchObject({ reason: expect.stringContaining('ECONNREFUSED') })
        expect((await page.request.get(`${ui.url}/health/alive`)).status()).toBe(200)

        kratos = await start()
        await page.goto(`${ui.url}/login`)
        const flow = page.url()
        await expect(page.locator('input[name="identifier"]')).toBeVisible()

        await kratos.stop()
        for (const path of [flow, `${ui.url}/login`]) {
          const response = await page.goto(path)
          expect(response?.status(), path).toBe(503)
          await expect(page.getByRole('heading', { name: 'Sign-in is not available right now' })).toBeVisible()
          await expect(page.getByTestId('request-id')).toBeVisible()
        }

        kratos = await start()
        await page.goto(flow)
        await expect(page.locator('input[name="identifier"]')).toBeVisible()
        await expect.poll(async () => (await page.request.get(`${ui.url}/health/ready`)).status()).toBe(200)
      } finally {
        await kratos?.stop()
        await ui.stop()
      }
    })
  })
}
