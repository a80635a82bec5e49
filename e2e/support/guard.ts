import type { BrowserContext, ConsoleMessage, Request } from '@playwright/test'

/**
 * Watches a browser: no CSP violation, no console error, no uncaught error, no request to another host. Nothing that is
 * not on this machine is ever asked: foreign hosts get an empty page, which a test can allow.
 */
export class Guard {
  readonly problems: string[] = []
  readonly #allowedHosts = new Set<string>()
  readonly #allowedConsole: RegExp[] = []

  /** Lets the browser go to a host, which then shows an empty page. */
  allowHost(host: string): void {
    this.#allowedHosts.add(host)
  }

  /** Lets console errors pass that belong to the test: Chromium logs each page with an error status. */
  allowConsole(pattern: RegExp): void {
    this.#allowedConsole.push(pattern)
  }

  /** Starts to watch all pages of a context. */
  async watch(context: BrowserContext): Promise<void> {
    await context.route(isForeign, (route) => {
      const { hostname } = new URL(route.request().url())
      if (!this.#allowedHosts.has(hostname)) this.problems.push(`request to another host: ${hostname}`)
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>elsewhere</title>' })
    })
    context.on('console', (message) => this.#onConsole(message))
    context.on('weberror', (error) => this.problems.push(`uncaught error: ${error.error().message}`))
    context.on('requestfailed', (request) => this.#onFailed(request))
  }

  /** @throws Error with all problems, if there were any */
  assertClean(): void {
    if (this.problems.length > 0) throw new Error(`The browser complained:\n${this.problems.join('\n')}`)
  }

  #onConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error') return
    const text = message.text()
    if (/Content Security Policy/i.test(text)) this.problems.push(`CSP violation: ${text}`)
    else if (!this.#allowedConsole.some((pattern) => pattern.test(text))) {
      this.problems.push(`console error: ${text}`)
    }
  }

  #onFailed(request: Request): void {
    const reason = request.failure()?.errorText ?? ''
    // With JavaScript off, Chromium reports each script as blocked; with it, a blocked script is a console error too.
    if (request.resourceType() === 'script') return
    if (/csp|ERR_BLOCKED/i.test(reason)) this.problems.push(`blocked request: ${reason} ${request.url()}`)
  }
}

/** Whether a URL leaves this machine. */
function isForeign(url: URL): boolean {
  return /^https?:$/.test(url.protocol) && !/(^|\.)localhost$/.test(url.hostname)
}
