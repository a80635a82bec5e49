import { expect, test } from 'vitest'
import { type Sample, trendsOf } from './flatness.ts'

const at = (index: number, own: Partial<Sample> = {}): Sample => ({
  ...{ seconds: index * 10, heapMiB: 50, rssMiB: 150, sockets: 3, timers: 2 },
  ...own,
})
const samples = (own: (index: number) => Partial<Sample>) =>
  Array.from({ length: 12 }, (_, index) => at(index, own(index)))
const notFlat = (all: readonly Sample[]) => trendsOf(all).flatMap(({ measure, flat }) => (flat ? [] : [measure]))

test('what stays as it is is flat', () => {
  expect(notFlat(samples(() => ({})))).toEqual([])
})

test('what goes up and down is flat', () => {
  expect(notFlat(samples((index) => ({ heapMiB: 50 + (index % 3), sockets: 3 + (index % 2) })))).toEqual([])
})

test.each([
  ['heapMiB', (index: number) => ({ heapMiB: 50 + index })],
  ['rssMiB', (index: number) => ({ rssMiB: 150 + index * 6 })],
  ['sockets', (index: number) => ({ sockets: 3 + index })],
  ['timers', (index: number) => ({ timers: 2 + index })],
] as const)('%s that grows is not', (measure, own) => {
  expect(notFlat(samples(own))).toEqual([measure])
})

test('the slope is told by the minute', () => {
  const [heap] = trendsOf(samples((index) => ({ heapMiB: 50 + index })))
  expect(heap?.perMinute).toBeCloseTo(6)
})
