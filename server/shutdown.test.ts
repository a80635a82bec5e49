import { once } from 'node:events'
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { bodyOf, send, serve } from '../tools/http/loopback.ts'
import { shutDownGracefully } from './shutdown.ts'

/** A server that shuts down, with a request under way that is answered when the test says so. */
async function startWithRequest(deadline?: number, agent?: Agent) {
  const exit = vi.fn()
  const held: ServerResponse[] = []
  const { server, port } = await serve((_request, response) => void held.push(response))
  const before = { SIGTERM: process.rawListeners('SIGTERM'), SIGINT: process.rawListeners('SIGINT') }
  const stop = shutDownGracefully(server, exit, deadline)
  const added = (signal: 'SIGTERM' | 'SIGINT') =>
    process.rawListeners(signal).filter((listener) => !before[signal].includes(listener))
  onTestFinished(() => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      for (const listener of added(signal)) process.removeListener(signal, listener as () => void)
    }
  })
  const outgoing = request({ host: '127.0.0.1', port, ...(agent ? { agent } : {}) }).end()
  const answer = once(outgoing, 'response') as Promise<[IncomingMessage]>
  await once(server, 'request')
  return { server, port, stop, exit, held, answer, added }
}

test('a request that is under way is answered, and then the process ends', async () => {
  const { stop, exit, held, answer } = await startWithRequest()
  stop()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(exit).not.toHaveBeenCalled()
  held[0]?.end('done')
  const [incoming] = await answer
  expect(await bodyOf(incoming)).toBe('done')
  await vi.waitFor(() => expect(exit).toHaveBeenCalledExactlyOnceWith(0))
})

test('new connections are refused', async () => {
  const { stop, port, answer } = await startWithRequest()
  answer.catch(() => undefined)
  stop()
  await expect(send(port)).rejects.toThrow('ECONNREFUSED')
})

test('a kept-alive connection does not hold the process up', async () => {
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const { stop, exit, held, answer } = await startWithRequest(60_000, agent)
  stop()
  held[0]?.end('done')
  const [incoming] = await answer
  await bodyOf(incoming)
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0), 1_000)
})

test('a request on a kept-alive connection is answered with Connection: close', async () => {
  const { server, stop, answer } = await startWithRequest()
  answer.catch(() => undefined)
  stop()
  const response = { setHeader: vi.fn() }
  server.emit('request', {}, response)
  expect(response.setHeader).toHaveBeenCalledWith('Connection', 'close')
})

test('at the deadline what is still under way is cut off', async () => {
  const { stop, exit, answer } = await startWithRequest(50)
  const cut = expect(answer).rejects.toThrow('socket hang up')
  stop()
  await cut
  expect(exit).toHaveBeenCalledWith(0)
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s shuts down; a second one is left to Node', async (signal) => {
  const { added, server, answer } = await startWithRequest()
  answer.catch(() => undefined)
  expect(added(signal)).toHaveLength(1)
  const [listener] = added(signal)
  expect(server.listening).toBe(true)
  ;(listener as () => void)()
  expect(server.listening).toBe(false)
  expect(added(signal)).toEqual([])
})
