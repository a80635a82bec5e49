import { expect, test } from 'vitest'
import { makeStandalone } from '../tools/testing/standalone.ts'

const start = makeStandalone(`setTimeout(() => response.end('page'), 100)`)

test.each([
  ['nothing', {}, 'COOKIE_SECRET: found nothing, expected a secret of at least 8 characters'],
  [
    'a wrong proxy',
    { COOKIE_SECRET: '12345678', TRUSTED_PROXIES: 'nginx' },
    'TRUSTED_PROXIES: found "nginx", expected addresses, CIDR ranges, loopback or private',
  ],
])('a wrong environment (%s) ends the process with one line', async (_name, environment, problem) => {
  const { printed, exited } = start(environment)
  expect(await exited).toEqual([1, null])
  expect(printed.error).toBe(`Wrong environment: ${problem}\n`)
})

test('a branding file that cannot be used ends the process with one line', async () => {
  const { printed, exited } = start({ COOKIE_SECRET: '12345678', BRANDING_FILE: 'nowhere.json' })
  expect(await exited).toEqual([1, null])
  expect(printed.error).toBe('BRANDING_FILE: found nowhere.json: nowhere.json cannot be read\n')
})

test('serves behind the entry, and on SIGTERM answers what is under way and exits with 0', async () => {
  const { child, printed, exited, up } = start({
    COOKIE_SECRET: '12345678',
    HOST: '127.0.0.1',
    HOSTNAME: 'pod-1',
  })
  const { address, port } = await up()
  expect(address).toBe('127.0.0.1')
  expect(printed.error).toBe('warning: COOKIE_SECRET is shorter than 32 characters\n')
  const answer = fetch(`http://127.0.0.1:${port}/`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  child.kill('SIGTERM')
  const response = await answer
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await response.text()).toBe('page')
  expect(await exited).toEqual([0, null])
})
