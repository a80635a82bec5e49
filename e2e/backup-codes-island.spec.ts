import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, signIn, test, UI } from './fixtures.ts'

const codes = (page: Page) => page.getByTestId('node/text/lookup_secret_codes/text').locator('li')
const said = (page: Page) => page.locator('#settings-lookup_secret').getByRole('status')

test('backup codes are copied, and a screen reader hears of it', async ({ page, person, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, person)
  await showCodes(page)
  const expected = await codes(page).allTextContents()
  await expect(said(page)).toHaveText('')
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(said(page)).toHaveText('Copied.')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')).toEqual(expected)
})

test('where the browser lets no page copy, it says so', async ({ page, person }) => {
  // As on a page that came over plain http from another host.
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await signIn(page, person)
  await showCodes(page)
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(said(page)).toContainText('copy them by hand')
})

test('backup codes are saved in a file that says where they belong', async ({ page, person }) => {
  await signIn(page, person)
  await showCodes(page)
  const expected = await codes(page).allTextContents()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('backup-codes-localhost.txt')
  const text = await readFile(await download.path(), 'utf8')
  expect(text.split('\n')).toEqual(['Backup codes for localhost. Each one works once.', '', ...expected, ''])
  // The page is still there, and its form still goes to Kratos.
  await page.locator('button[name="lookup_secret_confirm"]').click()
  await expect(page.getByTestId('ui/message/1050001')).toBeVisible()
})

test('codes that are used are not copied', async ({ page, person, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, person)
  await showCodes(page)
  const [used = '', ...left] = await codes(page).allTextContents()
  await page.locator('button[name="lookup_secret_confirm"]').click()
  await page.goto('/login?aal=aal2&refresh=true')
  await page.locator('input[name="lookup_secret"]').fill(used)
  await page.locator('button[value="lookup_secret"]').click()
  await expect(page).toHaveURL(`${UI.sameOrigin}/welcome`)
  await page.goto('/settings')
  await page.locator('button[name="lookup_secret_reveal"]').click()
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(said(page)).toHaveText('Copied.')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n').sort()).toEqual(left.sort())
})

test('only the codes are printed, under the names of the project and of the section', async ({ page, person }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  await signIn(page, person)
  await showCodes(page)
  await page.getByRole('button', { name: 'Print' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-printed')
  await page.emulateMedia({ media: 'print' })
  for (const code of await codes(page).all()) await expect(code).toBeVisible()
  const shown = page.locator('h1, h2, h3, p, li, label, input, button, img').filter({ visible: true })
  const texts = await shown.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).alt || one.textContent))
  // Around a logo, whose text is the name, there is none.
  expect(texts.filter(Boolean)).toEqual([
    'SecureApp',
    'Manage 2FA Backup Recovery Codes',
    'These are your back up recovery codes. Please keep them in a safe place!',
    ...(await codes(page).allTextContents()),
  ])
})

test('nothing moves when the buttons wake up', async ({ page, person }) => {
  await signIn(page, person)
  await page.goto('/settings')
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        document.documentElement.dataset.shift = String(
          Number(document.documentElement.dataset.shift ?? 0) + entry.value,
        )
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.locator('button[name="lookup_secret_regenerate"]').click()
  await expect(page.getByRole('button', { name: 'Copy' })).toBeVisible()
  const shift = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => done(Number(document.documentElement.dataset.shift ?? 0))),
        )
      }),
  )
  expect(shift).toBeLessThan(0.01)
})

async function showCodes(page: Page): Promise<void> {
  await page.goto('/settings')
  await page.locator('button[name="lookup_secret_regenerate"]').click()
  await expect(codes(page)).toHaveCount(12)
}
