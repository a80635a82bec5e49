import { afterEach, describe, expect, test, vi } from 'vitest'
import { BASE, withBase, withoutBase } from '#lib/base-path.ts'

test.each([
  ['/login?flow=1', '/auth', '/auth/login?flow=1'],
  ['/', '/auth', '/auth/'],
  ['/authors', '/auth', '/auth/authors'],
  ['/auth/login', '/auth', '/auth/login'],
  ['/login', '/id/x', '/id/x/login'],
  ['/login', '', '/login'],
  ['https://example.org/login', '/auth', 'https://example.org/login'],
  ['//example.org', '/auth', '//example.org'],
  ['#field', '/auth', '#field'],
  ['data:image/png;base64,AA==', '/auth', 'data:image/png;base64,AA=='],
])('%s under %j is %s', (url, base, expected) => {
  expect(withBase(url, base)).toBe(expected)
})

test.each([
  ['/auth/login?flow=1', '/auth', '/login?flow=1'],
  ['/auth', '/auth', '/'],
  ['/auth?x=/auth', '/auth', '/?x=/auth'],
  ['/authors', '/auth', '/authors'],
  ['/login', '/auth', '/login'],
  ['/login', '', '/login'],
])('%s without %j is %s', (url, base, expected) => {
  expect(withoutBase(url, base)).toBe(expected)
})

describe('the base of this process', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  test('is none by default', () => {
    expect(BASE).toBe('')
  })

  test.each([
    ['/auth', '/auth'],
    ['/', ''],
    ['', ''],
  ])('BASE_PATH=%s is %j', async (given, base) => {
    vi.stubEnv('BASE_PATH', given)
    vi.resetModules()
    expect((await import('#lib/base-path.ts')).BASE).toBe(base)
  })

  test('is in front of what the UI tells Kratos and the browser', async () => {
    vi.stubEnv('BASE_PATH', '/auth')
    vi.resetModules()
    const { ourCookie } = await import('#lib/cookies.ts')
    const { formAction, kratosTarget, returnToUs } = await import('#lib/kratos/browser-url.ts')
    expect(ourCookie('check', '1', 1, { secureCookies: true })).toMatchObject({
      name: '__Secure-ksui_check',
      path: '/auth/',
    })
    expect(returnToUs({ PUBLIC_URL: 'https://example.org/' }, '/settings')).toBe('https://example.org/auth/settings')
    expect(returnToUs({ PUBLIC_URL: undefined }, '/settings')).toBe('/auth/settings')
    const ours = { KRATOS_BROWSER_URL: '/', PUBLIC_URL: undefined }
    expect(kratosTarget(ours, 'https://example.org/auth/self-service/logout?token=1')).toBe(
      '/self-service/logout?token=1',
    )
    expect(kratosTarget(ours, 'https://example.org/other/self-service/logout')).toBeUndefined()
    const action = 'https://example.org/auth/self-service/login?flow=1'
    expect(formAction({ KRATOS_BROWSER_URL: '/', PUBLIC_URL: 'https://example.org' }, action)).toBe(action)
    expect(formAction(ours, action)).toBe('/self-service/login?flow=1')
    expect(formAction(ours, 'https://example.org/other/self-service/login?flow=1')).toBeUndefined()
  })
})
