import type { Page } from '@playwright/test'
import { barFont } from '../../tools/testing/bar-font.ts'

const FONT = barFont().toString('base64')

/**
 * Sets every text of the page in the font of bars, so that a picture of it is the same with whatever fonts the machine has.
 * By FontFace and CSSOM: the CSP lets no style element and no font file in.
 */
export async function setInBars(page: Page): Promise<void> {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    document.fonts.add(await new FontFace('Bars', bytes).load())
    const sheet = new CSSStyleSheet()
    // The picker of a date is the browser's own drawing.
    // Without the features of Arabic, whose shaper would join bars. With geometricPrecision, no width is rounded.
    sheet.replaceSync(`
      *, ::before, ::after {
        font-family: Bars !important;
        font-feature-settings: "rlig" 0, "liga" 0, "calt" 0, "init" 0, "medi" 0, "fina" 0, "isol" 0 !important;
        font-synthesis: none !important;
        text-rendering: geometricPrecision !important;
      }
      ::-webkit-calendar-picker-indicator { visibility: hidden; }
    `)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    await document.fonts.ready
  }, FONT)
}
