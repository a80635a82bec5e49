import { expect, fillLogin, test } from './fixtures.ts'

test('a form is sent once, and its button says that it is busy', async ({ page, person }) => {
  await page.goto('/login')
  const posts: (string | null)[] = []
  // 204: the browser stays on the page, as if Kratos had not answered yet.
  await page.route(/self-service\/login\?/, (route) => {
    posts.push(route.request().postData())
    return route.fulfill({ status: 204 })
  })
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  const button = page.getByRole('button', { name: /^sign in/i })
  await button.click()
  await expect(button).toHaveAttribute('data-busy', 'true')
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  // Not `disabled`: that button would not send its own value.
  await expect(button).toHaveJSProperty('disabled', false)
  await button.click({ force: true })
  await page.getByLabel('Password').press('Enter')
  // Time enough for a second one.
  await page.waitForTimeout(1_000)
  expect(posts).toHaveLength(1)
  expect(posts[0]).toContain('method=password')
})

test('a page that comes out of the Back button’s cache is not busy', async ({ page, person }) => {
  await page.goto('/login')
  await page.route(/self-service\/login\?/, (route) => route.fulfill({ status: 204 }))
  await fillLogin(page, person)
  await expect(page.locator('button[data-busy]')).toHaveCount(1)
  // Playwright switches that cache off: its event is what tells the page.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false })))
  await expect(page.locator('button[data-busy]')).toHaveCount(1)
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(page.locator('button[data-busy]')).toHaveCount(0)
  await expect(page.locator('form[aria-busy]')).toHaveCount(0)
})

test('a form that nothing came of can be sent again', async ({ page, person }) => {
  await page.goto('/login')
  await page.route(/self-service\/login\?/, (route) => route.fulfill({ status: 204 }))
  await fillLogin(page, person)
  await expect(page.locator('button[data-busy]')).toHaveCount(1)
  await expect(page.locator('button[data-busy]')).toHaveCount(0, { timeout: 12_000 })
  await page.unrouteAll()
  await page.getByLabel('Password').press('Enter')
  await page.waitForURL('**/welcome')
})

test('an identifier is not kept for the next person', async ({ page }) => {
  await page.goto('/login')
  await page.locator('input[name="identifier"]').fill('first@example.org')
  await page.goto('/login')
  await expect(page.locator('input[name="identifier"]')).toHaveValue('')
  expect(await page.evaluate(() => sessionStorage.getItem('ksui-identifier'))).toBeNull()
})

test('who forgot the password need not type the address again', async ({ page, person }) => {
  await page.goto('/login')
  await page.locator('input[name="identifier"]').fill(person.email)
  await page.getByTestId('forgot-password-link').click()
  await expect(page.locator('input[name="email"]')).toHaveValue(person.email)
})

test('a form stays when a script of its page does not arrive', async ({ page, guard }) => {
  guard.allowConsole(/Failed to load|ChunkLoadError|chunk/)
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(request.url())
  })
  await page.goto('/login', { waitUntil: 'networkidle' })
  expect(scripts.size).toBeGreaterThan(3)
  const flow = page.url()
  for (const script of scripts) {
    await page.route(script, (route) => route.abort())
    await page.goto(flow, { waitUntil: 'networkidle' })
    await expect(page.locator('input[name="password"]'), script).toBeVisible()
    await page.unrouteAll()
  }
})
