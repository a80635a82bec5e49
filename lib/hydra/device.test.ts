import type { RequestListener } from 'node:http'
import { expect, test, vi } from 'vitest'
import { bodyOf, serve } from '../../tools/http/loopback.ts'

async function device(url = '') {
  vi.resetModules()
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('HYDRA_ADMIN_URL', url)
  return import('#lib/hydra/device.ts')
}

test.each([
  ['WDJBMJHT', 'WDJBMJHT'],
  [' wdjb-mjht\n', 'WDJBMJHT'],
  ['WDJB \u2013 MJHT', 'WDJBMJHT'],
  ['\uff37\uff24\uff2a\uff22 mjht', 'WDJBMJHT'],
  ['123 456 789', '123456789'],
  ['\u200b12\u00ad3', '123'],
  [' - ', ''],
  ['', ''],
  ['x'.repeat(65), ''],
])('%j is the code %s', async (typed, code) => {
  expect((await device()).tidyCode(typed)).toBe(code)
})

test('Hydra is told the code in the body, and says where to go on', async () => {
  const asked: unknown[] = []
  const { origin } = await serve(async (request, response) => {
    asked.push([request.method, request.url, JSON.parse(await bodyOf(request))])
    response.end('{"redirect_to":"https://hydra.example/oauth2/device/verify?device_verifier=x"}')
  })
  const { acceptDevice } = await device(origin)
  expect(await acceptDevice('a b', 'wdjb-mjht', 'request-1')).toEqual({
    kind: 'redirect',
    to: 'https://hydra.example/oauth2/device/verify?device_verifier=x',
  })
  expect(asked).toEqual([
    ['PUT', '/admin/oauth2/auth/requests/device/accept?device_challenge=a+b', { user_code: 'WDJBMJHT' }],
  ])
})

const answer =
  (status: number): RequestListener =>
  (_, response) =>
    response.writeHead(status).end('{"error":"x"}')

test.each<[string, RequestListener, string]>([
  ['does not know the code', answer(400), 'wrong'],
  ['finds the page too old', answer(401), 'over'],
  ['does not know the page', answer(404), 'over'],
  ['is done with it', answer(409), 'over'],
  ['has too much to do', answer(429), 'unavailable'],
  ['fails', answer(500), 'unavailable'],
  ['hangs up', (request) => request.socket.destroy(), 'unavailable'],
])('when Hydra %s', async (_, listener, kind) => {
  const { acceptDevice } = await device((await serve(listener)).origin)
  expect(await acceptDevice('x', 'WDJBMJHT', null)).toEqual({ kind })
})

test('Hydra is not asked about what is no code', async () => {
  const { acceptDevice } = await device('http://127.0.0.1:1')
  expect(await acceptDevice('x', ' - ', null)).toEqual({ kind: 'wrong' })
})
