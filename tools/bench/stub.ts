import { createServer, type Server } from 'node:http'

/** A Kratos that answers from memory, so that what is measured is the UI. */
export type Stub = {
  server: Server
  /** sets what a path (with its query, or without it for any) is answered with */
  put: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => void
}

/** Makes the server, which does not listen yet. What was not {@link Stub.put} there is a 404. */
export function createBenchStub(): Stub {
  const answers = new Map<string, { body: Buffer; headers: Readonly<Record<string, string>> }>()
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    const found = answers.get(url) ?? answers.get(url.replace(/\?.*/, ''))
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...found?.headers }
    response.writeHead(found ? 200 : 404, headers)
    response.end(found?.body ?? '{"error":{"code":404}}')
  })
  // Longer than any connection of the UI rests, as Kratos does.
  server.keepAliveTimeout = 120_000
  const put: Stub['put'] = (path, body, headers = {}) => {
    answers.set(path, { body: Buffer.from(JSON.stringify(body)), headers })
  }
  return { server, put }
}
