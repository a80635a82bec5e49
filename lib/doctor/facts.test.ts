import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { gatherFacts } from '#lib/doctor/facts.ts'
import { parseEnv } from '#lib/env.ts'
import { serve } from '../../tools/http/loopback.ts'

/** What is gathered from a server, with the environment of a set-up under a path; and what it was asked for. */
async function factsOf(listener: RequestListener, more: (origin: string) => Record<string, string> = () => ({})) {
  const asked: string[] = []
  const { origin } = await serve((request, response) => {
    asked.push(request.url ?? '')
    listener(request, response)
  })
  const places = { KRATOS_PUBLIC_URL: origin, PUBLIC_URL: 'https://example.org', BASE_PATH: '/auth' }
  const facts = await gatherFacts(parseEnv({ COOKIE_SECRET: 'x'.repeat(32), ...places, ...more(origin) }))
  return { facts, asked }
}

test('the return that is tried is one under BASE_PATH', async () => {
  const { asked } = await factsOf((_request, response) => response.end('{}'))
  const tried = asked.map((path) => new URL(path, 'http://kratos').searchParams.get('return_to'))
  expect(tried.filter(Boolean)).toEqual(['https://example.org/auth/sessions', 'https://not-allowed.invalid/'])
})

test('Kratos and Hydra are asked each for itself whether it is ready', async () => {
  const { facts } = await factsOf(
    (request, response) => response.writeHead(request.url?.startsWith('/hydra/') ? 503 : 307).end(),
    (at) => ({ HYDRA_ADMIN_URL: `${at}/hydra/` }),
  )
  expect(facts.notReady).toEqual({
    Kratos: 'Kratos answered 307 to /health/ready',
    Hydra: 'Hydra answered 503 to /health/ready',
  })
  const { facts: without } = await factsOf((_request, response) => response.end('{}'))
  expect(without.notReady).toEqual({})
})
