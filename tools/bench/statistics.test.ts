import { describe, expect, test } from 'vitest'
import { figureOf, isNoisy, slopeOf } from './statistics.ts'

describe('figureOf', () => {
  test('gives the median and the extremes, whatever the order', () => {
    expect(figureOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
    expect(figureOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 })
    expect(figureOf([7])).toEqual({ median: 7, min: 7, max: 7 })
  })

  test('fails without a round', () => {
    expect(() => figureOf([])).toThrow('nothing')
  })
})

test('rounds that differ by more than a quarter of the median are noise', () => {
  expect(isNoisy({ median: 100, min: 90, max: 115 })).toBe(false)
  expect(isNoisy({ median: 100, min: 90, max: 116 })).toBe(true)
})

test('the slope is that of the best line', () => {
  expect(
    slopeOf([
      [1, 5],
      [3, 9],
    ]),
  ).toBe(2)
  expect(
    slopeOf([
      [0, 0],
      [1, 3],
      [2, 0],
    ]),
  ).toBe(0)
})
