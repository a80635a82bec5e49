import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a proxy makes of the answers of the server behind it: it holds them back for so many ms, or until something is over. */
export type Break = 'drop' | 'half' | '500' | 'html' | 'wrong-json' | 'truncated' | 'huge' | number | Promise<unknown>

/** A form that was posted: what the server answered, and whether all of it went on to the UI. */
export type Posted = { requestId: string; path: string; status: number; location: string; delivered: boolean }

type Answer = { status: number; headers: string[]; body: Buffer; location: string }

/** The answers that a server behind a broken gateway never saw the request of. */
const AT_THE_GATE = new Set<Break | undefined>(['500', 'html'])
const HUGE = 10 * 1024 * 1024
/** The UI waits no longer for an answer to a form (server/pass-through.ts), in ms: then it may still come, but is too late. */
const PATIENCE = 30_000

/** A proxy between the UI and a server, on a port of its own, that can be broken. */
export class FaultProxy {
  /** Every form that the server has answered. */
  readonly posted: Posted[] = []
  /** Paths and queries of requests that have come and have no whole answer yet. */
  readonly underWay = new Set<string>()
  broken: Break | undefined
  /** How many answers it has broken. */
  hits = 0
  /** Where it listens. */
  readonly url: string
  readonly #target: string
  readonly #port: number
  #server: Server | undefined

  /**
   * @param target origin of the server behind it
   * @param port where it listens
   */
  constructor(target: string, port: number) {
    this.#target = target
    this.#port = port
    this.url = `http://127.0.0.1:${port}`
  }

  /** Listens. Does nothing when it does so already. */
  async accept(): Promise<void> {
    if (this.#server) return
    const server = createServer((incoming, outgoing) => {
      const { url = '' } = incoming
      this.underWay.add(url)
      outgoing.on('close', () => this.underWay.delete(url))
      this.#handle(incoming, outgoing).catch(() => outgoing.destroy())
    })
    this.#server = server
    await new Promise<void>((listening) => server.listen(this.#port, '127.0.0.1', listening))
  }

  /** Refuses connections, and ends those that are there, like a port that nobody listens on. */
  async refuse(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    await new Promise<void>((closed) => {
      if (!server) return closed()
      server.close(() => closed())
      server.closeAllConnections()
    })
  }

  /** Ends connections that nobody uses now, as a server does after some time. */
  closeIdle(): void {
    this.#server?.closeIdleConnections()
  }

  async #handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { broken } = this
    if (broken !== undefined) this.hits++
    const body = await buffer(incoming)
    if (AT_THE_GATE.has(broken)) return send(outgoing, GATEWAY[broken as '500' | 'html'])
    const answer = await this.#ask(incoming, body)
    const since = performance.now()
    if (typeof broken === 'number') await sleep(broken)
    else if (broken instanceof Promise) await broken
    const gone = outgoing.destroyed
    const inTime = performance.now() - since < PATIENCE
    if (incoming.method === 'POST') {
      const posted = this.#note(incoming, answer)
      // Only what went out whole: until 'close', a connection that was ended looks like one that is there.
      if (typeof broken !== 'string' && inTime) outgoing.on('finish', () => Object.assign(posted, { delivered: true }))
    }
    if (!gone) spoil(broken, answer, outgoing)
  }

  #note(incoming: IncomingMessage, { status, location }: Answer): Posted {
    const path = (incoming.url ?? '').split('?', 1)[0] ?? ''
    const requestId = String(incoming.headers['x-request-id'])
    const posted = { requestId, path, status, location, delivered: false }
    this.posted.push(posted)
    return posted
  }

  #ask(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const url = new URL(incoming.url ?? '/', this.#target)
      const outgoing = request(url, { agent: false, method: incoming.method, headers: incoming.headers }, (answer) => {
        const { statusCode = 502, rawHeaders, headers } = answer
        const take = (whole: Buffer) =>
          resolve({ status: statusCode, headers: rawHeaders, body: whole, location: headers.location ?? '' })
        buffer(answer).then(take, reject)
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}

const JSON_TYPE = ['Content-Type', 'application/json']
const text = (status: number, headers: string[], body: string): Answer => ({
  status,
  headers,
  body: Buffer.from(body),
  location: '',
})
const WRONG = '{"id":7,"ui":{"action":null,"nodes":{"a":[]}},"error":[1]}'
const GATEWAY = {
  '500': text(500, JSON_TYPE, '{"error":{"code":500,"status":"Internal Server Error","message":"no"}}'),
  html: text(200, ['Content-Type', 'text/html'], '<!doctype html><h1>It works!</h1>'),
}

function spoil(broken: Break | undefined, answer: Answer, outgoing: ServerResponse): void {
  if (broken === 'drop') outgoing.destroy()
  else if (broken === 'half') sendHalf(answer, outgoing)
  else if (broken === 'wrong-json') send(outgoing, text(200, JSON_TYPE, WRONG))
  else if (broken === 'huge') send(outgoing, text(200, JSON_TYPE, `{"id":"x","padding":"${'x'.repeat(HUGE)}"}`))
  else if (broken === 'truncated') {
    send(outgoing, { ...text(200, JSON_TYPE, ''), body: answer.body.subarray(0, answer.body.length >> 1) })
  } else send(outgoing, answer)
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, headers)
  outgoing.end(body)
}

/** The connection ends within the body, or within the headers where there is no body to speak of. */
function sendHalf({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  const { socket } = outgoing
  const lines = headers.flatMap((name, index) => (index % 2 ? [] : [`${name}: ${headers[index + 1]}`]))
  const head = `HTTP/1.1 ${status} Half\r\n${lines.join('\r\n')}`
  const half = body.length > 200 ? [`${head}\r\n\r\n`, body.subarray(0, body.length >> 1)] : [head]
  for (const part of half) socket?.write(part)
  socket?.end(() => socket.destroy())
}
