import type { Flow, FlowType } from '../../lib/kratos/flows.ts'

/** What a form sends, besides the CSRF token. */
export type Values = Readonly<Record<string, string>>

const MAX_REDIRECTS = 8

/** Somebody at a browser who never sees a page: keeps Kratos's cookies, starts flows and posts their forms. */
export class Person {
  readonly #kratosUrl: string
  readonly #cookies = new Map<string, string>()

  /** @param kratosUrl of the public API, without a slash at the end */
  constructor(kratosUrl: string) {
    this.#kratosUrl = kratosUrl
  }

  /** Starts a flow as a browser does, and fetches it as the UI does. Throws when Kratos leads to no flow. */
  async start(type: FlowType, params: Values = {}): Promise<Flow> {
    const query = new URLSearchParams(params)
    return required(await this.#go(`/self-service/${type}/browser?${query}`, {}), `start ${type}`)
  }

  /** Posts a flow's form, and fetches the flow to which that leads. Throws when it leads to none. */
  async submit(flow: Flow, values: Values): Promise<Flow> {
    return required(await this.#go(...post(flow, values)), `submit ${Object.keys(values)}`)
  }

  /** Posts a flow's form that leads out of the flows, such as a sign-in. Throws when it leads to a flow. */
  async finish(flow: Flow, values: Values): Promise<void> {
    const next = await this.#go(...post(flow, values))
    if (next) throw new Error(`${Object.keys(values)} led to a flow: ${JSON.stringify(next.ui.messages)}`)
  }

  /** Posts a flow's form that leads to another server, such as a social sign-in. Returns where to. */
  async leave(flow: Flow, values: Values): Promise<string> {
    const location = (await this.#fetch(...post(flow, values))).headers.get('location')
    if (!location) throw new Error(`${Object.keys(values)} led nowhere`)
    return location
  }

  /** Comes back from there, by a URL of Kratos, and fetches the flow to which that leads. Throws when it leads to none. */
  async comeBack(url: string): Promise<Flow> {
    const { pathname, search } = new URL(url)
    return required(await this.#go(pathname + search, {}), pathname)
  }

  /** A GET of the public API. Throws on any answer but a 200. */
  async get(path: string): Promise<unknown> {
    const response = await this.#fetch(path, {})
    if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}`)
    return response.json()
  }

  /** Follows redirects inside Kratos; a page of the UI with a flow is that flow. */
  async #go(start: string, init: RequestInit): Promise<Flow | undefined> {
    let [path, request] = [start, init]
    for (let redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
      const response = await this.#fetch(path, request)
      const location = response.headers.get('location')
      if (!location) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      const { pathname, search, searchParams } = new URL(location)
      const [flow, error] = [searchParams.get('flow'), searchParams.get('id')]
      if (pathname === '/error') throw new Error(JSON.stringify(await this.get(`/self-service/errors?id=${error}`)))
      if (flow) return (await this.get(`/self-service${pathname}/flows?id=${flow}`)) as Flow
      if (!pathname.startsWith('/self-service/')) return undefined
      path = pathname + search
      request = {}
    }
    throw new Error(`${start} led to more than ${MAX_REDIRECTS} redirects`)
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, accept: 'text/html,application/json', 'user-agent': 'Mozilla/5.0 (recorded)' }
    const response = await fetch(this.#kratosUrl + path, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }
}

/** The value of a flow's input. Throws when the flow has no input of that name with a value. */
export function inputValue(flow: Flow, name: string): string {
  for (const { attributes } of flow.ui.nodes) {
    if ('name' in attributes && attributes.name === name && attributes.value) return String(attributes.value)
  }
  throw new Error(`the flow has no value of ${name}`)
}

function post(flow: Flow, values: Values): [path: string, init: RequestInit] {
  const body = new URLSearchParams({ csrf_token: inputValue(flow, 'csrf_token'), ...values })
  const action = new URL(flow.ui.action)
  return [action.pathname + action.search, { method: 'POST', body }]
}

function required(flow: Flow | undefined, what: string): Flow {
  if (!flow) throw new Error(`${what} led to no flow`)
  return flow
}
