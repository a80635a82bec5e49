import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** Where the UI of the main profile finds what it takes for Kratos. */
export const UPSTREAM_PORT = 4535

/** What a test can make of Kratos's answers to one browser, by the cookie `e2e_fault`. */
export type Fault = 'down' | 'slow' | '500' | 'html' | 'half'

/** A request that Kratos received. */
export type Received = { method: string; path: string; query: string }

/**
 * Starts a proxy between the UI and Kratos. Without cookies it changes nothing. A browser with the cookie
 * `e2e_record=<id>` has its requests recorded (`GET /e2e/recorded?id=`), one with `e2e_fault` gets that fault, so tests
 * that run side by side do not disturb each other.
 *
 * @param target Kratos's public API
 * @returns what stops it
 */
export async function startUpstreamProxy(target: string): Promise<() => Promise<void>> {
  const recorded = new Map<string, Received[]>()
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target)
    if (url.pathname === '/e2e/recorded') {
      outgoing.end(JSON.stringify(recorded.get(url.searchParams.get('id') ?? '') ?? []))
      return
    }
    const id = cookie(incoming, 'e2e_record')
    if (id) {
      const seen = { method: incoming.method ?? '', path: url.pathname, query: url.search.slice(1) }
      recorded.set(id, [...(recorded.get(id) ?? []), seen])
    }
    const fault = cookie(incoming, 'e2e_fault') as Fault | undefined
    if (fault) fail(fault, incoming, outgoing)
    else forward(url, incoming, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(UPSTREAM_PORT, '127.0.0.1', resolve))
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

/** What Kratos received from the browser that carries this record id. */
export async function recordedRequests(id: string): Promise<Received[]> {
  const answer = await fetch(`http://127.0.0.1:${UPSTREAM_PORT}/e2e/recorded?id=${id}`)
  return (await answer.json()) as Received[]
}

function forward(url: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const upstream = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(outgoing)
  })
  upstream.on('error', () => outgoing.destroy())
  incoming.pipe(upstream)
}

function fail(fault: Fault, incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume()
  switch (fault) {
    case 'down':
      incoming.socket.destroy()
      return
    case 'slow':
      // Longer than the UI waits (5 s).
      setTimeout(() => outgoing.end('{}'), 8_000)
      return
    case '500':
      outgoing.writeHead(500, { 'Content-Type': 'application/json' })
      outgoing.end(JSON.stringify({ error: { code: 500, status: 'Internal Server Error', message: 'no' } }))
      return
    case 'html':
      outgoing.writeHead(200, { 'Content-Type': 'text/html' })
      outgoing.end('<!doctype html><h1>It works!</h1>')
      return
    case 'half':
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
      outgoing.write('{"id":"')
      setTimeout(() => outgoing.destroy(), 50)
  }
}

function cookie(incoming: IncomingMessage, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(incoming.headers.cookie ?? '')?.[1]
}
