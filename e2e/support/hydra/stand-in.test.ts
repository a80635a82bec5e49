import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// Before the modules under test are loaded: they read it once.
vi.hoisted(() => {
  process.env.HYDRA_FIRST_PORT = '4795'
})

const { startApplication } = await import('./application.ts')
const { APPLICATION, HYDRA_ADMIN_URL, ISSUER, UI_PAGES } = await import('./places.ts')
const { startStandIn } = await import('./stand-in.ts')

const stops: (() => Promise<void>)[] = []
beforeAll(async () => {
  stops.push(await startStandIn(), await startApplication())
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

const SESSION = {
  id_token: { email: 'ada@example.org', team: ['one', 'two'] },
  access_token: { team: 'one' },
}

test('it is ready', async () => {
  expect(await admin('GET', '/health/ready')).toEqual({ status: 200, body: { status: 'ok' } })
})

test('a login request tells what the application asked with', async () => {
  const browser = new Jar()
  const asked =
    'client=app&login_hint=ada@example.org&acr_values=aal2&ui_locales=de%20en&audience=https://api.example.org'
  const challenge = await browser.start(`${asked}&scope=openid%20email%20offline_access`)
  const { status, body } = await admin('GET', login(challenge))
  expect(status).toBe(200)
  expect(body).toMatchObject({
    challenge,
    requested_scope: ['openid', 'email', 'offline_access'],
    requested_access_token_audience: ['https://api.example.org'],
    skip: false,
    subject: '',
    oidc_context: { acr_values: ['aal2'], login_hint: 'ada@example.org', ui_locales: ['de', 'en'] },
    client: {
      client_id: 'app',
      client_name: 'Photo Album',
      logo_uri: `${APPLICATION}/logo.png`,
      skip_consent: false,
    },
    request_url: expect.stringMatching(/^http:\/\/localhost:4795\/oauth2\/auth\?.*client_id=app/),
  })
  expect(JSON.stringify(body)).not.toContain('client_secret"')
})

test('a login and a consent bring the application real tokens, with the claims of the consent', async () => {
  const browser = new Jar()
  const consent = await browser.logIn(
    await browser.start('client=app&scope=openid%20email%20photos.read%20offline_access'),
    {
      subject: 'ada',
      acr: 'aal1',
      amr: ['password'],
      context: { from: 'login' },
    },
  )
  expect((await admin('GET', consentOf(consent))).body).toMatchObject({
    challenge: consent,
    subject: 'ada',
    skip: false,
    acr: 'aal1',
    amr: ['password'],
    context: { from: 'login' },
    requested_scope: ['openid', 'email', 'photos.read', 'offline_access'],
  })
  const accepted = { grant_scope: ['openid', 'email', 'offline_access'], session: SESSION, remember: true }
  const shown = await browser.consent(consent, accepted)
  expect(shown).toMatchObject({
    client: 'app',
    hasRefreshToken: true,
    claims: {
      iss: ISSUER,
      aud: 'app',
      sub: 'ada',
      acr: 'aal1',
      amr: ['password'],
      email: 'ada@example.org',
      team: ['one', 'two'],
      auth_time: expect.any(Number),
    },
  })
  expect(String(shown.scope).split(' ').sort()).toEqual(['email', 'offline_access', 'openid'])

  expect(await browser.json('/refresh')).toMatchObject({ claims: { sub: 'ada', team: ['one', 'two'] } })
  expect(await browser.json('/userinfo')).toMatchObject({ sub: 'ada', email: 'ada@example.org' })
  expect(await browser.json('/introspect')).toMatchObject({ active: true, team: 'one' })
  expect(await browser.json('/revoke')).toEqual({ active: false })
})

test('who is remembered is skipped, unless the application wants a fresh login', async () => {
  const browser = new Jar()
  const first = await browser.logIn(await browser.start('client=app'), { subject: 'grace', remember: true })
  await browser.consent(first, { grant_scope: ['openid', 'email', 'offline_access'], remember: true })

  const second = await browser.start('client=app')
  expect((await admin('GET', login(second))).body).toMatchObject({ skip: true, subject: 'grace' })
  const other = await admin('PUT', `${login(second, 'accept')}`, { subject: 'somebody-else' })
  expect(other).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  const consent = await browser.logIn(second, { subject: 'grace' })
  expect((await admin('GET', consentOf(consent))).body).toMatchObject({ skip: true })
  expect(await browser.consent(consent, { grant_scope: ['openid'] })).toMatchObject({
    claims: { sub: 'grace' },
  })

  const skips = async (query: string) =>
    ((await admin('GET', login(await browser.start(`client=app&${query}`)))).body as { skip: boolean }).skip
  expect(await skips('prompt=login')).toBe(false)
  expect(await skips('max_age=3600')).toBe(true)
  // Once a second has passed.
  await vi.waitFor(async () => expect(await skips('max_age=0')).toBe(false), { timeout: 3_000 })
  const asked = await browser.logIn(await browser.start('client=app&prompt=consent'), { subject: 'grace' })
  expect((await admin('GET', consentOf(asked))).body).toMatchObject({ skip: false })
})

test('who logs in as somebody else takes over from the one before', async () => {
  const browser = new Jar()
  for (const subject of ['first', 'second']) {
    const consent = await browser.logIn(await browser.start('client=app&prompt=login'), {
      subject,
      remember: true,
    })
    expect(await browser.consent(consent, { grant_scope: ['openid'] })).toMatchObject({
      claims: { sub: subject },
    })
  }
})

test('a consent that covers less is asked for again', async () => {
  const browser = new Jar()
  const first = await browser.logIn(await browser.start('client=app&scope=openid'), {
    subject: 'less',
    remember: true,
  })
  await browser.consent(first, { grant_scope: ['openid'], remember: true })
  const second = await browser.logIn(await browser.start('client=app&scope=openid%20email'), {
    subject: 'less',
  })
  expect((await admin('GET', consentOf(second))).body).toMatchObject({ skip: false })
})

test.each(['login', 'consent'])('a %s that is refused brings the application the error', async (kind) => {
  const browser = new Jar()
  const first = await browser.start('client=app')
  const challenge = kind === 'login' ? first : await browser.logIn(first, { subject: 'no' })
  const path = kind === 'login' ? login(challenge, 'reject') : consentOf(challenge, 'reject')
  const { body } = await admin('PUT', path, {
    error: 'access_denied',
    error_description: 'No, thanks',
    status_code: 403,
  })
  expect(await browser.json(redirectIn(body))).toEqual({
    error: 'access_denied',
    error_description: 'No, thanks',
  })
})

test('an unknown challenge is not found, a followed one is gone, and cannot be changed', async () => {
  expect(await admin('GET', login('nothing'))).toEqual({
    status: 404,
    body: { error: 'Not Found', error_description: 'Unable to locate the requested resource' },
  })
  expect(await admin('GET', '/admin/oauth2/auth/requests/login')).toMatchObject({ status: 400 })
  const browser = new Jar()
  const challenge = await browser.start('client=app')
  const consent = await browser.logIn(challenge, { subject: 'done' })
  await browser.consent(consent, { grant_scope: ['openid'] })
  for (const [get, put, body] of [
    [login(challenge), login(challenge, 'accept'), { subject: 'done' }],
    [consentOf(consent), consentOf(consent, 'accept'), { grant_scope: ['openid'] }],
  ] as const) {
    const gone = await admin('GET', get)
    expect(gone.status).toBe(410)
    expect(redirectIn(gone.body)).toContain(`${ISSUER}/oauth2/auth?`)
    expect(await admin('PUT', put, body)).toMatchObject({ status: 409, body: { error: 'Conflict' } })
  }
})

test('a field that Hydra does not know is refused', async () => {
  const challenge = await new Jar().start('client=app')
  const answer = await admin('PUT', login(challenge, 'accept'), { subject: 'ada', surprise: true })
  expect(answer).toMatchObject({
    status: 400,
    body: { error_description: expect.stringContaining('"surprise"') },
  })
})

test('the consents of somebody are listed and revoked, with their tokens', async () => {
  const sessions = '/admin/oauth2/auth/sessions/consent'
  const browser = new Jar()
  for (const client of ['app', 'trusted']) {
    const consent = await browser.logIn(await browser.start(`client=${client}`), {
      subject: 'lister',
      remember: true,
    })
    await browser.consent(consent, {
      grant_scope: ['openid', 'offline_access'],
      session: SESSION,
      remember: true,
      remember_for: 60,
    })
  }
  const { body } = await admin('GET', `${sessions}?subject=lister`)
  expect(body).toMatchObject([
    {
      consent_request_id: expect.any(String),
      consent_request: { client: { client_id: 'trusted' }, subject: 'lister' },
      grant_scope: ['openid', 'offline_access'],
      session: SESSION,
      remember: true,
      remember_for: 60,
      handled_at: expect.any(String),
    },
    { consent_request: { client: { client_id: 'app' } } },
  ])
  expect(await browser.json('/introspect')).toMatchObject({ active: true })
  expect((await admin('DELETE', `${sessions}?subject=lister`)).status).toBe(400)
  expect((await admin('DELETE', `${sessions}?subject=lister&client=trusted`)).status).toBe(204)
  expect(await browser.json('/introspect')).toEqual({ active: false })
  expect((await admin('GET', `${sessions}?subject=lister`)).body).toHaveLength(1)
  const [{ consent_request_id: id }] = (await admin('GET', `${sessions}?subject=lister`)).body as [
    { consent_request_id: string },
  ]
  expect((await admin('DELETE', `${sessions}?consent_request_id=${id}`)).status).toBe(204)
  expect((await admin('DELETE', `${sessions}?subject=lister&all=true`)).status).toBe(204)
  expect(await admin('GET', `${sessions}?subject=lister`)).toEqual({ status: 200, body: [] })
  expect((await admin('GET', sessions)).status).toBe(400)
})

test('a logout is asked for, refused, accepted, and over', async () => {
  const browser = new Jar()
  const consent = await browser.logIn(await browser.start('client=app'), {
    subject: 'leaver',
    remember: true,
  })
  await browser.consent(consent, { grant_scope: ['openid', 'offline_access'], remember: true })

  const refused = await browser.challenge(`${APPLICATION}/logout`, 'logout')
  expect((await admin('GET', logout(refused))).body).toMatchObject({
    challenge: refused,
    subject: 'leaver',
    sid: expect.any(String),
    rp_initiated: true,
    client: { client_id: 'app', skip_logout_consent: false },
    request_url: expect.stringContaining(`${ISSUER}/oauth2/sessions/logout?`),
  })
  expect((await admin('PUT', logout(refused, 'reject'))).status).toBe(204)
  expect((await admin('GET', logout(refused))).status).toBe(404)

  const challenge = await browser.challenge(`${APPLICATION}/logout`, 'logout')
  const { url } = await browser.go(redirectIn((await admin('PUT', logout(challenge, 'accept'))).body))
  expect(url).toBe(`${APPLICATION}/goodbye?state=after-logout`)
  expect((await admin('GET', logout(challenge))).status).toBe(410)
  expect((await admin('PUT', logout(challenge, 'accept'))).status).toBe(409)
  // The tokens are the application's: they outlive the session at Hydra.
  expect(await browser.json('/introspect')).toMatchObject({ active: true })
  const next = await browser.start('client=app')
  expect((await admin('GET', login(next))).body).toMatchObject({ skip: false })
  // Nobody is signed in any more: there is nothing to ask.
  expect((await browser.go(`${APPLICATION}/logout`)).url).toBe(`${APPLICATION}/goodbye?state=after-logout`)
})

test('a device gets its tokens when its code is typed elsewhere', async () => {
  const browser = new Jar()
  const device = (await browser.json('/device/start')) as {
    user_code: string
    verification_uri_complete: string
  }
  const { url } = await browser.go(device.verification_uri_complete)
  expect(url).toContain(`${UI_PAGES.device}?`)
  expect(new URL(url).searchParams.get('user_code')).toBe(device.user_code)
  const accept = `/admin/oauth2/auth/requests/device/accept?device_challenge=${new URL(url).searchParams.get('device_challenge')}`

  expect(await admin('PUT', accept, { user_code: 'BBBB-BBBB' })).toMatchObject({
    status: 400,
    body: { error_description: expect.stringContaining("The 'user_code' session could not be found") },
  })
  expect((await admin('PUT', accept, {})).status).toBe(400)
  const typed = device.user_code.toLowerCase().replace('-', ' ')
  const { body } = await admin('PUT', accept, { user_code: typed })
  const challenge = await browser.challenge(redirectIn(body), 'login')
  expect((await admin('GET', login(challenge))).body).toMatchObject({
    client: { client_id: 'device' },
    requested_scope: ['openid', 'offline'],
  })
  const consent = await browser.logIn(challenge, { subject: 'viewer' })
  const accepted = await admin('PUT', consentOf(consent, 'accept'), {
    grant_scope: ['openid', 'offline'],
    session: SESSION,
  })
  expect((await browser.go(redirectIn(accepted.body))).url).toBe(UI_PAGES.deviceDone)
  expect(await browser.json(`/device/result?user_code=${device.user_code}`)).toMatchObject({
    hasRefreshToken: true,
    claims: { sub: 'viewer', aud: 'device', team: ['one', 'two'] },
  })
  expect((await admin('PUT', accept, { user_code: typed })).status).toBe(409)
})

test('a request that no application can be told of comes to the error page', async () => {
  const { url } = await new Jar().go(`${ISSUER}/oauth2/auth?client_id=nobody&response_type=code`)
  expect(url).toContain(`${UI_PAGES.error}?error=invalid_client`)
})

test('it can be broken and mended', async () => {
  const post = (query: string) => fetch(`${HYDRA_ADMIN_URL}/stand-in/break${query}`, { method: 'POST' })
  await post('?how=503')
  expect((await admin('GET', '/health/ready')).status).toBe(503)
  await post('')
  expect((await admin('GET', '/health/ready')).status).toBe(200)
})

const request = (kind: string) => (challenge: string, action?: 'accept' | 'reject') =>
  `/admin/oauth2/auth/requests/${kind}${action ? `/${action}` : ''}?${kind}_challenge=${challenge}`
const [login, consentOf, logout] = [request('login'), request('consent'), request('logout')]

async function admin(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${HYDRA_ADMIN_URL}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

function redirectIn(body: unknown): string {
  return (body as { redirect_to: string }).redirect_to
}

/** A browser that keeps cookies, follows redirects, and stops where our pages would be. */
class Jar {
  readonly #cookies = new Map<string, string>()

  async go(target: string): Promise<{ url: string; text: string }> {
    let url = target
    for (;;) {
      if (Object.values(UI_PAGES).some((page) => url.split('?')[0] === page)) return { url, text: '' }
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        this.#cookies.set(name, value)
      }
      const location = answer.headers.get('location')
      if (!location) return { url, text: await answer.text() }
      url = new URL(location, url).href
    }
  }

  async challenge(target: string, kind: string): Promise<string> {
    const { url } = await this.go(target)
    const challenge = new URL(url).searchParams.get(`${kind}_challenge`)
    if (!challenge) throw new Error(`no ${kind} challenge at ${url}`)
    return challenge
  }

  start(query: string): Promise<string> {
    return this.challenge(`${APPLICATION}/start?${query}`, 'login')
  }

  async logIn(challenge: string, body: object): Promise<string> {
    return this.challenge(redirectIn((await admin('PUT', login(challenge, 'accept'), body)).body), 'consent')
  }

  async consent(challenge: string, body: object): Promise<Record<string, unknown>> {
    return this.json(redirectIn((await admin('PUT', consentOf(challenge, 'accept'), body)).body))
  }

  async json(target: string): Promise<Record<string, unknown>> {
    const { url, text } = await this.go(new URL(target, APPLICATION).href)
    try {
      return JSON.parse(text) as Record<string, unknown>
    } catch {
      throw new Error(`${url}: ${text}`)
    }
  }
}
