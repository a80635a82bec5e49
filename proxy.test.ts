import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server.js'
import { describe, expect, test } from 'vitest'
import { FLOWS, type FlowType } from '#lib/kratos/flows.ts'
import { config } from './proxy.ts'
import { KRATOS, loadProxy, US } from './tools/http/ask-proxy.ts'

const { ask, sealedNote } = await loadProxy()

describe('a start goes to Kratos', () => {
  const every =
    'refresh=true&aal=aal2&return_to=https%3A%2F%2Fapp.example%2F%3Fa%3Db%26c&login_challenge=c%2Bd%3D&organization=o&via=email&identity_schema=s&after_verification_return_to=%2Fv&unknown=x&cookie-check=1'
  const back = 'return_to=https%3A%2F%2Fapp.example%2F%3Fa%3Db%26c'
  test.each<[FlowType, string]>([
    ['login', `refresh=true&aal=aal2&${back}&login_challenge=c%2Bd%3D&organization=o&via=email&identity_schema=s`],
    [
      'registration',
      `${back}&login_challenge=c%2Bd%3D&after_verification_return_to=%2Fv&organization=o&identity_schema=s`,
    ],
    ['settings', `${back}&organization=o`],
    ['recovery', back],
    ['verification', back],
  ])('%s with exactly the parameters that it takes, each encoded once', async (type, query) => {
    const { response, location } = await ask(`/${type}?${every}`)
    expect(response.status).toBe(303)
    expect(location).toBe(`${KRATOS}/self-service/${type}/browser?${query}`)
  })

  test.each([
    ['no parameters', '/login', ''],
    ['an empty flow', '/login?flow=', ''],
    ['a repeated parameter: the first', '/login?aal=aal1&aal=aal2', '?aal=aal1'],
    ['an empty parameter: none', '/login?aal=&refresh=true', '?refresh=true'],
    ['a parameter that is encoded twice stays so', '/login?return_to=%252Fa', '?return_to=%252Fa'],
    ['a line break is encoded', '/login?return_to=%0d%0aX:y', '?return_to=%0D%0AX%3Ay'],
    ['another host is the matter of Kratos', '/login?return_to=//evil', '?return_to=%2F%2Fevil'],
  ])('%s', async (_name, path, query) => {
    expect((await ask(path)).location).toBe(`${KRATOS}/self-service/login/browser${query}`)
  })

  test.each([
    ['https://kratos.example/', 'https://kratos.example/self-service/login/browser'],
    ['https://example.org/kratos', 'https://example.org/kratos/self-service/login/browser'],
    // Next makes a redirect to the origin of the request relative.
    ['/', `${US}/self-service/login/browser`],
  ])('with KRATOS_BROWSER_URL=%s', async (browser, expected) => {
    const { ask } = await loadProxy({ KRATOS_BROWSER_URL: browser })
    expect((await ask('/login')).location).toBe(expected)
  })

  test('a HEAD gets what a GET gets', async () => {
    const { response, location } = await ask('/login', { method: 'HEAD' })
    expect([response.status, location]).toEqual([303, `${KRATOS}/self-service/login/browser`])
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('a %s is refused and starts nothing', async (method) => {
    const { response, location, set } = await ask('/login', { method })
    expect([response.status, response.headers.get('allow'), location, set]).toEqual([405, 'GET, HEAD', null, []])
  })

  test.each(['/login', '/login?restart=csrf', '/login?restart=csrf&cookie-check=1'])(
    '%s is never cached',
    async (path) => {
      expect((await ask(path)).response.headers.get('cache-control')).toBe('no-store')
    },
  )
})

describe('the sign-out page', () => {
  test('is shown, and the start notes are gone', async () => {
    const cookies = {
      ...(await sealedNote('login')),
      ...(await sealedNote('settings')),
      ory_kratos_session: 's',
    }
    const { response, set } = await ask('/logout', { cookies })
    expect(response.headers.get('x-middleware-next')).toBe('1')
    expect(set.map(({ name, value }) => [name, value])).toEqual([
      ['__Host-ksui_start_login', ''],
      ['__Host-ksui_start_settings', ''],
    ])
    for (const { attributes } of set) expect(attributes).toContain('Max-Age=0')
  })

  test('sets nothing for a browser without notes', async () => {
    expect((await ask('/logout')).set).toEqual([])
  })
})

describe('the consent page', async () => {
  const hydra = await loadProxy({ HYDRA_ADMIN_URL: 'http://hydra' })
  const page = '/consent?consent_challenge=c'

  test('is shown, with a sealed cookie that keeps the id of the browser', async () => {
    const first = await hydra.ask(page)
    expect(first.response.headers.get('x-middleware-next')).toBe('1')
    const cookie = first.cookieSet('__Host-ksui_consent')
    expect(cookie?.attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=lax', 'Max-Age=3600']))
    const browser = await hydra.unseal(cookie?.value, 3600)
    expect(browser).toEqual({ browser: expect.stringMatching(/^[0-9a-f-]{36}$/) })

    const again = await hydra.ask(page, { cookies: { '__Host-ksui_consent': cookie?.value ?? '' } })
    expect(await hydra.unseal(again.cookieSet('__Host-ksui_consent')?.value, 3600)).toEqual(browser)
    const strange = await hydra.ask(page, { cookies: { '__Host-ksui_consent': 'made-up' } })
    expect(await hydra.unseal(strange.cookieSet('__Host-ksui_consent')?.value, 3600)).not.toEqual(browser)
  })

  test('hands on what is posted to it', async () => {
    const { response, set } = await hydra.ask('/consent', { method: 'POST' })
    expect(response.headers.get('x-middleware-rewrite')).toBe(`${US}/consent/answer`)
    expect(set).toEqual([])
  })

  test.each(['GET', 'POST'])('is not touched by a %s without Hydra', async (method) => {
    const { response, set } = await ask(page, { method })
    expect([response.headers.get('x-middleware-next'), set]).toEqual(['1', []])
  })
})

test.each([
  ['/login', true],
  ['/registration?return_to=/a', true],
  ['/settings', true],
  ['/recovery', true],
  ['/verification', true],
  ['/login?flow=', true],
  ['/logout', true],
  ['/consent', true],
  ['/consent?consent_challenge=x', true],
  ['/consent/answer', false],
  ['/logout?return_to=/a', true],
  ['/login?flow=x', false],
  ['/login?aal=aal2&flow=x', false],
  ['/settings?flow=x', false],
  ['/login/x', false],
  ['/loginx', false],
  ['/x/login', false],
  ['/', false],
  ['/error?id=x', false],
  ['/sessions', false],
  ['/diagnosis', false],
  ['/problem/400', false],
  ['/_next/static/x.js', false],
  ['/health/alive', false],
])('%s costs a run of the proxy: %s', (url, expected) => {
  expect(unstable_doesMiddlewareMatch({ config, url })).toBe(expected)
})

test.each(Object.keys(FLOWS))('the start of %s runs the proxy', (type) => {
  expect(unstable_doesMiddlewareMatch({ config, url: `/${type}` })).toBe(true)
})
