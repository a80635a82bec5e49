import { afterEach, describe, expect, test, vi } from 'vitest'

// Everything that is sealed, and what it comes to when it is not what we sealed: nothing, each time.
const SECRET = 'the secret of these tests'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** A process of its own, with this secret. */
async function load(secret: string) {
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos:4433')
  vi.stubEnv('COOKIE_SECRET', secret)
  vi.resetModules()
  const { seal, unseal } = await import('#lib/seal.ts')
  const { NOTE_TTL, FLASH_TTL, parseNote, parseFlash } = await import('#lib/start-note.ts')
  const { consentBrowser, consentCookie } = await import('#lib/consent-browser.ts')
  const { openKnown, sealKnown } = await import('#lib/known-accounts.ts')
  const { formToken, isFormToken } = await import('#lib/form-token.ts')
  const token = (purpose: string) => ({
    make: () => formToken(purpose, 'theirs'),
    open: async (sealed: string) => (await isFormToken(sealed, purpose, 'theirs')) || undefined,
    ttl: 3_600,
  })
  return {
    'the start note': {
      make: () => seal({ starts: [], times: [1] }, NOTE_TTL),
      open: async (sealed: string) => parseNote(await unseal(sealed, NOTE_TTL)),
      ttl: 600,
    },
    'the flash': {
      make: () => seal({ type: 'login', reason: 'expired' }, FLASH_TTL),
      open: async (sealed: string) => parseFlash(await unseal(sealed, FLASH_TTL), 'login'),
      ttl: 30,
    },
    'the browser of a consent': { make: () => consentCookie(undefined), open: consentBrowser, ttl: 3_600 },
    'the known accounts': {
      make: () => sealKnown([{ name: 'ada', method: 'password' }]),
      open: async (sealed: string) => (await openKnown(sealed))[0],
      ttl: 7_776_000,
    },
    'the token of a consent': token('consent'),
    'the token of the sessions page': token('end-session'),
    'the token of the connected applications': token('revoke'),
    'the token of a sign-out': token('logout'),
    'the token of a device': token('device'),
  }
}

const NAMES = Object.keys(await load(SECRET)) as (keyof Awaited<ReturnType<typeof load>>)[]

describe.each(NAMES)('%s', (name) => {
  test('is opened as it was sealed', async () => {
    const { make, open } = (await load(SECRET))[name]
    expect(await open(await make())).toBeDefined()
  })

  test('is nothing when any part of it was changed', async () => {
    const { make, open } = (await load(SECRET))[name]
    const sealed = await make()
    // The last part names the format, and its digits are no secret.
    const end = sealed.lastIndexOf('*') + 1
    const parts = [...sealed.slice(0, end).matchAll(/[^*]+/g)]
    expect(parts.length).toBeGreaterThanOrEqual(6)
    for (const { index, 0: part } of parts) {
      const at = index + Math.floor(part.length / 2)
      const forged = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
      expect(await open(forged), `${index}`).toBeUndefined()
    }
    expect(await open(sealed.slice(0, -20))).toBeUndefined()
  })

  test('is nothing after its time', async () => {
    const { make, open, ttl } = (await load(SECRET))[name]
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    const sealed = await make()
    vi.setSystemTime(start + (ttl - 1) * 1_000)
    expect(await open(sealed)).toBeDefined()
    // iron-session allows for clocks that differ by a minute.
    vi.setSystemTime(start + (ttl + 61) * 1_000)
    expect(await open(sealed)).toBeUndefined()
  })

  test('is opened with an older secret while that is listed, and is nothing from then on', async () => {
    const sealed = await (await load(SECRET))[name].make()
    expect(await (await load(`a newer secret,${SECRET}`))[name].open(sealed)).toBeDefined()
    expect(await (await load('a newer secret'))[name].open(sealed)).toBeUndefined()
  })

  test.each(NAMES.filter((other) => other !== name))('is not %s', async (other) => {
    const all = await load(SECRET)
    expect(await all[name].open(await all[other].make())).toBeUndefined()
  })
})
