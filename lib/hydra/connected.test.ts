import type { RequestListener } from 'node:http'
import { expect, test, vi } from 'vitest'
import { serve } from '../../tools/http/loopback.ts'

async function connected(listener: RequestListener) {
  vi.resetModules()
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('HYDRA_ADMIN_URL', (await serve(listener)).origin)
  return import('#lib/hydra/connected.ts')
}

const consents = (count: number) =>
  Array.from({ length: count }, () => ({ consent_request: { client: { client_id: 'app' } } }))

test.each([
  [0, 0, true],
  [499, 1, true],
  [500, 1, false],
])('%i consents are those of %i applications; all of them: %j', async (count, applications, isAll) => {
  const asked: unknown[] = []
  const { getConnected } = await connected((request, response) => {
    asked.push([request.method, request.url])
    response.end(JSON.stringify(consents(count)))
  })
  const found = await getConnected('a b', null)
  expect([found?.applications.length, found?.isAll]).toEqual([applications, isAll])
  expect(asked).toEqual([['GET', '/admin/oauth2/auth/sessions/consent?subject=a+b&page_size=500']])
})

test.each([
  [500, '[]'],
  [200, '{}'],
  [200, '<html>'],
])('%i %s says nothing about applications', async (status, body) => {
  const { getConnected } = await connected((_, response) => response.writeHead(status).end(body))
  expect(await getConnected('a', null)).toBeUndefined()
})

test.each([
  ['app', 'subject=a&client=app'],
  ['a&all=true', 'subject=a&client=a%26all%3Dtrue'],
  [undefined, 'subject=a&all=true'],
])('the access of %j is taken back', async (client, query) => {
  const asked: unknown[] = []
  const { revokeAccess } = await connected((request, response) => {
    asked.push([request.method, request.url])
    response.writeHead(204).end()
  })
  expect(await revokeAccess('a', client, null)).toBe(true)
  expect(asked).toEqual([['DELETE', `/admin/oauth2/auth/sessions/consent?${query}`]])
})

test('what Hydra refuses is not taken back', async () => {
  const { revokeAccess } = await connected((_, response) => response.writeHead(400).end('{}'))
  expect(await revokeAccess('a', 'app', null)).toBe(false)
})
