import { describe, expect, test } from 'vitest'
import { isKratosPath, safePath } from './request-path.ts'

describe('a request target that is let through', () => {
  test.each([
    ['/', '/'],
    ['/login?flow=1', '/login'],
    ['/login#x', '/login'],
    ['/self-service/login/browser?return_to=https://a/../b%2F%00', '/self-service/login/browser'],
    ['/.well-known/ory/webauthn.js', '/.well-known/ory/webauthn.js'],
    ['/a..b/...', '/a..b/...'],
    ['/%20%C3%A4', '/%20%C3%A4'],
    [`/${'x'.repeat(8191)}`, `/${'x'.repeat(8191)}`],
  ])('%s', (target, path) => {
    expect(safePath(target)).toBe(path)
  })
})

describe('a request target that is refused', () => {
  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['an asterisk', '*'],
    ['no leading slash', 'login'],
    ['the absolute form', 'http://evil.example/login'],
    ['the authority form', 'evil.example:443'],
    ['another host', '//evil.example/'],
    ['two slashes inside', '/self-service//login'],
    ['a backslash', '/\\evil.example'],
    ['an encoded slash', '/self-service%2flogin'],
    ['an encoded slash in capitals', '/self-service%2Flogin'],
    ['an encoded backslash', '/self-service%5Clogin'],
    ['an encoded dot', '/self-service/%2e%2e/admin'],
    ['a NUL', '/login%00.css'],
    ['an encoded line break', '/login%0d%0aX: y'],
    ['an encoded DEL', '/login%7f'],
    ['a dot segment', '/self-service/./login'],
    ['two dots', '/self-service/../admin/identities'],
    ['two dots at the end', '/self-service/..'],
    ['too long', `/${'x'.repeat(8192)}`],
  ])('%s', (_name, target) => {
    expect(safePath(target)).toBeUndefined()
  })
})

test.each([
  ['/self-service/login/browser', true],
  ['/sessions/whoami', true],
  ['/schemas/abc', true],
  ['/.well-known/ory/webauthn.js', true],
  ['/sessions', false],
  ['/sessions/', false],
  ['/self-service', false],
  ['/self-service/', false],
  ['/self-services/login', false],
  ['/x/self-service/login', false],
  ['/.well-known/change-password', false],
  ['/admin/identities', false],
  ['/health/ready', false],
  ['/login', false],
])('%s is a path of Kratos: %s', (path, expected) => {
  expect(isKratosPath(path)).toBe(expected)
})
