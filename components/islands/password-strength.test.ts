import { expect, test } from 'vitest'
import { strengthOf } from './password-strength.ts'

const ADDRESS = 'maria.lopez@example.org'

// Kratos v1.3.1 refuses the short and the similar ones (e2e/password-help.spec.ts), and would take the weak ones.
test.each([
  ['', undefined],
  ['a', 'short'],
  ['1234567', 'short'],
  ['üüüü', 'weak'],
  ['maria.lopez@example.com', 'similar'],
  ['MARIA.LOPEZ@example.org', 'similar'],
  ['maria.lopez1', 'similar'],
  ['xmaria.lox', 'similar'],
  ['aaaaaaaaaaaa', 'weak'],
  ['19840312', 'weak'],
  ['198403121984', 'good'],
  ['correct horse', 'good'],
  ['xQ7!kz0p', 'good'],
])('%j is %s', (password, strength) => {
  expect(strengthOf(password, ['', ADDRESS], 8)).toBe(strength)
})

test('a change or two of a short name are too few', () => {
  expect(strengthOf('username', ['usernames1'], 8)).toBe('similar')
  expect(strengthOf('abcdefgh', ['zyxwvuts'], 8)).toBe('good')
})

test('the least length may be another one', () => {
  expect(strengthOf('correct horse', [], 16)).toBe('short')
  expect(strengthOf('correct horse bat', [], 16)).toBe('good')
})
