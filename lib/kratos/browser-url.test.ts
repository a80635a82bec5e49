import { describe, expect, test } from 'vitest'
import { browserStartUrl, formAction, isOurWorld, returnToUs } from '#lib/kratos/browser-url.ts'

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

describe('the form of a flow', () => {
  const kratos = { KRATOS_BROWSER_URL: 'https://kratos.example/base/', PUBLIC_URL: 'https://ui.example' }
  const oneOrigin = { KRATOS_BROWSER_URL: '/', PUBLIC_URL: 'https://ui.example' }
  const unknown = { KRATOS_BROWSER_URL: '/', PUBLIC_URL: undefined }
  const path = '/self-service/login?flow=1'
  test.each([
    ['Kratos', kratos, `https://kratos.example/base${path}`, `https://kratos.example/base${path}`],
    [
      'Kratos, written in another way',
      kratos,
      `https://KRATOS.example:443/base${path}`,
      `https://KRATOS.example:443/base${path}`,
    ],
    ['this origin, which passes it on', oneOrigin, `https://ui.example${path}`, `https://ui.example${path}`],
    ['a path of this origin', oneOrigin, path, path],
    ['a path of this origin, which is not known', unknown, path, path],
    ['an origin that may be ours: its path on ours', unknown, `https://ui.example${path}`, path],
    ['us, where Kratos is elsewhere', kratos, `https://ui.example${path}`, undefined],
    ['a path of ours, where Kratos is elsewhere', kratos, path, undefined],
    ['beside Kratos', kratos, `https://kratos.example${path}`, undefined],
    ['Kratos, but not its forms', kratos, 'https://kratos.example/base/admin/identities', undefined],
    ['out of the folder of its forms', kratos, 'https://kratos.example/base/self-service/../admin', undefined],
    ['a form of ours', oneOrigin, 'https://ui.example/end-session', undefined],
    ['another scheme', oneOrigin, `http://ui.example${path}`, undefined],
    ['another port', oneOrigin, `https://ui.example:8443${path}`, undefined],
    ['another host', oneOrigin, `https://evil.example${path}`, undefined],
    ['another host, by userinfo', oneOrigin, `https://ui.example@evil.example${path}`, undefined],
    ['another host, relative to the scheme', oneOrigin, `//evil.example${path}`, undefined],
    ['another host, with a backslash', oneOrigin, `/\\evil.example${path}`, undefined],
    ['a script', oneOrigin, 'javascript:alert(1)//self-service/', undefined],
    ['data', oneOrigin, 'data:text/html,/self-service/', undefined],
    ['nothing', oneOrigin, '', undefined],
  ])('leads to %s', (_name, urls, action, expected) => {
    expect(formAction(urls, action)).toBe(expected)
  })
})
