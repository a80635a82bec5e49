import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos:4433')
  vi.stubEnv('COOKIE_SECRET', 'a secret of 8+')
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

async function load() {
  vi.resetModules()
  return await import('#lib/seal.ts')
}

const value = { type: 'login', list: [1, 2], deep: { text: 'ä' } }

describe('a sealed value', () => {
  test('comes back as it was', async () => {
    const { seal, unseal } = await load()
    expect(await unseal(await seal(value, 60), 60)).toEqual(value)
  })

  test('cannot be read from outside', async () => {
    const { seal } = await load()
    const sealed = await seal({ secret: 'marker' }, 60)
    expect(sealed).not.toContain('marker')
    expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('marker')
  })

  test('is opened by another process with the same secret', async () => {
    const sealed = await (await load()).seal(value, 60)
    expect(await (await load()).unseal(sealed, 60)).toEqual(value)
  })

  test('is not opened with another secret', async () => {
    const sealed = await (await load()).seal(value, 60)
    vi.stubEnv('COOKIE_SECRET', 'another secret')
    expect(await (await load()).unseal(sealed, 60)).toBeUndefined()
  })

  test('is opened with every secret of the list, and sealed with the first', async () => {
    const [oldest, old] = ['the oldest secret', 'the old secret']
    vi.stubEnv('COOKIE_SECRET', oldest)
    const first = await (await load()).seal(value, 60)
    vi.stubEnv('COOKIE_SECRET', `${old},${oldest}`)
    const second = await (await load()).seal(value, 60)
    vi.stubEnv('COOKIE_SECRET', `the new secret,${old},${oldest}`)
    const rotated = await load()
    expect(await rotated.unseal(first, 60)).toEqual(value)
    expect(await rotated.unseal(second, 60)).toEqual(value)
    const third = await rotated.seal(value, 60)
    vi.stubEnv('COOKIE_SECRET', `${old},${oldest}`)
    expect(await (await load()).unseal(third, 60)).toBeUndefined()
    vi.stubEnv('COOKIE_SECRET', old)
    const last = await load()
    expect([await last.unseal(first, 60), await last.unseal(second, 60)]).toEqual([undefined, value])
  })

  test('is not opened when one character in its middle was changed', async () => {
    const { seal, unseal } = await load()
    const sealed = await seal(value, 60)
    const middle = Math.floor(sealed.length / 2)
    const forged = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1)
    expect(await unseal(forged, 60)).toBeUndefined()
  })

  test('is not opened after its time', async () => {
    const { seal, unseal } = await load()
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    const sealed = await seal(value, 600)
    vi.setSystemTime(start + 599_000)
    expect(await unseal(sealed, 600)).toEqual(value)
    // iron-session allows for clocks that differ by a minute.
    vi.setSystemTime(start + 661_000)
    expect(await unseal(sealed, 600)).toBeUndefined()
  })
})

test.each([[undefined], [''], ['nonsense'], ['Fe26.2*1*a*b*c*d*e*f~2'], ['x'.repeat(5000)]])(
  '%j opens to nothing, without an error',
  async (sealed) => {
    const { unseal } = await load()
    expect(await unseal(sealed, 60)).toBeUndefined()
  },
)
