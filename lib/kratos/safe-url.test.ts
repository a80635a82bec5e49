import { expect, test } from 'vitest'
import { isOwnPath, safeHref, safeImage } from '#lib/kratos/safe-url.ts'

test.each([
  ['/settings', true],
  ['https://idp.example/', true],
  ['http://localhost:4433/a?b#c', true],
  ['//evil.example', false],
  ['/\\evil.example', false],
  ['/\t/evil.example', false],
  ['javascript:alert(1)', false],
  [' javascript:alert(1)', false],
  ['java\nscript:alert(1)', false],
  ['data:text/html,x', false],
  ['mailto:a@b.example', false],
  ['settings', false],
  ['', false],
])('a link to %j can be followed: %s', (href, safe) => {
  expect(safeHref(href)).toBe(safe ? href : undefined)
})

test.each([
  ['/', true],
  ['/a//b', true],
  ['//a', false],
  ['https://a', false],
  ['', false],
])('%j is a path on this origin: %s', (target, expected) => {
  expect(isOwnPath(target)).toBe(expected)
})

test.each([
  ['data:image/png;base64,iVBORw0KGgo=', true],
  ['data:image/svg+xml;base64,PHN2Zz4=', false],
  ['data:text/html;base64,PHN2Zz4=', false],
  ['data:image/png;base64,', false],
  ['data:image/png,raw', false],
  ['data:image/png;base64,AA" onerror="x', false],
  ['https://evil.example/pixel.png', false],
  ['/logo.svg', false],
])('an image at %j may be shown: %s', (src, safe) => {
  expect(safeImage(src)).toBe(safe ? src : undefined)
})
