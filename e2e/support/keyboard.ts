import { expect, type Locator, type Page } from '@playwright/test'

/** Far more stops than any page has: whoever is still on the way then is in a trap. */
const TOO_MANY = 80

/** Where the focus is. */
export function focused(page: Page): Locator {
  return page.locator(':focus')
}

/**
 * Goes from where the focus is to something else, by Tab alone, and sees the focus at each stop.
 *
 * @param key `Shift+Tab` goes back
 */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < TOO_MANY; stops++) {
    await page.keyboard.press(key)
    if ((await focused(page).count()) === 0) continue
    await expectVisibleFocus(page)
    if (await target.evaluate((one) => one === document.activeElement)) return
  }
  throw new Error(`${target}: not reached by ${key}`)
}

/** Goes to a field by Tab and types; what was selected on arrival is replaced. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}

/** The element that has the focus has a line around it; soon, since an island may just be putting a field in place. */
async function expectVisibleFocus(page: Page): Promise<void> {
  await expect(async () => {
    const { outlineStyle, outlineWidth, outlineColor } = await page.evaluate(() => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement ?? document.body)
      return { outlineStyle, outlineWidth, outlineColor }
    })
    expect(outlineStyle).toBe('solid')
    expect(Number.parseFloat(outlineWidth)).toBeGreaterThanOrEqual(2)
    expect(outlineColor).not.toMatch(/transparent|, 0\)$/)
  }).toPass({ timeout: 2000 })
}

/** A stop of the focus, and where it is. */
type Stop = { what: string; top: number; bottom: number; left: number }

/** Every stop of the focus, from the top of the page to its end. */
async function stopsOf(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  while (stops.length < TOO_MANY) {
    await page.keyboard.press('Tab')
    if ((await focused(page).count()) === 0) return stops
    await expectVisibleFocus(page)
    const stop = await focused(page).evaluate((one) => {
      const { top, bottom, left } = one.getBoundingClientRect()
      const what = `${one.localName} ${one.getAttribute('name') ?? ''} ${one.textContent}`.trim()
      return { what, top: top + scrollY, bottom: bottom + scrollY, left }
    })
    // Some browsers start again at the top in place of leaving the page.
    if (stops[0] && stop.what === stops[0].what && stop.top === stops[0].top) return stops
    stops.push(stop)
  }
  throw new Error('The focus does not leave the page')
}

/** The focus goes through all that can be used, in the order in which it is read: down, and to the right in a line. */
export async function expectReadingOrder(page: Page): Promise<void> {
  const usable = page
    .locator('a[href], button:enabled, input:enabled:not([type="hidden"]), select, summary')
    .filter({ visible: true })
  const expected = await usable.evaluateAll((all) =>
    all.map((one) => `${one.localName} ${one.getAttribute('name') ?? ''} ${one.textContent}`.trim()),
  )
  const stops = await stopsOf(page)
  expect(stops.map(({ what }) => what)).toEqual(expected)
  for (const [index, stop] of stops.entries()) {
    const before = stops[index - 1]
    if (!before) continue
    const inLine = stop.top < before.bottom && before.top < stop.bottom
    expect(inLine ? stop.left > before.left : stop.top >= before.top, `${before.what} → ${stop.what}`).toBe(true)
  }
}
