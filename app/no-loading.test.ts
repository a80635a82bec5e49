import { globSync } from 'node:fs'
import { expect, test } from 'vitest'

test('no loading.tsx: it would fix the status at 200 and show nothing without JavaScript', () => {
  expect(globSync('app/**/page.tsx').length).toBeGreaterThan(5)
  expect(globSync('app/**/loading.*')).toEqual([])
})
