import { expect, test } from 'vitest'
import { keepSentAt, secondsLeft, sentAt } from '#components/islands/resend-wait.ts'

const NOW = 1_800_000_000_000
const kept = (ago: number, flow = 'flow-1') => keepSentAt(flow, NOW - ago)

test.each([
  ['a code was sent just now', null, true, NOW],
  ['a reload, the page still says that it was sent', kept(5_000), true, NOW - 5_000],
  ['a wrong code', kept(5_000), false, NOW - 5_000],
  ['an old code', kept(90_000), false, NOW - 90_000],
  ['another flow of this tab', kept(5_000, 'flow-2'), true, NOW],
  ['a wrong code that this tab did not see sent', null, false, undefined],
  ['another flow of this tab, and a wrong code', kept(5_000, 'flow-2'), false, undefined],
  ['a clock that was set back', kept(-60_000), true, NOW],
  ['nonsense', 'flow-1 soon', true, NOW],
])('the last code, after %s', (_, before, justSent, at) => {
  expect(sentAt(before, 'flow-1', justSent, NOW)).toBe(at)
})

test.each([
  [0, 30],
  [1, 30],
  [1_000, 29],
  [29_001, 1],
  [30_000, 0],
  [90_000, 0],
])('%i ms after a code there are %i s to wait', (ago, seconds) => {
  expect(secondsLeft(NOW - ago, NOW)).toBe(seconds)
})
