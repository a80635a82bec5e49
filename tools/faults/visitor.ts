import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { readForms, readLinks } from '../http/forms.ts'
import { flawOf, kindOf } from './page-checks.ts'

const MAX_REDIRECTS = 10
/** Longer than the UI waits for anything, in ms. */
const PATIENCE = 45_000

/** What a visit came to: a page, a page of ours that says no, or no answer at all (the UI itself was away). */
export type Outcome = 'page' | 'problem' | 'refused'

/** What visitors have seen. `flaws` are answers that nobody should ever get. */
export type Tally = {
  requests: number
  pages: number
  problems: number
  refused: number
  flaws: string[]
  /** by request id: what the UI answered to a form */
  posts: Map<string, { status: number; location: string }>
}

export function newTally(): Tally {
  return { requests: 0, pages: 0, problems: 0, refused: 0, flaws: [], posts: new Map() }
}

type Sent = { method: string; url: URL; body?: string; site: 'same-origin' | 'none' }
type Received = { status: number; headers: IncomingHttpHeaders; body: string }

/**
 * A browser without JavaScript whose person is patient: keeps cookies, follows redirects, sends forms, judges each page that it
 * gets, and takes no failure for the end.
 */
export class Visitor {
  html = ''
  url: URL
  #last: Outcome = 'page'
  #starts: { sent: number; answered: number }[] = []
  readonly #cookies = new Map<string, string>()
  readonly #ui: string
  readonly #others: readonly string[]
  readonly #tally: Tally
  readonly #mayBeCut: () => boolean

  /**
   * @param sites the UI's origin, and others that redirects may lead to
   * @param tally gets what it sees
   * @param mayBeCut whether the UI itself may be away now: else a connection that fails is a flaw
   */
  constructor(sites: { ui: string; others?: readonly string[] }, tally: Tally, mayBeCut: () => boolean = () => false) {
    this.#ui = sites.ui
    this.#others = sites.others ?? []
    this.#tally = tally
    this.#mayBeCut = mayBeCut
    this.url = new URL(sites.ui)
  }

  /** Whether the page that is open is this one, and has a text. */
  isAt(path: string, text = ''): boolean {
    return this.url.origin === this.#ui && this.url.pathname === path && this.html.includes(text)
  }

