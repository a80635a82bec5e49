import { describe, expect, test } from 'vitest'
import { browserStartUrl, isOurWorld, returnToUs } from '#lib/kratos/browser-url.ts'

describe('where the browser starts a flow', () => {
  test.each([
    ['https://kratos.example', {}, 'https://kratos.example/self-service/login/browser'],
    ['https://kratos.example/', {}, 'https://kratos.example/self-service/login/browser'],
    ['https://example/kratos', {}, 'https://example/kratos/self-service/login/browser'],
    ['https://example/kratos/', {}, 'https://example/kratos/self-service/login/browser'],
    ['/', {}, '/self-service/login/browser'],
    [
      '/',
      { return_to: 'https://a/?b=c&d=%2F' },
      '/self-service/login/browser?return_to=https%3A%2F%2Fa%2F%3Fb%3Dc%26d%3D%252F',
    ],
  ])('KRATOS_BROWSER_URL=%s with %j', (browser, params, expected) => {
    expect(browserStartUrl({ KRATOS_BROWSER_URL: browser }, 'login', params)).toBe(expected)
  })
})

test.each([
  [undefined, '/settings?a=b'],
  ['https://ui.example', 'https://ui.example/settings?a=b'],
  ['https://ui.example/', 'https://ui.example/settings?a=b'],
  ['https://example/ui', 'https://example/ui/settings?a=b'],
])('with PUBLIC_URL=%s a page of ours is %s to Kratos', (own, expected) => {
  expect(returnToUs({ PUBLIC_URL: own }, '/settings?a=b')).toBe(expected)
})

describe('whether a URL is one of Kratos or ours', () => {
  const urls = { KRATOS_BROWSER_URL: 'https://kratos.example/base', PUBLIC_URL: 'https://ui.example' }
  test.each([
    ['/', true],
    ['/settings?flow=1', true],
    ['https://kratos.example/self-service/login/browser', true],
    ['https://ui.example/welcome', true],
    ['https://UI.example:443/welcome', true],
    ['http://ui.example/', false],
    ['https://ui.example:8443/', false],
    ['https://evil.example/', false],
    ['https://ui.example.evil.example/', false],
    ['https://ui.example@evil.example/', false],
    ['//evil.example/', false],
    ['/\\evil.example/', false],
    ['/\t/evil.example/', false],
    ['/\n/evil.example/', false],
    ['/\r\\evil.example/', false],
    ['\\\\evil.example/', false],
    ['settings', false],
    ['', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['blob:https://ui.example/1', false],
    ['https://', false],
  ])('%j: %s', (target, expected) => {
    expect(isOurWorld(urls, target)).toBe(expected)
  })

  test('on one origin, without PUBLIC_URL, only paths are known', () => {
    const sameOrigin = { KRATOS_BROWSER_URL: '/', PUBLIC_URL: undefined }
    expect(isOurWorld(sameOrigin, '/self-service/login/browser')).toBe(true)
    expect(isOurWorld(sameOrigin, 'https://anything.example/')).toBe(false)
  })
})
