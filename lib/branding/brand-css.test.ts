import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { brandCss, contrastProblems } from '#lib/branding/brand-css.ts'

describe('the style sheet of a brand', () => {
  test('is empty where the brand says nothing of the look', () => {
    expect(brandCss({ name: 'Acme' })).toBe('')
  })

  test('takes one colour for both schemes, and the hue for all others', () => {
    const css = brandCss({ colors: { light: { accent: '#c02020' } } })
    expect(css).toContain('--hue: 27;')
    expect(css).toMatch(/--color-accent: light-dark\(oklch\(0\.5\d+ 0\.1\d+ 27\.\d\), oklch\(0\.73 0\.15 27\.\d\)\);/)
    expect(css).toContain('--color-on-accent: light-dark(oklch(1 0 0), oklch(0.19 0 0));')
    expect(css).not.toContain('--color-surface')
  })

  test('leaves the other scheme as it was', () => {
    expect(brandCss({ colors: { light: { surface: '#ffffff' } } })).toMatch(
      /--color-surface: light-dark\(oklch\(1 0 [\d.]+\), oklch\(0\.21 0\.014 262\)\);/,
    )
  })

  test('has the radius', () => {
    expect(brandCss({ radius: '0.25rem' })).toBe(':root {\n  --radius: 0.25rem;\n}\n')
  })
})

describe('contrast', () => {
  test('is enough without a brand, in both schemes', () => {
    expect(contrastProblems({})).toEqual([])
  })

  test('is enough for one colour in both schemes', () => {
    for (const accent of ['#2255bb', '#0a7d3c', '#7c3aed', '#b91c1c']) {
      expect(contrastProblems({ colors: { light: { accent } } }), accent).toEqual([])
    }
  })

  test.each([
    [{ light: { accent: '#ffd400' } }, ['light: accent on surface has a contrast of 1.4, 4.5 is needed']],
    [
      { light: { accent: '#2255bb', 'on-accent': '#000000' } },
      ['light: on-accent on accent has a contrast of 3.1, 4.5 is needed'],
    ],
    [
      { dark: { text: '#333333' } },
      [
        'dark: text on surface has a contrast of 1.4, 4.5 is needed',
        'dark: text on page has a contrast of 1.5, 4.5 is needed',
      ],
    ],
  ])('of %j is reported', (colors, problems) => {
    expect(contrastProblems({ colors })).toEqual(problems)
  })
})

test('the standard colours are those of tokens.css', () => {
  const tokens = readFileSync('app/styles/tokens.css', 'utf8')
  for (const [name, light, dark] of [
    ['page', '0.97 0.005', '0.16 0.012'],
    ['surface', '1 0', '0.21 0.014'],
    ['text', '0.23 0.025', '0.95 0.005'],
    ['muted', '0.49 0.025', '0.74 0.015'],
    ['border', '0.9 0.01', '0.32 0.018'],
    ['accent', '0.48 0.17', '0.73 0.13'],
  ] as const) {
    expect(tokens).toMatch(new RegExp(`--color-${name}: light-dark\\(oklch\\(${light} .*oklch\\(${dark} `))
    const css = brandCss({ colors: { light: { [name]: '#123456' } } })
    if (name !== 'accent') expect(css).toContain(`, oklch(${dark} 262)`)
  }
})
