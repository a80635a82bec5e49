import type { Values } from './person.ts'

const MAX_REDIRECTS = 8

/**
 * Says at the identity provider of the tests (e2e/support/identity-provider.ts) who one is.
 *
 * @param url where Kratos sent the person
 * @param account the fields of the provider's page
 * @returns the URL of Kratos to which the provider leads back
 */
export async function answerProvider(url: string, account: Values): Promise<string> {
  const { origin } = new URL(url)
  const cookies = new Map<string, string>()
  let [next, init]: [string, RequestInit] = [url, {}]
  for (let redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next, { ...init, headers: { cookie }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    // The page that asks: its form goes to where it is.
    if (location === null) init = { method: 'POST', body: new URLSearchParams({ ...account, choice: 'sign-in' }) }
    else {
      next = new URL(location, next).href
      init = {}
      if (new URL(next).origin !== origin) return next
    }
  }
  throw new Error(`the identity provider led to more than ${MAX_REDIRECTS} redirects`)
}
