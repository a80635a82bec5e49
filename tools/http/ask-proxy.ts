import { NextRequest } from 'next/server'
import { vi } from 'vitest'
import type { FlowType } from '#lib/kratos/flows.ts'
import type { StartNote } from '#lib/start-note.ts'

/** Our own origin in these tests, as the request tells it. */
export const US = 'http://ui.example'
/** Kratos, as browsers reach it. */
export const KRATOS = 'https://kratos.example'

type Asking = { method?: string; cookies?: Record<string, string> }

/** Loads proxy.ts as a process of its own with this environment. */
export async function loadProxy(environment: Record<string, string> = {}) {
  vi.unstubAllEnvs()
  vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos.internal:4433')
  vi.stubEnv('KRATOS_BROWSER_URL', KRATOS)
  vi.stubEnv('COOKIE_SECRET', 'x'.repeat(32))
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.resetModules()
  const { env } = await import('#lib/env.ts')
  const { seal, unseal } = await import('#lib/seal.ts')
  const { cookieName } = await import('#lib/cookies.ts')
  const { proxy } = await import('../../proxy.ts')
  // Parsed now, so that a later load with another environment leaves this one alone.
  env()

  /** What the proxy answers: the parts that browsers act on. */
  async function ask(path: string, { method = 'GET', cookies = {} }: Asking = {}) {
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
    const request = new NextRequest(US + path, { method, headers: { cookie: cookie.join('; ') } })
    const response = await proxy(request)
    const set = response.headers.getSetCookie().map((line) => {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes }
    })
    const cookieSet = (name: string) => set.find((one) => one.name === name)
    return { response, location: response.headers.get('location'), set, cookieSet }
  }

  /** A browser's cookies with the note of earlier starts. */
  const sealedNote = async (type: FlowType, note: Partial<StartNote> = {}) => ({
    [cookieName(`start_${type}`)]: await seal({ starts: [], times: [], ...note }, 600),
  })

  /** The note inside a cookie's value. */
  const noteIn = async (value: string | undefined) => (await unseal(value, 600)) as StartNote

  return { ask, sealedNote, noteIn, unseal }
}
