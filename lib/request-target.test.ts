import { expect, test } from 'vitest'
import { backTarget, ownTarget } from '#lib/request-target.ts'

test.each([
  ['/login?flow=1&return_to=https%3A%2F%2Fa.example%2F', '/login?flow=1&return_to=https%3A%2F%2Fa.example%2F'],
  ['/', '/'],
  ['/settings#settings-totp', '/settings'],
  ['/a/../b', '/b'],
  ['/ä?ö', '/%C3%A4?%C3%B6'],
  [`/${'x'.repeat(2047)}`, `/${'x'.repeat(2047)}`],
  [`/${'x'.repeat(2048)}`, '/'],
  ['', '/'],
  [null, '/'],
  [undefined, '/'],
  ['login', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/\n/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/x/..//evil.example', '/'],
  ['/%2e//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
])('of %j, the path of ours is %j', (value, expected) => {
  expect(ownTarget(value)).toBe(expected)
})

test.each([
  ['/login?flow=1', '/login?flow=1'],
  ['/logout', '/logout?ask=1'],
  ['/logout?return_to=%2Fx', '/logout?return_to=%2Fx&ask=1'],
  ['/logout/', '/logout?ask=1'],
  ['/%6Cogout', '/logout?ask=1'],
  ['/x/../logout', '/logout?ask=1'],
  ['/logout-help', '/logout-help'],
  ['//evil.example', '/'],
])('the way back of %j is %j: nobody is signed out by it', (value, expected) => {
  expect(backTarget(value)).toBe(expected)
})
