import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createStub } from '../../e2e/stub-kratos.ts'
import type { FuzzFlow } from './fuzz-flows.ts'

/** What marks an answer that the stub itself has made, so that its failures are not taken for the UI's. */
export const BY_KRATOS = 'x-by-kratos'

/**
 * Starts the stub Kratos, with mutated flows besides the recorded ones, and a mutated session for the cookie `fuzz=<index>`.
 *
 * @returns its port, and what stops it
 */
export async function startFuzzServer(flows: readonly FuzzFlow[], sessions: readonly unknown[], uiUrl: string) {
  const byId = new Map(flows.map((flow) => [flow.id, flow]))
  const stub = createStub(uiUrl)
  const server: Server = createServer((request, response) => {
    response.setHeader(BY_KRATOS, '1')
    const { pathname, searchParams } = new URL(request.url ?? '/', uiUrl)
    const flow = pathname.endsWith('/flows') ? byId.get(searchParams.get('id') ?? '') : undefined
    const index = /(?:^|; )fuzz=(\d+)/.exec(request.headers.cookie ?? '')?.[1]
    const session = pathname === '/sessions/whoami' && index ? sessions[Number(index)] : undefined
    const body = flow?.body ?? session
    if (body === undefined) return void stub.emit('request', request, response)
    response.writeHead(200, { 'Content-Type': 'application/json' })
    // A form that leads elsewhere than to Kratos is refused: what was recorded leads to another port.
    response.end(JSON.stringify(body).replaceAll(/http:\/\/localhost:\d+(?=\/self-service\/)/g, uiUrl))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const stop = () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { port: (server.address() as AddressInfo).port, stop }
}
