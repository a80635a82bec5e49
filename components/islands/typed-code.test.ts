import { expect, test } from 'vitest'
import { backupCodeIn, codeIn } from '#components/islands/typed-code.ts'

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  ['123-456', '123456'],
  [' 123456\n', '123456'],
  ['1 2 3 4 5 6', '123456'],
  ['12 ', '12'],
  ['123\u00a0456', '123456'],
  ['Your code is 123456', '123456'],
  ['Your code is 123 456.', '123456'],
  ['123456 is your code, good for 15 minutes', '123456'],
  ['G-12345678', '12345678'],
  ['', ''],
])('%j holds the code %j', (text, code) => {
  expect(codeIn(text)).toBe(code)
})

test.each(['Your code is ', 'invalid-code', '123456 or 654321', 'order 1234567890123', 'abc12'])(
  '%j is left alone',
  (text) => {
    expect(codeIn(text)).toBe(text)
  },
)

test('a backup code loses its blanks and nothing else', () => {
  expect(backupCodeIn(' ab12 cd34\n')).toBe('ab12cd34')
  expect(backupCodeIn('AB-12')).toBe('AB-12')
})