  /** The Cookie header that it would send now. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  open(target: string): Promise<Outcome> {
    return this.#go({ method: 'GET', url: new URL(target, this.#ui), site: 'none' })
  }

  /** Goes to a page as a person does after a page that says "not now": by the link that it offers. */
  async reach(target: string): Promise<Outcome> {
    const [, again] = /<a class="button button-primary" href="([^"]*)"/.exec(this.html) ?? []
    if (this.#last !== 'problem' || again === undefined || again === '/') return this.open(target)
    const url = new URL(again.replaceAll('&amp;', '&') || this.url.href, this.url)
    const outcome = await this.#go({ method: 'GET', url, site: 'same-origin' })
    const there = new URL(target, this.#ui)
    return outcome === 'page' && this.url.pathname !== there.pathname ? this.open(target) : outcome
  }

  /** Fills in the form that has a button, and presses it. A page without it is a flaw. */
  submit([name, value]: [string, string], values: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const form = readForms(this.html).find(({ buttons }) => buttons.some(([n, v]) => n === name && v === value))
    const unknown = Object.keys(values).find((field) => !form?.fields.has(field))
    if (!form || unknown) {
      this.#tally.flaws.push(`${this.url.pathname}: no form ${name}=${value}${unknown ? ` with ${unknown}` : ''}`)
      return Promise.resolve('problem')
    }
    const body = new URLSearchParams([...form.fields])
    for (const [field, filled] of Object.entries(values)) body.set(field, filled)
    body.set(name, value)
    const url = new URL(form.action, this.url)
    return this.#go({ method: form.method.toUpperCase(), url, body: body.toString(), site: 'same-origin' })
  }

  /** Opens the first link whose target has a text. */
  follow(part: string): Promise<Outcome> {
    const href = readLinks(this.html).find((target) => target.includes(part))
    if (href) return this.#go({ method: 'GET', url: new URL(href, this.url), site: 'same-origin' })
    this.#tally.flaws.push(`${this.url.pathname}: no link with ${part}`)
    return Promise.resolve('problem')
  }

  async #go(first: Sent): Promise<Outcome> {
    this.#last = await this.#send(first)
    return this.#last
  }

  async #send(first: Sent): Promise<Outcome> {
    let sent = first
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      this.#tally.requests++
      const start = { sent: performance.now(), answered: Number.POSITIVE_INFINITY }
      if (isStart(sent, this.#ui)) this.#starts.push(start)
      const received = await ask(sent, this.cookie).catch((error: NodeJS.ErrnoException) => error.code ?? error.message)
      start.answered = performance.now()
      if (typeof received === 'string') return this.#noAnswer(sent, received)
      const { status, headers } = received
      this.#keepCookies(headers['set-cookie'] ?? [])
      const location = headers.location ?? ''
      if (sent.method === 'POST' && sent.url.origin === this.#ui) {
        this.#tally.posts.set(String(headers['x-request-id']), { status, location })
      }
      if (status < 300 || status > 399) return this.#arrive(sent.url, received)
      const next = location === '' ? undefined : new URL(location, sent.url)
      if (!next || ![this.#ui, ...this.#others].includes(next.origin)) {
        this.#tally.flaws.push(`${sent.url.pathname}: ${status} to ${next?.origin ?? 'nowhere'}`)
        return 'problem'
      }
      sent = { method: 'GET', url: next, site: sent.site }
    }
    this.#tally.flaws.push(`${first.url.pathname}: more than ${MAX_REDIRECTS} redirects`)
    return 'problem'
  }

  #noAnswer({ method, url }: Sent, code: string): Outcome {
    this.#tally.refused++
    if (!this.#mayBeCut()) this.#tally.flaws.push(`${method} ${url.pathname}: no answer (${code})`)
    return 'refused'
  }

  #arrive(url: URL, { status, headers, body }: Received): Outcome {
    this.url = url
    this.html = body
    if (url.origin !== this.#ui) return status === 200 ? 'page' : 'problem'
    const answer = { path: url.pathname, status, headers, body }
    const flaw = this.#isRestless(answer.path) ? undefined : flawOf(answer)
    if (flaw) this.#tally.flaws.push(flaw)
    const kind = flaw ? 'problem' : kindOf(answer)
    if (kind === 'page') this.#tally.pages++
    else this.#tally.problems++
    return kind
  }

  /** Who starts a fifth time within half a minute is told so, and rightly (lib/start-note.ts): the UI saw each before its answer. */
  #isRestless(path: string): boolean {
    const last = this.#starts.at(-1)?.sent ?? 0
    return path === '/diagnosis' && this.#starts.filter(({ answered }) => answered > last - 30_000).length >= 5
  }

  #keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const age = Number(/;\s*max-age=(-?\d+)/i.exec(line)?.[1] ?? 1)
      const expires = Date.parse(/;\s*expires=([^;]+)/i.exec(line)?.[1] ?? '2100-01-01')
      if (age <= 0 || expires <= Date.now()) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

function isStart({ method, url }: Sent, ui: string): boolean {
  const isFlow = /^\/(login|registration|settings|recovery|verification)$/.test(url.pathname)
  return method === 'GET' && url.origin === ui && isFlow && !url.searchParams.has('flow')
}

/** Asks on a connection of its own. Of a redirect only the head is waited for, as browsers do. */
function ask({ method, url, body, site }: Sent, cookie: string): Promise<Received> {
  const form =
    body === undefined
      ? {}
      : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
  const headers = { accept: 'text/html', 'sec-fetch-site': site, cookie, ...form }
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, method, headers, timeout: PATIENCE }, (incoming) => {
      const { statusCode: status = 0, headers } = incoming
      const isRedirect = status >= 300 && status < 400 && headers.location
      if (isRedirect) {
        incoming.on('error', () => undefined).destroy()
        resolve({ status, headers, body: '' })
      } else textOf(incoming).then((text) => resolve({ status, headers, body: text }), reject)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing for ${PATIENCE / 1000} s`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
