import { createServer, request } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { expect, test } from 'vitest'
import { passThrough } from './pass-through.ts'

test('a Kratos on https is asked for by its own name, not by the name that the browser used', async () => {
  // The server's name stands in clear text in what TLS says first; no certificate is needed to read it.
  const { promise: hello, resolve } = Promise.withResolvers<string>()
  const kratos = createTcpServer((socket) => {
    socket.once('data', (bytes) => {
      resolve(bytes.toString('latin1'))
      socket.destroy()
    })
    socket.on('error', () => undefined)
  }).listen(0)
  const problems: number[] = []
  const pass = passThrough(
    `https://localhost:${(kratos.address() as AddressInfo).port}`,
    (status, _request, response) => {
      problems.push(status)
      response.writeHead(status).end()
    },
  )
  const us = createServer(pass).listen(0)
  const answered = new Promise<void>((done) => {
    const { port } = us.address() as AddressInfo
    const headers = { Host: 'login.example.org' }
    request({ port, path: '/self-service/login/browser', headers }, (answer) => answer.resume().on('end', done)).end()
  })
  expect(await hello).toContain('localhost')
  expect(await hello).not.toContain('login.example.org')
  await answered
  expect(problems).toEqual([503])
  us.close()
  kratos.close()
})
