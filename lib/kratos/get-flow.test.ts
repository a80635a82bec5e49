import type { RequestListener } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import type { FlowType } from '#lib/kratos/flows.ts'
import { serve } from '../../tools/http/loopback.ts'

const CALLER = { cookie: 'ory_kratos_session=s', requestId: null }

/** Kratos as the given server; `asked` fills with the URLs that it was asked for. */
async function withKratos(listener: RequestListener) {
  const asked: (string | undefined)[] = []
  const { origin } = await serve((request, response) => {
    asked.push(request.url)
    listener(request, response)
  })
  vi.resetModules()
  vi.stubEnv('KRATOS_PUBLIC_URL', origin)
  vi.stubEnv('KRATOS_BROWSER_URL', '/')
  vi.stubEnv('PUBLIC_URL', 'https://ui.example')
  vi.stubEnv('LOG_LEVEL', 'silent')
  return {
    asked,
    ...(await import('#lib/kratos/get-flow.ts')),
    ...(await import('#lib/kratos/get-session.ts')),
  }
}

const answers =
  (status: number, body: unknown): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe('a flow', () => {
  const flow = { id: 'f', ui: { action: '/self-service/login?flow=f', nodes: [] } }

  test.each<[FlowType]>([['login'], ['registration'], ['settings'], ['recovery'], ['verification']])(
    'of the type %s is asked for at its own endpoint',
    async (type) => {
      const { asked, getFlow } = await withKratos(answers(200, flow))
      expect(await getFlow(type, 'f', CALLER)).toMatchObject({ kind: 'flow', flow })
      expect(asked).toEqual([`/self-service/${type}/flows?id=f`])
    },
  )

  test('whose form leads elsewhere is refused, and the log names the place without its query', async () => {
    const nodes = [
      { type: 'input', group: 'default', attributes: { name: 'identifier', type: 'text', node_type: 'input' } },
    ]
    const ui = { action: 'https://evil.example/self-service/login?flow=f&token=x', nodes }
    const { getFlow } = await withKratos(answers(200, { id: 'f', ui }))
    const { log } = await import('#lib/log.ts')
    const error = vi.spyOn(log(), 'error')
    expect(await getFlow('login', 'f', CALLER)).toEqual({ kind: 'problem', problem: 'foreign-form', status: 502 })
    const place = { origin: 'https://evil.example', pathname: '/self-service/login' }
    expect(error.mock.calls).toEqual([[{ type: 'login', ...place, requestId: null }, expect.any(String)]])
  })

  test('that has passed leads on elsewhere: there is nothing to send', async () => {
    const nodes = [
      { type: 'input', group: 'default', attributes: { name: 'csrf_token', type: 'hidden', node_type: 'input' } },
    ]
    const ui = { action: 'https://app.example/after', method: 'GET', nodes }
    const { getFlow } = await withKratos(answers(200, { id: 'f', ui }))
    expect(await getFlow('verification', 'f', CALLER)).toMatchObject({ kind: 'flow', flow: { ui: { action: '' } } })
  })

  test('with an over-long id is not asked for', async () => {
    const { asked, getFlow } = await withKratos(answers(200, flow))
    expect(await getFlow('login', 'x'.repeat(101), CALLER)).toEqual({ kind: 'restart', reason: 'missing' })
    expect(asked).toEqual([])
  })
})

describe('a stored error', () => {
  test.each([
    [
      'is told',
      200,
      { id: 'e', error: { code: 403, reason: 'r' } },
      {
        details: { code: 403, reason: 'r' },
        result: { kind: 'problem', problem: 'refused', status: 403, reason: 'r' },
      },
    ],
    ['is unknown', 404, {}, undefined],
    ['is of another browser', 403, {}, undefined],
    ['cannot be had', 500, {}, { result: { kind: 'problem', problem: 'unavailable', status: 503 } }],
    ['is HTML', 200, '<html>', { result: { kind: 'problem', problem: 'unavailable', status: 503 } }],
  ])('%s', async (_name, status, body, expected) => {
    const { getStoredError } = await withKratos(answers(status, body))
    expect(await getStoredError('e', CALLER)).toEqual(expected)
  })
})

describe('who is signed in', () => {
  test.each([
    ['a session', 200, { id: 's' }, { kind: 'session', session: { id: 's' } }],
    ['nobody', 401, { error: { id: 'session_inactive' } }, { kind: 'none' }],
    ['a second factor is missing', 403, { error: { id: 'session_aal2_required' } }, { kind: 'aal2' }],
    ['another 403', 403, {}, { kind: 'unavailable' }],
    ['an outage is not "signed out"', 503, {}, { kind: 'unavailable' }],
    ['null', 200, null, { kind: 'unavailable' }],
    ['a text', 403, 'no', { kind: 'unavailable' }],
  ])('%s', async (_name, status, body, expected) => {
    const { getSession } = await withKratos(answers(status, body))
    expect(await getSession(CALLER)).toMatchObject(expected)
  })

  test('is not asked for a browser with no cookie that could be a session', async () => {
    const { asked, getSession, getLogoutUrl } = await withKratos(answers(200, { id: 's' }))
    const anonymous = { cookie: 'csrf_token_1=a; ksui_flash=b', requestId: null }
    expect(await getSession(anonymous)).toEqual({ kind: 'none' })
    expect(await getLogoutUrl(undefined, anonymous)).toEqual({ kind: 'none' })
    expect(asked).toEqual([])
  })
})

describe('where to sign out', () => {
  test.each([
    ['the URL of Kratos', 200, { logout_url: 'http://k/?token=t' }, { kind: 'url', url: 'http://k/?token=t' }],
    ['nobody is signed in', 401, {}, { kind: 'none' }],
    ['return_to is refused', 400, {}, { kind: 'refused' }],
    ['Kratos is down', 500, {}, { kind: 'unavailable' }],
    ['an answer without a URL', 200, {}, { kind: 'unavailable' }],
  ])('%s', async (_name, status, body, expected) => {
    const { asked, getLogoutUrl } = await withKratos(answers(status, body))
    expect(await getLogoutUrl('/a?b', CALLER)).toEqual(expected)
    expect(asked).toEqual(['/self-service/logout/browser?return_to=%2Fa%3Fb'])
  })
})

const NOTHING_ELSE = { devices: [], authentication_methods: [] }
test.each([
  ['the list', 200, [{ id: 's' }, null, {}], { sessions: [{ id: 's', ...NOTHING_ELSE }], page: 2, pages: 3 }],
  ['not a list', 200, {}, undefined],
  ['an error', 403, [], undefined],
])('other sessions: %s', async (_name, status, body, expected) => {
  const { asked, getOtherSessions } = await withKratos((request, response) => {
    response.setHeader('X-Total-Count', '41')
    answers(status, body)(request, response)
  })
  expect(await getOtherSessions(2, CALLER)).toEqual(expected)
  expect(asked).toEqual(['/sessions?per_page=20&page=2'])
})

test.each([
  [204, undefined, 'ended'],
  [404, {}, 'gone'],
  [400, {}, 'gone'],
  [401, {}, 'none'],
  [403, { error: { id: 'session_aal2_required' } }, 'aal2'],
  [429, {}, 'unavailable'],
  [500, {}, 'unavailable'],
])('ending a session, when Kratos answers %s %j: %s', async (status, body, expected) => {
  const { asked, endSession } = await withKratos(answers(status, body))
  expect(await endSession('an/id', CALLER)).toBe(expected)
  expect(asked).toEqual(['/sessions/an%2Fid'])
})
