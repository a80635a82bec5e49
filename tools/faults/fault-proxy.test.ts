import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FaultProxy } from './fault-proxy.ts'
import { freePorts } from './free-ports.ts'

let target: Server
let proxy: FaultProxy

beforeEach(async () => {
  target = createServer((_request, response) => response.writeHead(303, { location: '/next' }).end())
  await new Promise<void>((listening) => target.listen(0, '127.0.0.1', listening))
  const { port } = target.address() as AddressInfo
  proxy = new FaultProxy(`http://127.0.0.1:${port}`, await freePorts(1))
  await proxy.accept()
})

afterEach(async () => {
  await proxy.refuse()
  await new Promise((closed) => target.close(closed))
})

const post = () => fetch(`${proxy.url}/self-service/login`, { method: 'POST', redirect: 'manual' })

test('an answer that went out is delivered', async () => {
  expect((await post()).status).toBe(303)
  await expect.poll(() => proxy.posted).toMatchObject([{ path: '/self-service/login', status: 303, delivered: true }])
})

test('an answer whose connection ends as it comes is not', async () => {
  let come = () => {}
  proxy.broken = new Promise<void>((resolve) => {
    come = resolve
  })
  const told = post().then(
    () => 'an answer',
    () => 'nothing',
  )
  await expect.poll(() => proxy.hits).toBe(1)
  // The server has answered by then; if it has not, its answer finds the connection gone.
  await new Promise((resolve) => setTimeout(resolve, 200))
  const refused = proxy.refuse()
  come()
  await refused
  expect(await told).toBe('nothing')
  await expect.poll(() => proxy.posted).toMatchObject([{ status: 303, delivered: false }])
})
