import { expect, test } from 'vitest'
import { duration } from '#lib/i18n/duration.ts'

test.each([
  [3600, 'en', '1 hour'],
  [5400, 'en', '90 minutes'],
  [7200, 'de', '2 Stunden'],
  [86_400, 'en', '1 day'],
  [2_592_000, 'en', '30 days'],
  [61, 'en', '61 seconds'],
  [1, 'en', '1 second'],
])('%i s in %s: %s', (seconds, locale, expected) => {
  expect(duration(seconds, locale)).toBe(expected)
})
