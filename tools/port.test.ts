import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { assertPortFree } from './port.ts'

let server: Server | undefined
afterEach(() => server?.close())

test.each(['127.0.0.1', '::1', '0.0.0.0'])('names the port and the process that listens on %s', async (host) => {
  const port = await listen(host)
  const error = await assertPortFree(port).catch((reason: Error) => reason)
  const holder = process.platform === 'linux' ? ` by process ${process.pid} (` : ''
  expect((error as Error).message).toContain(`Port ${port} is in use${holder}`)
  expect((error as Error).message).not.toContain('\n')
})

test('accepts a free port', async () => {
  const port = await listen('127.0.0.1')
  await new Promise((resolve) => server?.close(resolve))
  await expect(assertPortFree(port)).resolves.toBeUndefined()
})

function listen(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const listening = createServer()
    server = listening
    listening.once('error', reject)
    listening.listen(0, host, () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
