import { get } from 'node:http'
import { expect, signIn, test } from './fixtures.ts'

test('the error page shows what Kratos reports', async ({ page, guard }) => {
  guard.allowConsole(/status of (500|404|400)/)
  const stub = await page.goto('/error?id=stub:500')
  expect(stub?.status()).toBe(500)
  await expect(page.getByTestId('ui/error/message')).toContainText('This is a stub error.')
  await page.getByText('Technical details').click()
  await expect(page.getByTestId('code-box')).toContainText('stub')

  const unknown = await page.goto('/error?id=00000000-0000-4000-8000-000000000000')
  expect(unknown?.status()).toBe(404)
  await expect(page.getByText('This error is not known any more.')).toBeVisible()
  expect((await page.goto('/error'))?.status()).toBe(404)
})

test('errors of OAuth2 are shown as text only', async ({ page, guard }) => {
  guard.allowConsole(/status of 400/)
  const markup = '<img src=x onerror=alert(1)><a href="https://evil.example">here</a>'
  const response = await page.goto(`/error?error=access_denied&error_description=${encodeURIComponent(markup)}`)
  expect(response?.status()).toBe(400)
  await expect(page.getByTestId('ui/error/message')).toHaveText(`access_denied: ${markup}`)
  await expect(page.locator('main img, main a[href*="evil"]')).toHaveCount(0)
})

test('a page that is not there, and addresses that are refused', async ({ page, guard, request }) => {
  guard.allowConsole(/status of 40[04]/)
  const missing = await page.goto('/no-such-page')
  expect(missing?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  for (const path of ['/login%2f..', '/self-service%2flogin', '//login', '/self-service/..%5cadmin']) {
    const response = await request.get(`http://localhost:4455${path}`, { maxRedirects: 0 })
    expect(response.status(), path).toBe(400)
    expect(await response.text(), path).toContain('This address does not work')
  }
})

test('Kratos’s admin API does not pass through', async () => {
  const paths = {
    '/admin/identities': 404,
    '/identities': 404,
    '/self-service/admin/identities': 404,
    '/sessions/../admin/identities': 400,
    '/self-service/%2e%2e/admin/identities': 400,
    '/self-service/..%2fadmin/identities': 400,
    '//admin/identities': 400,
  }
  for (const [path, status] of Object.entries(paths)) {
    expect(await rawStatus(path), path).toBe(status)
  }
})

/** The status of a path that no client has tidied up. */
function rawStatus(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ host: 'localhost', port: 4455, path }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })
}

test('change-password leads to the settings', async ({ request, page, person }) => {
  const response = await request.get('/.well-known/change-password', { maxRedirects: 0 })
  expect(response.status()).toBe(303)
  expect(response.headers().location).toBe('/settings')
  await signIn(page, person)
  await page.goto('/.well-known/change-password')
  await expect(page).toHaveURL(/\/settings\?flow=/)
})

test('security headers are on every answer', async ({ request }) => {
  const paths = [
    '/login',
    '/login?flow=none',
    '/welcome',
    '/error',
    '/no-such-page',
    '/health/alive',
    '/health/ready',
    '/self-service/login/browser',
    '/sessions/whoami',
    '//refused',
    '/favicon.ico',
    '/.well-known/change-password',
  ]
  const html = await (await request.get('/welcome')).text()
  const assets = [...html.matchAll(/(?:src|href)="(\/_next\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(assets.length).toBeGreaterThan(3)
  const nonces = new Set<string>()
  for (const path of [...paths, ...assets]) {
    const response = await request.get(`http://localhost:4455${path}`, { maxRedirects: 0 })
    const headers = response.headers()
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['x-frame-options'], path).toBe('DENY')
    expect(headers['referrer-policy'], path).toBe('same-origin')
    expect(headers['x-request-id'], path).toMatch(/^[\w-]{36}$/)
    const csp = headers['content-security-policy'] ?? ''
    expect(csp, path).toContain("default-src 'none'")
    expect(csp, path).not.toMatch(/unsafe/)
    const nonce = /'nonce-([^']+)'/.exec(csp)?.[1] ?? ''
    expect(nonces.has(nonce), path).toBe(false)
    nonces.add(nonce)
    if (path.startsWith('/_next/static')) expect(headers['cache-control'], path).toContain('immutable')
    else expect(headers['cache-control'], path).toContain('no-store')
    const body = await response.text()
    expect(`${JSON.stringify(headers)}${body}`, path).not.toMatch(/:45(33|35)\b|127\.0\.0\.1/)
  }
})

test('the login page loads few files, all from us', async ({ page }) => {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await page.goto('/login', { waitUntil: 'networkidle' })
  // The two redirects on the way are no files.
  const files = urls.filter((url) => !/\/(login|self-service\/login\/browser)$/.test(url))
  expect(files.filter((url) => new URL(url).origin !== 'http://localhost:4455')).toEqual([])
  expect(files.filter((url) => url.endsWith('.css'))).toHaveLength(1)
  expect(files.length).toBeLessThanOrEqual(12)
})
