import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeStandalone } from '../tools/testing/standalone.ts'

const start = makeStandalone(`response.end('page')`)

test('without Kratos it starts and says what it waits for, and within 2 s of Kratos being there it is ready', async () => {
  const kratos = createServer((_request, response) => response.end('{"status":"ok"}'))
  onTestFinished(() => void kratos.close())
  await new Promise<void>((resolve) => kratos.listen(0, '127.0.0.1', resolve))
  const { port } = kratos.address() as AddressInfo
  await new Promise((resolve) => kratos.close(resolve))

  const ui = start({ COOKIE_SECRET: 'x'.repeat(32), HOST: '127.0.0.1', KRATOS_PUBLIC_URL: `http://127.0.0.1:${port}` })
  const said = () => ui.lines().flatMap(({ msg }) => (msg === 'request' ? [] : [msg]))
  expect((await fetch(`http://127.0.0.1:${(await ui.up()).port}/`)).status).toBe(200)
  const reason = 'Kratos cannot be reached (ECONNREFUSED)'
  await vi.waitFor(
    () => expect(ui.lines()).toContainEqual(expect.objectContaining({ msg: 'not ready', reason })),
    3_000,
  )
  // Long enough for another look: nothing is said twice.
  await new Promise((resolve) => setTimeout(resolve, 1_200))

  kratos.listen(port, '127.0.0.1')
  const there = Date.now()
  await vi.waitFor(() => expect(said()).toEqual(['not ready', 'ready']), 10_000)
  expect(Number(ui.lines().at(-1)?.time) - there).toBeLessThan(2_000)
})
