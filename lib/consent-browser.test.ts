import { expect, test, vi } from 'vitest'

vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
vi.stubEnv('COOKIE_SECRET', 'x'.repeat(32))
const { consentBinding, consentBrowser, consentCookie } = await import('#lib/consent-browser.ts')
const { seal } = await import('#lib/seal.ts')

test('a browser keeps its id', async () => {
  const cookie = await consentCookie(undefined)
  const id = await consentBrowser(cookie)
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect(await consentBrowser(await consentCookie(cookie))).toBe(id)
  expect(await consentBrowser(await consentCookie(undefined))).not.toBe(id)
})

test.each([
  ['no cookie', undefined],
  ['a cookie that is made up', 'made-up'],
  ['another cookie of ours', await seal({ type: 'consent', reason: 'refused' }, 3600)],
  ['one that is too old', await seal({ browser: 'b' }, -120)],
])('%s is no browser', async (_, cookie) => {
  expect(await consentBrowser(cookie)).toBeUndefined()
})

test('a binding cannot be moved from one part to another', () => {
  expect(consentBinding('a b', 'c', 'd')).not.toBe(consentBinding('a', 'b c', 'd'))
  expect(consentBinding('a","b', 'c', 'd')).not.toBe(consentBinding('a', 'b","c', 'd'))
})
