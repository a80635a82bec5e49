import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { readKratosPorts } from '../../tools/kratos/config-ports.ts'
import { configsOf, PROFILES, type Profile } from '../../tools/profiles.ts'

/** Where the UI of a profile finds what it takes for Kratos: a thousand above Kratos's own port. */
export function upstreamPort(profile: Profile): number {
  return readKratosPorts(configsOf(profile)).publicPort + 1000
}

/** Gets the path and the body of each JSON answer of Kratos. */
type OnAnswer = (path: string, body: unknown) => void

/** What a test can make of Kratos's answers to one browser, by the cookie `e2e_fault`. */
export type Fault = 'down' | 'slow' | '500' | 'html' | 'half' | '429' | 'elsewhere'

/** A request that Kratos received. */
export type Received = { method: string; path: string; query: string }

/**
 * Starts a proxy between the UI and Kratos of a profile. Without cookies it changes nothing, and shows each JSON answer to
 * `onAnswer`. A browser with the cookie `e2e_record=<id>` has its requests recorded (`GET /e2e/recorded?id=`), one with
 * `e2e_fault` gets that fault.
 *
 * @returns what stops it
 */
export async function startUpstreamProxy(profile: Profile, onAnswer: OnAnswer): Promise<() => Promise<void>> {
  const target = `http://127.0.0.1:${readKratosPorts(configsOf(profile)).publicPort}`
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
    else forward(url, incoming, outgoing, onAnswer)
  })
  await new Promise<void>((resolve) => server.listen(upstreamPort(profile), '127.0.0.1', resolve))
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

/** What Kratos received from the browser that carries this record id. */
export async function recordedRequests(id: string): Promise<Received[]> {
  const answer = await fetch(`http://127.0.0.1:${upstreamPort(PROFILES.sameOrigin)}/e2e/recorded?id=${id}`)
  return (await answer.json()) as Received[]
}

function forward(url: URL, incoming: IncomingMessage, outgoing: ServerResponse, onAnswer: OnAnswer): void {
  const upstream = request(url, { agent: false, method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(outgoing)
    if (answer.headers['content-type']?.includes('json')) listen(answer, (body) => onAnswer(url.pathname, body))
  })
  upstream.on('error', () => outgoing.destroy())
  incoming.pipe(upstream)
}

/** Beside the pipe, which goes on as if nobody listened. */
function listen(answer: IncomingMessage, onBody: (body: unknown) => void): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => {
    try {
      onBody(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    } catch {
      // Half an answer says nothing.
    }
  })
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
    case '429':
      outgoing.writeHead(429, { 'Content-Type': 'text/html', 'Retry-After': '30' })
      outgoing.end('<h1>Slow down</h1>')
      return
    case 'elsewhere': {
      const attributes = { name: 'identifier', type: 'text', node_type: 'input', disabled: false }
      const nodes = [{ type: 'input', group: 'default', attributes, messages: [], meta: {} }]
      const ui = { action: 'https://evil.example/self-service/login?flow=x', method: 'POST', nodes }
      outgoing.writeHead(200, { 'Content-Type': 'application/json' })
      outgoing.end(JSON.stringify({ id: 'x', type: 'browser', ui }))
      return
    }
    case 'half':
      outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
      outgoing.write('{"id":"')
      setTimeout(() => outgoing.destroy(), 50)
  }
}

function cookie(incoming: IncomingMessage, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(incoming.headers.cookie ?? '')?.[1]
}
