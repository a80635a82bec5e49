import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, chromium, type Page, type Request } from '@playwright/test'
import { expect, fillLogin, signIn, test, UI } from './fixtures.ts'

test('a flow whose form leads to somebody else is not shown', async ({ page, guard }) => {
  guard.allowConsole(/status of 502/)
  await page.goto('/login')
  await page.context().addCookies([{ name: 'e2e_fault', value: 'elsewhere', url: UI.sameOrigin }])
  const response = await page.reload()
  expect(response?.status()).toBe(502)
  await expect(page.locator('main').getByRole('alert')).toContainText('an address that does not belong to this service')
  await expect(page.locator('form[method="post"], input')).toHaveCount(0)
  expect(await response?.text()).not.toContain('evil.example')
})

test('after a sign-out, Back does not bring back a page of the account', async ({
  person,
  launchOptions,
  javaScriptEnabled,
}) => {
  // Playwright switches off the cache that Back takes pages from.
  const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
  try {
    const page = await browser.newPage({ baseURL: UI.sameOrigin, locale: 'en', javaScriptEnabled })
    for (const path of ['/welcome', '/settings', '/sessions']) {
      await signIn(page, person)
      await page.goto(path)
      await expect(page.getByTestId('logout-link').or(page.locator('a[href^="/logout"]')).first()).toBeVisible()
      await page.locator('a[href^="/logout"]').first().click()
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
      await page.goBack()
      // /welcome says that nobody is signed in, the others lead to the login.
      await expect(page.getByRole('heading', { name: /Sign in|Welcome/ }), path).toBeVisible()
      await expect(page.locator('a[href^="/logout"]'), path).toHaveCount(0)
      expect(await page.content(), path).not.toContain(person.email)
    }
  } finally {
    await browser.close()
  }
})

/** The next request that leaves for another origin than the page's, with what it tells of where it comes from. */
async function leaving(page: Page, origin: string, leave: () => Promise<unknown>): Promise<Record<string, string>> {
  const [request] = await Promise.all([
    page.waitForRequest((one: Request) => new URL(one.url()).origin === origin && one.isNavigationRequest()),
    leave(),
  ])
  // What was really sent is known once it is answered.
  await request.response()
  return request.allHeaders()
}

test('a link to another site does not tell it where it stood', async ({ page }) => {
  // What the other site really gets.
  const got: IncomingHttpHeaders[] = []
  const elsewhere = createServer(({ headers, url }, response) => {
    if (url === '/') got.push(headers)
    response.end('elsewhere')
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  try {
    await page.goto('/login')
    expect(page.url()).toContain('flow=')
    await page.evaluate(
      (href) => {
        const link = document.createElement('a')
        link.textContent = 'elsewhere'
        link.href = href
        // Not in what React looks after: it may not have come yet.
        document.body.append(link)
      },
      `http://elsewhere.localhost:${(elsewhere.address() as AddressInfo).port}/`,
    )
    await page.getByRole('link', { name: 'elsewhere' }).click()
    await expect(page.getByText('elsewhere')).toBeVisible()
    await expect(page).toHaveURL(/elsewhere\.localhost/)
    expect(got.map(({ referer, cookie }) => [referer, cookie])).toEqual([[undefined, undefined]])
  } finally {
    elsewhere.close()
    elsewhere.closeAllConnections()
  }
})

test('a form that goes to another origin does not tell it the flow’s page', async ({ page, person }) => {
  await page.goto(`${UI.subdomains}/login`)
  expect(page.url()).toContain('flow=')
  const headers = await leaving(page, 'http://kratos.example.localhost:4543', () => fillLogin(page, person))
  expect(headers.referer).toBeUndefined()
  expect(headers.origin ?? 'null').toMatch(/^(null|http:\/\/ui\.example\.localhost:4465)$/)
  // The cookies of this page are for this host alone.
  expect(headers.cookie ?? '').not.toMatch(/ksui_/)
})

test('our cookies are for our host alone, and no script reads them', async ({ page, context, person }) => {
  await page.goto(`${UI.sameOrigin}/settings?return_to=%2Fsessions`)
  await fillLogin(page, person)
  await page.goto('/login?restart=expired')
  const ours = (await context.cookies()).filter(({ name }) => name.startsWith('ksui_'))
  expect(ours.length).toBeGreaterThanOrEqual(2)
  for (const cookie of ours) {
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' })
  }
  expect(await page.evaluate(() => document.cookie)).not.toContain('ksui_')
})

// Without the guard, which would take each of these for a violation.
base('no text becomes a script or HTML', async ({ page, javaScriptEnabled }) => {
  await page.goto('/login')
  const tried = await page.evaluate(() => {
    const attempt = (act: () => unknown) => {
      try {
        act()
        return 'done'
      } catch (error) {
        return (error as Error).name
      }
    }
    const load = (src: string) => attempt(() => Object.assign(document.createElement('script'), { src }))
    return {
      html: attempt(() => document.body.insertAdjacentHTML('beforeend', '<b>x</b>')),
      code: attempt(() => Object.assign(document.createElement('script'), { text: 'x' })),
      policy: attempt(() => Reflect.get(self, 'trustedTypes').createPolicy('mine', {})),
      again: attempt(() => Reflect.get(self, 'trustedTypes').createPolicy('default', {})),
      elsewhere: load('https://evil.example/_next/static/x.js'),
      lookalike: load(`${location.origin}.evil.example/_next/static/x.js`),
      data: load('data:text/javascript,x'),
      ours: load('/self-service/x.js'),
      out: load('/_next/static/../../self-service/x.js'),
      build: load('/_next/static/chunks/x.js'),
    }
  })
  const { build, again, ...others } = tried
  expect(new Set(Object.values(others))).toEqual(new Set(['TypeError']))
  // Without JavaScript there is no policy that could take anything, nor a script.
  if (javaScriptEnabled === false) return
  expect([build, again]).toEqual(['done', 'TypeError'])
  // Later, since what the debugger itself runs may evaluate text.
  const evaluate = () =>
    new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function('return 1')())
        } catch (error) {
          resolve((error as Error).name)
        }
      })
    })
  expect(await page.evaluate(evaluate)).toBe('EvalError')
})
