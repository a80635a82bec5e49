import type { RequestListener } from 'node:http'
import { expect, test, vi } from 'vitest'
import { serve } from '../../tools/http/loopback.ts'

async function wayOnAt(url: string) {
  vi.resetModules()
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('HYDRA_ADMIN_URL', url)
  const { getWayOn } = await import('#lib/hydra/get-way-on.ts')
  return getWayOn('a b', 'request-1')
}

const answer =
  (status: number, body: string): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)

test('a login that is done with goes on where the application asked', async () => {
  const asked: (string | undefined)[] = []
  const { origin } = await serve((request, response) => {
    asked.push(request.url)
    answer(410, '{"redirect_to":"https://hydra.example/oauth2/auth?a=b"}')(request, response)
  })
  expect(await wayOnAt(`${origin}/base/`)).toBe('https://hydra.example/oauth2/auth?a=b')
  expect(asked).toEqual(['/base/admin/oauth2/auth/requests/login?login_challenge=a+b'])
})

test.each<[string, RequestListener]>([
  ['knows it well', answer(200, '{"redirect_to":"https://hydra.example/"}')],
  ['does not know it', answer(404, '{"error":"Not Found"}')],
  ['tells another scheme', answer(410, '{"redirect_to":"javascript:alert(1)"}')],
  ['tells nothing', answer(410, '{}')],
  ['tells null', answer(410, 'null')],
  ['sends no JSON', answer(410, '<html>')],
  ['hangs up', (request) => request.socket.destroy()],
])('no way on when Hydra %s', async (_, listener) => {
  expect(await wayOnAt((await serve(listener)).origin)).toBeUndefined()
})

test('no way on without Hydra', async () => {
  expect(await wayOnAt('')).toBeUndefined()
})
