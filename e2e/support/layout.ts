import { expect, type Page } from '@playwright/test'

/** Nothing is wider than the window. */
export async function expectNoScrolling(page: Page, what: string): Promise<void> {
  const widths = await page.evaluate(() => [document.scrollingElement?.scrollWidth, innerWidth])
  expect(widths[0], what).toBeLessThanOrEqual(widths[1] ?? 0)
}

/** Each text is inside of everything that it stands in: nothing is cut off, and nothing covers its neighbour. */
export async function expectNothingClipped(page: Page, what: string): Promise<void> {
  const clipped = await page.evaluate(() => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!text.textContent?.trim() || !text.parentElement?.checkVisibility({ visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const size = Number.parseFloat(getComputedStyle(text.parentElement).fontSize)
      for (let box: Element | null = text.parentElement; box; box = box.parentElement) {
        if (getComputedStyle(box).display === 'inline' || box.matches('option')) continue
        const outer = box.getBoundingClientRect()
        const out = [...range.getClientRects()].some(
          (line) =>
            line.left < outer.left - 1 ||
            line.right > outer.right + 1 ||
            // The glyphs of some fonts are taller than their line.
            line.top < outer.top - size / 3 ||
            line.bottom > outer.bottom + size / 3,
        )
        if (out) found.push(`${text.textContent.trim()} in ${box.localName}.${box.className}`)
      }
    }
    return found
  })
  expect(clipped, what).toEqual([])
}

/** WCAG 2.5.8: 24 px for all that can be pressed, but for links in a sentence. */
export async function expectTargets(page: Page, what: string): Promise<void> {
  const small = await page
    .locator('a[href], button, input:not([type="hidden"]), select, summary')
    .filter({ visible: true })
    .evaluateAll((all) =>
      all.flatMap((one) => {
        const { width, height } = one.getBoundingClientRect()
        const inSentence =
          getComputedStyle(one).display === 'inline' &&
          [...(one.parentElement?.childNodes ?? [])].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
          )
        return width >= 24 && height >= 24
          ? []
          : inSentence
            ? []
            : [`${one.outerHTML.slice(0, 120)} ${width}×${height}`]
      }),
    )
  expect(small, what).toEqual([])
}

/** What a person needs to see without any colours of ours: edges of what can be used, and a mark beside each message. */
export async function expectEdgesAndMarks(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => {
    const style = (element: Element, pseudo?: string) => getComputedStyle(element, pseudo)
    const shown = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }))
    const bare = shown('.button, .input, select, [type="checkbox"]').filter((one) => {
      const { borderTopStyle, borderTopWidth, borderTopColor, appearance } = style(one)
      if (appearance === 'auto' && one.matches('[type="checkbox"]')) return false
      const invisible = /^(transparent|rgba\(.*, 0\))$/.test(borderTopColor)
      return borderTopStyle !== 'solid' || Number.parseFloat(borderTopWidth) < 1 || invisible
    })
    const unmarked = shown('.message, .notice, .summary, .reason').filter((one) => {
      const { content, maskImage, backgroundColor } = style(one, '::before')
      return content !== '""' || !maskImage.startsWith('url(') || backgroundColor === style(one).backgroundColor
    })
    return [...bare, ...unmarked].map((one) => one.outerHTML.slice(0, 120))
  })
  expect(found, what).toEqual([])
}

/**
 * The text spacing of WCAG 1.4.12, as a reader's own style sheet sets it. By CSSOM: the CSP lets no style element in.
 */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }
    `)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })
}

/** With less motion asked for, nothing slides, and a busy button does not turn. */
export async function expectStillness(page: Page, what: string): Promise<void> {
  const moving = await page.evaluate(() => {
    for (const button of document.querySelectorAll('.button')) button.setAttribute('data-busy', '')
    const found = [...document.querySelectorAll('body *')].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one)
      return (
        transitionDuration !== '0s' ||
        animationName !== 'none' ||
        getComputedStyle(one, '::before').animationName === 'spin'
      )
    })
    for (const button of document.querySelectorAll('.button')) button.removeAttribute('data-busy')
    return found.map((one) => one.outerHTML.slice(0, 120))
  })
  expect(moving, what).toEqual([])
}
