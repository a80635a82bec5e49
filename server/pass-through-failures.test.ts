import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { bodyOf, onceAConnection, send } from '../tools/http/loopback.ts'
import { passTo } from '../tools/http/pass-to.ts'
import { MAX_BODY } from './pass-through.ts'

describe('a body that is too large', () => {
  const over = MAX_BODY + 1

  test('by its length never reaches Kratos', async () => {
    const { port, problems } = await passTo(() => expect.unreachable())
    const { status, body } = await send(port, { method: 'POST', body: 'x'.repeat(over) })
    expect([status, body]).toEqual([599, 'problem'])
    expect(problems).toEqual([413])
  })

  test('by its chunks is answered, however much follows', async () => {
    const { port, problems } = await passTo((incoming) => void incoming.on('error', () => undefined).resume())
    const chunks = Array.from({ length: 16 }, () => 'x'.repeat(MAX_BODY))
    expect(await send(port, { method: 'POST', chunks })).toMatchObject({ status: 599, body: 'problem' })
    expect(problems).toEqual([413])
  })

  test('just at the limit passes', async () => {
    const { port } = await passTo(async (incoming, outgoing) => outgoing.end(String((await bodyOf(incoming)).length)))
    const half = 'x'.repeat(MAX_BODY / 2)
    expect((await send(port, { method: 'POST', body: half + half })).body).toBe(String(MAX_BODY))
    expect((await send(port, { method: 'POST', chunks: [half, half] })).body).toBe(String(MAX_BODY))
  })
})

describe('when something breaks', () => {
  test('Kratos is down', async () => {
    const { port, problems, upstream } = await passTo(() => undefined)
    upstream.server.close()
    await once(upstream.server, 'close')
    expect(await send(port, { method: 'POST', body: 'a=1' })).toMatchObject({
      status: 599,
      body: 'problem',
    })
    expect(problems).toEqual([503])
  })

  test('Kratos hangs up without an answer', async () => {
    const { port, problems } = await passTo((incoming) => incoming.socket.destroy())
    expect((await send(port)).body).toBe('problem')
    expect(problems).toEqual([503])
  })

  test('no form goes out on a connection that Kratos is closing', async () => {
    const { port, problems } = await passTo(onceAConnection((_incoming, outgoing) => outgoing.end('done')))
    await send(port)
    expect((await send(port, { method: 'POST', body: 'a=1' })).body).toBe('done')
    expect(problems).toEqual([])
  })

  test('a form has its time on a connection that the server before Kratos would soon have closed', async () => {
    const { port, problems, upstream } = await passTo(async (incoming, outgoing) => {
      if (incoming.method === 'POST') await new Promise((later) => setTimeout(later, 1_300))
      outgoing.end('done')
    })
    // As load balancers on Node do: "Keep-Alive: timeout=2", of which an agent makes 1 s.
    upstream.server.keepAliveTimeout = 2_000
    await send(port)
    expect((await send(port, { method: 'POST', body: 'a=1' })).body).toBe('done')
    expect(problems).toEqual([])
  })

  test('Kratos dies in the middle of a body: the answer is cut off, never completed', async () => {
    const { port, problems } = await passTo((_request, response) => {
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    })
    await expect(send(port)).rejects.toThrow('aborted')
    expect(problems).toEqual([])
  })

  test('the browser goes away: Kratos is no longer asked, and nobody is answered', async () => {
    let gone: Promise<unknown> = Promise.resolve()
    const { port, problems, upstream } = await passTo((_incoming, outgoing) => {
      gone = once(outgoing, 'close')
    })
    const asked = once(upstream.server, 'request')
    const outgoing = request({ host: '127.0.0.1', port }).end()
    outgoing.on('error', () => undefined)
    await asked
    outgoing.destroy()
    await gone
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(problems).toEqual([])
  })

  test('the browser goes away in the middle of its own body', async () => {
    const { port, problems, upstream } = await passTo(() => undefined)
    const asked = once(upstream.server, 'request')
    const outgoing = request({ host: '127.0.0.1', port, method: 'POST' })
    outgoing.on('error', () => undefined)
    outgoing.write('half')
    const [incoming] = await asked
    outgoing.destroy()
    await expect(bodyOf(incoming)).rejects.toThrow('aborted')
    expect(problems).toEqual([])
  })
})

describe('an answer that is no page for a person', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const page = { accept: 'text/html,application/xhtml+xml' }
  test.each([
    ['bare JSON becomes a page', 400, '/self-service/verification/browser', page, json, [400]],
    ['a Kratos that fails becomes a page', 500, '/self-service/login', page, json, [503]],
    ['a gateway that has enough', 429, '/self-service/login', page, { 'content-type': 'text/plain' }, [429]],
    ['the error page of a gateway', 502, '/self-service/login', page, { 'content-type': 'text/html' }, [503]],
    ['any other page of a gateway', 200, '/self-service/login', page, { 'content-type': 'text/html' }, [503]],
    ['a redirect stays one', 303, '/self-service/login', page, { 'content-type': 'text/html', location: '/x' }, []],
    ['stays JSON for a script', 500, '/self-service/verification/browser', { accept: 'application/json' }, json, []],
    ['stays JSON where no person goes', 401, '/sessions/whoami', page, json, []],
    ['wrong JSON in place of a redirect', 200, '/self-service/login/browser', page, json, [503]],
    ['wrong JSON in place of a redirect, after a form', 200, '/self-service/login?flow=1', page, json, [503]],
    ['a flow that is looked into stays JSON', 200, '/self-service/login/flows?id=1', page, json, []],
  ])('%s', async (_name, status, path, headers, type, expected) => {
    const { port, problems } = await passTo((_request, response) => response.writeHead(status, type).end('{}'))
    expect((await send(port, { path, headers })).status).toBe(expected.length > 0 ? 599 : status)
    expect(problems).toEqual(expected)
  })
})
