import { expect, test } from 'vitest'
import { BrandingError, parseBranding } from '#lib/branding/schema.ts'

test('an empty object is a branding that says nothing', () => {
  expect(parseBranding('{}')).toEqual({})
})

test.each([
  ['{', 'it is no JSON'],
  ['[]', 'the file: Invalid input: expected object, received array'],
  ['{"colour":"#fff"}', 'the file: Unrecognized key: "colour"'],
  ['{"colors":{"light":{"accent":"red"}}}', 'colors.light.accent: a colour such as #2255bb or oklch(0.5 0.17 262)'],
  ['{"radius":"1rem;color:red"}', 'radius: a length such as 0.5rem'],
  ['{"links":{"terms":"javascript:alert(1)"}}', 'links.terms: an http(s) or mailto URL'],
  ['{"logo":{"light":"../../etc/passwd"}}', 'logo.light: the name of an svg, png, webp, jpg or ico file beside it'],
  ['{"brands":[{"host":["a"]}]}', 'brands.0: Unrecognized key: "host"'],
])('%s: %s', (text, message) => {
  expect(() => parseBranding(text)).toThrow(new BrandingError(message))
})
