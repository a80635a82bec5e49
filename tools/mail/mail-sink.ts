import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import type { Readable } from 'node:stream'
import { buffer, json } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { INBOX_CSP, inboxPage } from './inbox-page.ts'

/** A mail or text message as the API gives it. `to` are the addresses or numbers it was delivered to, in lower case. */
export type Message = {
  id: string
  to: string[]
  subject: string
  text: string
  html: string
  receivedAt: string
}

/** A mail server, and a gateway for text messages, that keep what they get. */
export type MailSink = { smtpUrl: string; url: string; stop: () => Promise<void> }

// A sink that runs for days must not grow without end.
const KEPT = 1000

/**
 * Starts an SMTP server that accepts every mail and keeps it in memory, and an HTTP server that shows them:
 * `GET /` is an inbox page, `GET /api/messages?to=` the mails as JSON, newest first, `DELETE /api/messages` forgets them.
 * `POST /api/sms` takes a text message, `{"to": …, "text": …}`, as Kratos's HTTP courier sends one, and keeps it likewise.
 *
 * @param options ports (0: any free one) and the address to listen on (default: loopback)
 * @returns the URL for Kratos's `courier.smtp.connection_uri`, the URL of the inbox, and how to stop both
 * @throws Error when a port is busy
 */
export async function startMailSink(options: { smtpPort: number; httpPort: number; host?: string }): Promise<MailSink> {
  const host = options.host ?? '127.0.0.1'
  const messages: Message[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase())
      receive(stream, to).then(
        (message) => {
          keep(messages, message)
          done()
        },
        (error: Error) => done(error),
      )
    },
  })
  // Without a listener, a client that breaks off would end the process.
  smtp.on('error', () => {})
  const http = createServer((request, response) => answer(request, response, messages))
  const smtpPort = await listen(smtp.server, options.smtpPort, host)
  const httpPort = await listen(http, options.httpPort, host).catch((error: Error) => {
    smtp.close()
    throw error
  })

  return {
    smtpUrl: `smtp://${host}:${smtpPort}/?disable_starttls=true`,
    url: `http://${host}:${httpPort}`,
    async stop() {
      http.closeAllConnections()
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => http.close(() => resolve())),
      ])
    },
  }
}

let received = 0

async function receive(stream: Readable, to: string[]): Promise<Message> {
  const mail = await PostalMime.parse(await buffer(stream))
  const { subject = '', text = '', html = '' } = mail
  return newMessage(to, subject, text, html)
}

function newMessage(to: string[], subject: string, text: string, html = ''): Message {
  return { id: String(++received), to, subject, text, html, receivedAt: new Date().toISOString() }
}

function keep(messages: Message[], message: Message): void {
  messages.unshift(message)
  messages.length = Math.min(messages.length, KEPT)
}

async function takeSms(request: IncomingMessage, response: ServerResponse, messages: Message[]) {
  const { to, text } = ((await json(request).catch(() => undefined)) ?? {}) as Record<string, unknown>
  if (typeof to !== 'string' || typeof text !== 'string') {
    response.writeHead(400, { 'Content-Type': 'text/plain' }).end('not {"to": …, "text": …}\n')
    return
  }
  keep(messages, newMessage([to.toLowerCase()], 'Text message', text))
  response.writeHead(204).end()
}

function answer(request: IncomingMessage, response: ServerResponse, messages: Message[]): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sink')
  response.setHeader('Cache-Control', 'no-store')
  if (request.method === 'GET' && pathname === '/') {
    response.setHeader('Content-Security-Policy', INBOX_CSP)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(inboxPage(messages))
  } else if (request.method === 'GET' && pathname === '/api/messages') {
    const to = searchParams.get('to')?.toLowerCase()
    const wanted = to ? messages.filter((message) => message.to.includes(to)) : messages
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(wanted))
  } else if (request.method === 'POST' && pathname === '/api/sms') {
    void takeSms(request, response, messages)
  } else if (request.method === 'DELETE' && pathname === '/api/messages') {
    messages.length = 0
    response.writeHead(204).end()
  } else {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n')
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
