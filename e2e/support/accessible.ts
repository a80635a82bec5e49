import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Opens everything that can be opened, and has axe look at the page. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '')
  })
  await expectNothing(axe(page).withTags(TAGS), what)
}

/** What axe says of colours alone: for another theme of a page that `expectAccessible` has seen. */
export async function expectReadable(page: Page, what: string): Promise<void> {
  await expectNothing(axe(page).withRules(['color-contrast', 'link-in-text-block']), what)
}

/** No page of ours has frames: then axe needs no second page for its report. Of what it found right, nothing is told. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })

async function expectNothing(builder: AxeBuilder, what: string): Promise<void> {
  const { violations } = await builder.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(found, what).toEqual([])
}
