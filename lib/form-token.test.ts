import { beforeAll, expect, test, vi } from 'vitest'
import { formToken, isFormToken } from '#lib/form-token.ts'

beforeAll(() => {
  vi.stubEnv('COOKIE_SECRET', 'a secret of the tests, long enough')
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://127.0.0.1:4433')
})

test('a token fits its own purpose and thing, and nothing else', async () => {
  const token = await formToken('end-session', 'session-1')
  expect(await isFormToken(token, 'end-session', 'session-1')).toBe(true)
  expect(await isFormToken(token, 'end-session', 'session-2')).toBe(false)
  expect(await isFormToken(token, 'consent', 'session-1')).toBe(false)
})

test.each([null, '', 'nonsense', '{"purpose":"end-session","boundTo":"session-1"}'])(
  '%j is no token',
  async (token) => {
    expect(await isFormToken(token, 'end-session', 'session-1')).toBe(false)
  },
)

test('a token is good for an hour', async () => {
  const token = await formToken('end-session', 'session-1')
  const now = Date.now()
  vi.spyOn(Date, 'now').mockReturnValue(now + 3_700_000)
  expect(await isFormToken(token, 'end-session', 'session-1')).toBe(false)
})
