import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import { withSources } from '#lib/csp.ts'

// The entry (server/) and Next's bundles each load a copy of this module: the global symbol makes them share one store.
const KEY = Symbol.for('kratos-selfservice-ui-next.response')
const holder = globalThis as { [KEY]?: AsyncLocalStorage<ServerResponse> }
holder[KEY] ??= new AsyncLocalStorage()
const responses = holder[KEY]

/** Runs a request handler so that {@link setStatus} finds its response. */
export function withResponse<T>(response: ServerResponse, run: () => T): T {
  return responses.run(response, run)
}

/** The response of the request that is being served; undefined without the entry. */
export function currentResponse(): ServerResponse | undefined {
  return responses.getStore()
}

/**
 * Sets the HTTP status (and headers) of the page that is being rendered. Next itself cannot: see docs/decisions/0003.
 * Without the entry (serverless hosts) it does nothing, and the page is sent with status 200.
 *
 * @param status an HTTP status, 200 to 599
 * @param headers extra response headers, such as Retry-After
 */
export function setStatus(status: number, headers: Readonly<Record<string, string>> = {}): void {
  const response = responses.getStore()
  if (!response || response.headersSent) return
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

const CSP = 'Content-Security-Policy'

/**
 * Allows more in the Content-Security-Policy of the page that is being rendered: what only this page needs. Without the
 * entry there is no policy, and nothing to do.
 *
 * @param directive what the sources are for
 * @param sources CSP sources; they must not come from outside unless they were checked
 */
export function allowInCsp(directive: 'form-action' | 'img-src', sources: readonly string[]): void {
  const response = responses.getStore()
  const policy = response?.getHeader(CSP)
  if (!response || response.headersSent || typeof policy !== 'string' || sources.length === 0) return
  response.setHeader(CSP, withSources(policy, directive, sources))
}
