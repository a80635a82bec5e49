import type { IncomingMessage, RequestListener } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { onceAConnection, serve } from '../tools/http/loopback.ts'

vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
vi.stubEnv('COOKIE_SECRET', 'only-for-tests-cookie-secret-of-known')
const { rememberAccount } = await import('#lib/remember-account.ts')
const { openKnown, sealKnown } = await import('#lib/known-accounts.ts')

const SESSION = 'ory_kratos_session=abc==; Path=/; HttpOnly'
const identity = { id: '1', traits: { email: 'ada@example.org' } }
const whoami = { id: 's', identity, authentication_methods: [{ method: 'code', aal: 'aal1' }] }

const answer =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))

async function remember(listener: RequestListener, setCookies: string[], cookie = '', secureCookies = false) {
  const { origin } = await serve(listener)
  const request = { headers: { cookie } } as IncomingMessage
  return rememberAccount({ KRATOS_PUBLIC_URL: `${origin}/`, secureCookies }, request, setCookies)
}

const known = (header: string | undefined) => openKnown(/^ksui_known=([^;]+);/.exec(header ?? '')?.[1])

describe('a sign-in', () => {
  test('asks Kratos with the new session, and keeps who that is before the others', async () => {
    const asked: (string | undefined)[] = []
    const before = await sealKnown([{ name: 'eve@example.org', method: 'password' }])
    const header = await remember(
      (request, response) => {
        asked.push(request.url, request.headers.cookie)
        answer(200, whoami)(request, response)
      },
      ['csrf_token_1=x; Path=/', SESSION, 'ory_kratos_continuity=; Max-Age=0'],
      `a=b; ksui_known=${before}`,
    )
    expect(asked).toEqual(['/sessions/whoami', 'ory_kratos_session=abc=='])
    expect(header).toMatch(/; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/)
    expect(await known(header)).toEqual([
      { name: 'ada@example.org', method: 'code' },
      { name: 'eve@example.org', method: 'password' },
    ])
  })

  test('on https sets a secure cookie', async () => {
    expect(await remember(answer(200, whoami), [SESSION], '', true)).toMatch(/; SameSite=Lax; Secure$/)
  })

  test('is kept though Kratos closes the connection of the one before', async () => {
    const { origin } = await serve(onceAConnection(answer(200, whoami)))
    const sign = () =>
      rememberAccount({ KRATOS_PUBLIC_URL: origin, secureCookies: false }, { headers: {} } as IncomingMessage, [
        SESSION,
      ])
    await sign()
    expect(await known(await sign())).toHaveLength(1)
  })

  test('is not held up by what the cookie was before', async () => {
    expect(await known(await remember(answer(200, whoami), [SESSION], 'ksui_known=nonsense'))).toHaveLength(1)
  })
})

test.each<[string, RequestListener, string[]]>([
  ['nobody is signed in', answer(200, whoami), ['csrf_token_1=x', 'ory_kratos_continuity=y']],
  ['somebody is signed out', answer(200, whoami), ['ory_kratos_session=; Max-Age=0']],
  ['Kratos wants a second factor', answer(403, { error: { id: 'session_aal2_required' } }), [SESSION]],
  ['Kratos answers nonsense', (_, response) => response.end('<html>'), [SESSION]],
  ['Kratos hangs up', (request) => request.socket.destroy(), [SESSION]],
])('nothing is kept when %s', async (_, listener, setCookies) => {
  expect(await remember(listener, setCookies)).toBeUndefined()
})
