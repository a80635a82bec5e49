import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MailSink, type Message, startMailSink } from './mail-sink.ts'

let sink: MailSink
beforeEach(async () => {
  sink = await startMailSink({ smtpPort: 0, httpPort: 0 })
})
afterEach(() => sink.stop())

test('keeps a mail with its decoded subject and text', async () => {
  await send('anna@example.org', ['Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=', '', 'Code: 123456'])
  const [mail] = await messages('')
  expect(mail).toMatchObject({ to: ['anna@example.org'], subject: 'Grüße', html: '' })
  expect(mail?.text.trim()).toBe('Code: 123456')
  expect(Date.parse(mail?.receivedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

test('keeps both parts of a mail with text and HTML', async () => {
  await send('anna@example.org', [
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'plain',
    '--b',
    'Content-Type: text/html',
    '',
    '<p>rich</p>',
    '--b--',
  ])
  const [mail] = await messages('')
  expect(mail?.text).toContain('plain')
  expect(mail?.html).toContain('<p>rich</p>')
})

test('lists newest first, by recipient whatever the case', async () => {
  await send('Anna@example.org', ['Subject: one', '', '1'])
  await send('ben@example.org', ['Subject: two', '', '2'])
  await send('anna@example.org', ['Subject: three', '', '3'])
  expect((await messages('')).map(({ subject }) => subject)).toEqual(['three', 'two', 'one'])
  expect((await messages('?to=ANNA@example.org')).map(({ subject }) => subject)).toEqual(['three', 'one'])
  expect(await messages('?to=nobody@example.org')).toEqual([])
})

test('keeps a text message among the mails', async () => {
  await send('anna@example.org', ['Subject: one', '', '1'])
  const response = await sendSms('{"to":"+49301234567","text":"Code: 123456"}')
  expect(response.status).toBe(204)
  expect((await messages('')).map(({ subject }) => subject)).toEqual(['Text message', 'one'])
  const [message] = await messages(`?to=${encodeURIComponent('+49301234567')}`)
  expect(message).toMatchObject({ to: ['+49301234567'], text: 'Code: 123456', html: '' })
})

test.each(['no JSON', 'null', '{"to":"+49301234567"}', '{"to":1,"text":"x"}'])(
  'refuses a text message that is none: %s',
  async (body) => {
    expect((await sendSms(body)).status).toBe(400)
    expect(await messages('')).toEqual([])
  },
)

test('forgets all mails on DELETE', async () => {
  await send('anna@example.org', ['Subject: one', '', '1'])
  const response = await fetch(`${sink.url}/api/messages`, { method: 'DELETE' })
  expect(response.status).toBe(204)
  expect(await messages('')).toEqual([])
})

test('shows mails as text, with their links, and allows no script', async () => {
  await send('anna@example.org', ['Subject: <b>hi</b>', '', '<script>alert(1)</script> https://x.example/?a=1&b=2'])
  const response = await fetch(sink.url)
  const page = await response.text()
  expect(page).toContain('&lt;b&gt;hi&lt;/b&gt;')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain('<a href="https://x.example/?a=1&amp;b=2">')
  expect(page).not.toContain('<script')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('answers 404 to any other path', async () => {
  expect((await fetch(`${sink.url}/api`)).status).toBe(404)
})

test('refuses a port that is in use', async () => {
  const httpPort = Number(new URL(sink.url).port)
  await expect(startMailSink({ smtpPort: 0, httpPort })).rejects.toThrow('EADDRINUSE')
})

function sendSms(body: string): Promise<Response> {
  return fetch(`${sink.url}/api/sms`, { method: 'POST', body })
}

async function messages(query: string): Promise<Message[]> {
  return (await fetch(`${sink.url}/api/messages${query}`)).json() as Promise<Message[]>
}

// Speaks SMTP by hand: each line waits for the server's answer to the one before.
function send(to: string, lines: string[]): Promise<void> {
  const url = new URL(sink.smtpUrl)
  const data = [...lines, '.'].join('\r\n')
  const commands = ['EHLO test', 'MAIL FROM:<kratos@example.org>', `RCPT TO:<${to}>`, 'DATA', data, 'QUIT']
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname)
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk: string) => {
      answer += chunk
      if (!/^\d{3} .*\r\n$/m.test(answer)) return
      if (/^[45]/.test(answer)) reject(new Error(answer))
      answer = ''
      const next = commands.shift()
      if (next) socket.write(`${next}\r\n`)
    })
  })
}
