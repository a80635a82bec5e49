import { contrast, type Oklch, parseColor } from '#lib/branding/color.ts'
import { type Brand, COLORS } from '#lib/branding/schema.ts'

const SCHEMES = ['light', 'dark'] as const
type Scheme = (typeof SCHEMES)[number]

type Name = (typeof COLORS)[number]
type Palette = Readonly<Record<Name, Oklch>>

const WHITE = { l: 1, c: 0, h: 0 }
const BLACK = { l: 0.19, c: 0, h: 0 }
const HUE = 262

/** The colours of app/styles/tokens.css: they hold where a brand says nothing. Lightness and chroma, in the order of COLORS. */
const STANDARD: Readonly<Record<Scheme, Palette>> = {
  light: palette([0.97, 0.005], [1, 0], [0.23, 0.025], [0.49, 0.025], [0.9, 0.01], [0.48, 0.17], [1, 0]),
  dark: palette([0.16, 0.012], [0.21, 0.014], [0.95, 0.005], [0.74, 0.015], [0.32, 0.018], [0.73, 0.13], [0.19, 0.04]),
}

function palette(...values: [l: number, c: number][]): Palette {
  return Object.fromEntries(values.map(([l, c], index) => [COLORS[index], { l, c, h: HUE }])) as Palette
}

/**
 * The style sheet of a brand: custom properties in place of those of app/styles/tokens.css. It stands in no layer, so it
 * wins over theme.css.
 *
 * @returns an empty text where the brand says nothing of the look
 */
export function brandCss(brand: Brand): string {
  const [light, dark] = [paletteOf(brand, 'light'), paletteOf(brand, 'dark')]
  const says = (name: Name) => SCHEMES.some((scheme) => brand.colors?.[scheme]?.[name])
  const lines = COLORS.filter((name) => says(name) || (name === 'on-accent' && says('accent'))).map(
    (name) => `--color-${name}: light-dark(${write(light[name])}, ${write(dark[name])})`,
  )
  if (says('accent')) {
    // What no colour is given for takes the hue of the accent.
    if (light.accent.c > 0.01) lines.unshift(`--hue: ${Math.round(light.accent.h)}`)
    lines.push('--color-accent-hover: color-mix(in oklch, var(--color-accent) 85%, var(--color-text))')
    lines.push('--color-focus: var(--color-accent)')
  }
  if (brand.radius) lines.push(`--radius: ${brand.radius}`)
  return lines.length > 0 ? `:root {\n${lines.map((line) => `  ${line};\n`).join('')}}\n` : ''
}

const PAIRS: readonly [Name, Name][] = [
  ['text', 'surface'],
  ['text', 'page'],
  ['muted', 'surface'],
  ['accent', 'surface'],
  ['on-accent', 'accent'],
]

/**
 * Where the colours of a brand are too close to be read well (WCAG 2.2, 1.4.3: 4.5).
 *
 * @returns one line each, such as `light: text on surface has a contrast of 2.1, 4.5 is needed`
 */
export function contrastProblems(brand: Brand): string[] {
  return SCHEMES.flatMap((scheme) => {
    const palette = paletteOf(brand, scheme)
    return PAIRS.flatMap(([front, back]) => {
      const ratio = contrast(palette[front], palette[back])
      return ratio < 4.5 ? [`${scheme}: ${front} on ${back} has a contrast of ${ratio.toFixed(1)}, 4.5 is needed`] : []
    })
  })
}

function paletteOf({ colors }: Brand, scheme: Scheme): Palette {
  const given = (name: Name) => parseColor(colors?.[scheme]?.[name] ?? '')
  const other = parseColor(colors?.[scheme === 'light' ? 'dark' : 'light']?.accent ?? '')
  const standard = STANDARD[scheme]
  // A brand's one colour, as light or as dark as the other scheme wants it.
  const accent =
    given('accent') ?? (other ? { ...standard.accent, c: Math.min(other.c, 0.15), h: other.h } : standard.accent)
  const readable = contrast(WHITE, accent) >= contrast(BLACK, accent) ? WHITE : BLACK
  const palette = Object.fromEntries(COLORS.map((name) => [name, given(name) ?? standard[name]])) as Palette
  return { ...palette, accent, 'on-accent': given('on-accent') ?? readable }
}

function write({ l, c, h }: Oklch): string {
  return `oklch(${+l.toFixed(4)} ${+c.toFixed(4)} ${+h.toFixed(1)})`
}
