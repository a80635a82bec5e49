import { createServer, type IncomingHttpHeaders, type RequestListener, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** A real HTTP server on a loopback port of its own, for one test. */
export type Loopback = { server: Server; port: number; origin: string }

/** An answer, with its headers both parsed and as they came. */
export type Reply = { status: number; headers: IncomingHttpHeaders; rawHeaders: string[]; body: string }

/** What {@link send} sends; several chunks go without a Content-Length. */
export type Sending = {
  method?: string
  path?: string
  headers?: Record<string, string | string[]>
  body?: string
  chunks?: readonly string[]
}

/** Serves on a free loopback port until the running test ends. */
export async function serve(listener: RequestListener): Promise<Loopback> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { server, port, origin: `http://127.0.0.1:${port}` }
}

/** Listens as usual, but closes a connection when a second request comes on it: what a server does whose end overtakes a request. */
export function onceAConnection(listener: RequestListener): RequestListener {
  const used = new WeakSet<object>()
  return (incoming, outgoing) => {
    if (used.has(incoming.socket)) incoming.socket.destroy()
    else listener(incoming, outgoing)
    used.add(incoming.socket)
  }
}

/** Sends one request, all of it, and reads the answer; rejects when that is cut off. */
export function send(port: number, { method = 'GET', path = '/', headers = {}, ...rest }: Sending = {}) {
  const { body, chunks } = rest
  return new Promise<Reply>((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers } })
    outgoing.on('error', reject)
    outgoing.on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const { statusCode = 0, rawHeaders } = answer
        const done = () => resolve({ status: statusCode, headers: answer.headers, rawHeaders, body: text })
        if (outgoing.writableFinished) done()
        else outgoing.on('finish', done)
      })
    })
    for (const chunk of chunks ?? []) outgoing.write(chunk)
    outgoing.end(body)
  })
}

/** Sends bytes as they are, for what no HTTP client would send; gives all that came until the server hung up. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(received))
  })
}

/** All of a request's body, as text. */
export async function bodyOf(incoming: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of incoming) text += chunk.toString('utf8')
  return text
}
