import { readForms, readLinks } from './forms.ts'

const MAX_REDIRECTS = 10

/**
 * A browser for one site, or a few that share their cookies, without JavaScript: keeps cookies, follows redirects, submits the
 * forms of the page it is on.
 */
export class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #origins: readonly string[]
  #url: URL
  #html = ''

  /**
   * @param origin the site; no request goes to another
   * @param others but to these: other ports of the same host, which have the same cookies
   */
  constructor(origin: string, others: readonly string[] = []) {
    this.#url = new URL(origin)
    this.#origins = [this.#url.origin, ...others]
  }

  /** The page that is open, as it was sent. */
  get html(): string {
    return this.#html
  }

  /** Opens a page. Throws when it, or a redirect on the way, fails with a status of 500 or more. */
  open(path: string): Promise<void> {
    return this.#go(path, 'none', {})
  }

  /**
   * Fills in and submits the form that has a button of this method.
   *
   * @param method the value of the button named `method`
   * @param values by the names of the inputs
   * @throws Error when the page has no such form or input, or as {@link open} does
   */
  submit(method: string, values: Record<string, string>): Promise<void> {
    const isButton = ([name, value]: [string, string]) => name === 'method' && value === method
    const form = readForms(this.#html).find(({ buttons }) => buttons.some(isButton))
    if (!form) throw new Error(`${this.#url} has no form with a button method=${method}`)
    for (const [name, value] of Object.entries(values)) {
      if (!form.fields.has(name)) throw new Error(`the form method=${method} on ${this.#url} has no field ${name}`)
      form.fields.set(name, value)
    }
    const body = new URLSearchParams([...form.fields])
    body.set('method', method)
    return this.#go(form.action, 'same-origin', { method: form.method.toUpperCase(), body })
  }

  /** Opens the first link of the page whose target contains a text. Throws when there is none, or as {@link open}. */
  follow(part: string): Promise<void> {
    const href = readLinks(this.#html).find((target) => target.includes(part))
    if (!href) throw new Error(`${this.#url} has no link with ${part}`)
    return this.#go(href, 'same-origin', {})
  }

  // `site` is what browsers send as Sec-Fetch-Site: whether a page of this site, or the person, asked for it.
  async #go(target: string, site: 'same-origin' | 'none', init: RequestInit): Promise<void> {
    let url = new URL(target, this.#url)
    let request = init
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (!this.#origins.includes(url.origin)) throw new Error(`${this.#url} leads away, to ${url.origin}`)
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { cookie, accept: 'text/html', 'sec-fetch-site': site }
      const response = await fetch(url, { ...request, redirect: 'manual', headers })
      this.#keepCookies(response.headers.getSetCookie())
      this.#html = await response.text()
      this.#url = url
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || !location) {
        if (response.status >= 500) throw new Error(`${url} answered ${response.status}`)
        return
      }
      url = new URL(location, url)
      request = {}
    }
    throw new Error(`${target} led to more than ${MAX_REDIRECTS} redirects`)
  }

  #keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const maxAge = /;\s*max-age=(-?\d+)/i.exec(line)?.[1]
      const expires = /;\s*expires=([^;]+)/i.exec(line)?.[1]
      const gone = maxAge === undefined ? expires && Date.parse(expires) <= Date.now() : Number(maxAge) <= 0
      if (gone) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}
