import { describe, expect, test } from 'vitest'
import { dropForwarded, trustedProxies } from './trusted-proxy.ts'

describe('loopback and private ranges', () => {
  const isTrusted = trustedProxies(['loopback', 'private'])
  test.each([
    ['127.0.0.1', true],
    ['127.255.0.1', true],
    ['::1', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.31.255.255', true],
    ['192.168.1.1', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['fe80::1%eth0', true],
    ['::ffff:10.1.2.3', true],
    ['172.32.0.1', false],
    ['11.0.0.1', false],
    ['8.8.8.8', false],
    ['2001:db8::1', false],
    ['::ffff:8.8.8.8', false],
    ['', false],
    [undefined, false],
  ])('%s is trusted: %s', (address, expected) => {
    expect(isTrusted(address)).toBe(expected)
  })
})

test.each([
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.8', false],
  [['203.0.113.0/24'], '::ffff:203.0.113.8', true],
  [['2001:db8::/32'], '2001:db8:1::2', true],
  [['2001:db8::/32'], '127.0.0.1', false],
  [['::1', '10.0.0.0/8'], '10.9.9.9', true],
  [[], '127.0.0.1', false],
])('with %j the peer %s is trusted: %s', (sources, address, expected) => {
  expect(trustedProxies(sources)(address)).toBe(expected)
})

test.each([
  ['forwarded', false],
  ['x-forwarded-for', false],
  ['x-forwarded-host', false],
  ['x-forwarded-port', false],
  ['x-forwarded-proto', false],
  ['x-forwarded-prefix', false],
  ['x-forwarded-anything', false],
  ['x-real-ip', false],
  ['true-client-ip', false],
  ['cf-connecting-ip', false],
  ['cf-ipcountry', false],
  ['x-forwarded', true],
  ['x-request-id', true],
  ['host', true],
  ['cookie', true],
])('the header %s of anyone else is kept: %s', (name, kept) => {
  const headers = { [name]: 'x' }
  dropForwarded(headers)
  expect(name in headers).toBe(kept)
})
