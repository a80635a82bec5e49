import { expect, test, vi } from 'vitest'
import { bodyOf, serve } from '../../tools/http/loopback.ts'

type Seen = { method: string | undefined; url: string | undefined; body: unknown }

/** The functions under test with a Hydra that answers all the same. */
async function load(status: number, body: unknown) {
  const seen: Seen[] = []
  const { origin } = await serve(async (request, response) => {
    const text = await bodyOf(request)
    seen.push({ method: request.method, url: request.url, body: text === '' ? undefined : JSON.parse(text) })
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  })
  vi.resetModules()
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos')
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('HYDRA_ADMIN_URL', origin)
  return { seen, ...(await import('#lib/hydra/ask-consent.ts')) }
}

const PATH = '/admin/oauth2/auth/requests/consent'
const TO = { redirect_to: 'https://hydra.example/' }

test('a request is asked for by its challenge', async () => {
  const { getConsentRequest, seen } = await load(200, { challenge: 'a b', subject: 'ada', client: {} })
  expect(await getConsentRequest('a b', null)).toMatchObject({ kind: 'request', request: { subject: 'ada' } })
  expect(seen).toEqual([{ method: 'GET', url: `${PATH}?consent_challenge=a+b`, body: undefined }])
})

test('allowing and refusing', async () => {
  const { answerConsent, seen } = await load(200, TO)
  const redirect = { kind: 'redirect', to: TO.redirect_to }
  expect(await answerConsent('c', { grant_scope: ['a'] }, null)).toEqual(redirect)
  expect(await answerConsent('c', undefined, null)).toEqual(redirect)
  expect(seen).toEqual([
    { method: 'PUT', url: `${PATH}/accept?consent_challenge=c`, body: { grant_scope: ['a'] } },
    {
      method: 'PUT',
      url: `${PATH}/reject?consent_challenge=c`,
      body: { error: 'access_denied', error_description: 'The resource owner denied the request' },
    },
  ])
})

test.each([
  [200, {}, 'unavailable'],
  [409, {}, 'over'],
  [400, {}, 'refused'],
])('an answer of %i %j: %s', async (status, body, kind) => {
  const { answerConsent } = await load(status, body)
  expect(await answerConsent('c', {}, null)).toMatchObject({ kind })
})
