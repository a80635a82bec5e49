import { describe, expect, test } from 'vitest'
import { contrast, parseColor } from '#lib/branding/color.ts'

describe('a colour', () => {
  test.each([
    ['#fff', { l: 1, c: 0 }],
    ['#000000', { l: 0, c: 0 }],
    // https://www.w3.org/TR/css-color-4/#ok-lab has these.
    ['#ff0000', { l: 0.628, c: 0.258, h: 29.2 }],
    ['#0F0', { l: 0.866, c: 0.295, h: 142.5 }],
    ['#0000ff', { l: 0.452, c: 0.313, h: 264.1 }],
    ['oklch(0.5 0.17 262)', { l: 0.5, c: 0.17, h: 262 }],
    ['oklch(1 0 0)', { l: 1, c: 0, h: 0 }],
  ])('%s is read', (text, expected) => {
    const color = parseColor(text)
    for (const [name, value] of Object.entries(expected)) {
      expect(color?.[name as keyof typeof color], name).toBeCloseTo(value, name === 'h' ? 0 : 2)
    }
  })

  test.each([
    'red',
    '#ff',
    '#ffff',
    '#12345g',
    'rgb(0 0 0)',
    'oklch(0.5 0.17 262); color: red',
    'oklch(2 0 0)',
    'oklch(0.5 0.17)',
    'url(x)',
    '',
  ])('%j is refused', (text) => {
    expect(parseColor(text)).toBeUndefined()
  })
})

test.each([
  ['#000', '#fff', 21],
  ['#fff', '#000', 21],
  ['#767676', '#fff', 4.54],
  ['#2255bb', '#fff', 6.81],
  ['#ff0000', '#fff', 4],
  ['#123456', '#123456', 1],
])('the contrast of %s and %s is %d', (a, b, ratio) => {
  const [one, two] = [parseColor(a), parseColor(b)]
  expect(one && two && contrast(one, two)).toBeCloseTo(ratio, 1)
})
