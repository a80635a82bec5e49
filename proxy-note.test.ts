import { describe, expect, test } from 'vitest'
import { KRATOS, loadProxy, US } from './tools/http/ask-proxy.ts'

// What proxy.ts remembers of earlier starts, what it makes of restarts, and that it never loops.

const { ask, sealedNote, noteIn, unseal } = await loadProxy()

describe('the start note', () => {
  test('holds the parameters, sealed, for ten minutes', async () => {
    const { cookieSet, set } = await ask('/login?return_to=/a')
    const cookie = cookieSet('__Host-ksui_start_login')
    expect(cookie?.attributes).toEqual(expect.arrayContaining(['Path=/', 'Max-Age=600', 'HttpOnly', 'SameSite=lax']))
    expect(cookie?.attributes.join()).not.toContain('Domain')
    expect((await noteIn(cookie?.value)).starts).toMatchObject([{ params: { return_to: '/a' } }])
    expect(set).toHaveLength(1)
  })

  test.each([
    ['http://localhost:4433', 'ksui_start_login', false],
    ['https://kratos.example', '__Host-ksui_start_login', true],
  ])('with Kratos at %s is called %s, and Secure: %s', async (browser, name, secure) => {
    const { ask } = await loadProxy({ KRATOS_BROWSER_URL: browser })
    expect((await ask('/login')).cookieSet(name)?.attributes.includes('Secure')).toBe(secure)
  })

  test.each(['x'.repeat(4000), '字'.repeat(1500)])('fits into a cookie, however long the parameters', async (long) => {
    const { cookieSet } = await ask(`/login?return_to=${encodeURIComponent(long)}`)
    const { name = '', value = '' } = cookieSet('__Host-ksui_start_login') ?? {}
    expect(`${name}=${value}`.length).toBeLessThan(4096)
    expect((await noteIn(value)).times).toHaveLength(1)
  })

  test('grows by the notes of earlier starts', async () => {
    const first = await ask('/login?return_to=/a')
    const cookies = { '__Host-ksui_start_login': first.cookieSet('__Host-ksui_start_login')?.value ?? '' }
    const second = await ask('/login?return_to=/b', { cookies })
    const { starts, times } = await noteIn(second.cookieSet('__Host-ksui_start_login')?.value)
    expect(starts.map(({ params }) => params.return_to)).toEqual(['/b', '/a'])
    expect(times).toHaveLength(2)
  })

  test('that was forged counts as none', async () => {
    const { location } = await ask('/login?restart=expired', { cookies: { '__Host-ksui_start_login': 'forged' } })
    expect(location).toBe(`${KRATOS}/self-service/login/browser`)
  })
})

describe('a restart', () => {
  const starts = [{ params: { return_to: '/a', aal: 'aal2' }, at: Date.now() - 60_000 }]

  test.each([
    ['expired', '?return_to=%2Fa&aal=aal2'],
    ['missing', '?return_to=%2Fa&aal=aal2'],
    ['csrf', '?return_to=%2Fa&aal=aal2'],
    ['identity', '?return_to=%2Fa&aal=aal2'],
    ['aal1', '?return_to=%2Fa'],
  ])('for the reason %s takes the parameters of the note, and leaves word of it', async (reason, query) => {
    const { location, cookieSet } = await ask(`/login?restart=${reason}`, {
      cookies: await sealedNote('login', { starts }),
    })
    expect(location).toBe(`${KRATOS}/self-service/login/browser${query}`)
    const flash = cookieSet('__Host-ksui_flash')
    expect(flash?.attributes).toContain('Max-Age=30')
    expect(await unseal(flash?.value, 30)).toEqual({ type: 'login', reason })
  })

  test.each(['fresh', 'unknown', ''])('for the reason %j is a start like any other', async (reason) => {
    const { location, cookieSet } = await ask(`/login?restart=${reason}`, {
      cookies: await sealedNote('login', { starts }),
    })
    expect(location).toBe(`${KRATOS}/self-service/login/browser`)
    expect(cookieSet('__Host-ksui_flash')).toBeUndefined()
  })

  test('does not take the note of another flow', async () => {
    const { location } = await ask('/settings?restart=expired', {
      cookies: await sealedNote('login', { starts }),
    })
    expect(location).toBe(`${KRATOS}/self-service/settings/browser`)
  })
})

describe('no loops', () => {
  test('a 403 without a note goes through the bounce, once', async () => {
    const bounce = await ask('/login?restart=csrf&return_to=/a')
    expect(bounce.location).toBe(`${US}/login?restart=csrf&return_to=%2Fa&cookie-check=1`)
    expect(bounce.set.map(({ name }) => name)).toEqual(['__Host-ksui_check'])
    const without = await ask('/login?restart=csrf&return_to=/a&cookie-check=1')
    expect(without.location).toBe(`${US}/diagnosis?return_to=%2Fa&why=cookies&type=login`)
    const kept = await ask('/login?restart=csrf&cookie-check=1', { cookies: { '__Host-ksui_check': '1' } })
    expect(kept.location).toBe(`${KRATOS}/self-service/login/browser`)
  })

  test('a second 403 within ten seconds ends on the diagnosis page', async () => {
    const starts = [{ params: { return_to: '/a', login_challenge: 'c' }, at: Date.now() - 6_000 }]
    const cookies = await sealedNote('login', { csrfAt: Date.now() - 5_000, starts })
    // With all that a start by hand needs.
    expect((await ask('/login?restart=csrf', { cookies })).location).toBe(
      `${US}/diagnosis?return_to=%2Fa&login_challenge=c&why=csrf&type=login`,
    )
  })

  test('the fifth start within half a minute ends on the diagnosis page, and "start over" leaves it', async () => {
    const cookies: Record<string, string> = {}
    const note = '__Host-ksui_start_settings'
    const locations: (string | null)[] = []
    for (let start = 0; start < 5; start++) {
      const { location, cookieSet } = await ask('/settings', { cookies })
      cookies[note] = cookieSet(note)?.value ?? cookies[note] ?? ''
      locations.push(location)
    }
    const kratos = `${KRATOS}/self-service/settings/browser`
    expect(locations).toEqual([kratos, kratos, kratos, kratos, `${US}/diagnosis?why=loop&type=settings`])
    expect((await ask('/settings?restart=fresh', { cookies })).location).toBe(kratos)
  })
})
