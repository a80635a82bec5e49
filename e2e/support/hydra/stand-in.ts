import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { adminRoutes } from './admin.ts'
import { AdminError, notFound } from './admin-errors.ts'
import { HYDRA_ADMIN_URL, ISSUER } from './places.ts'
import { createProvider, userCodes } from './provider.ts'
import { Records } from './records.ts'

/**
 * Starts a stand-in for Ory Hydra: a real OpenID provider (oidc-provider) behind Hydra's public paths and admin routes,
 * so that applications get real tokens by way of our pages. It is not Hydra: see start-hydra.ts for that.
 *
 * `POST /stand-in/break?how=503` on the admin port lets its admin API answer everything with that status, `how=hang` not at
 * all, `how=read-only` each PUT with 500, until it is called without.
 *
 * @returns what stops it
 */
export async function startStandIn(): Promise<() => Promise<void>> {
  const records = new Records()
  const provider = createProvider(records)
  const routes = adminRoutes(provider, records)
  let broken: number | 'hang' | 'read-only' | undefined

  const admin: RequestListener = async (request, response) => {
    const url = new URL(request.url ?? '/', HYDRA_ADMIN_URL)
    if (request.method === 'POST' && url.pathname === BREAK) {
      const how = url.searchParams.get('how')
      broken = how === 'hang' || how === 'read-only' ? how : Number(how) || undefined
      return send(response, 204)
    }
    if (broken === 'hang') return
    const status = broken === 'read-only' ? request.method === 'PUT' && 500 : broken
    if (status) return send(response, status, { error: 'server_error', error_description: 'broken by a test' })
    try {
      const route = routes[`${request.method} ${url.pathname}`]
      if (!route) throw notFound()
      const { status, body } = await route({ query: url.searchParams, body: await bodyOf(request) })
      send(response, status, body)
    } catch (error) {
      if (!(error instanceof AdminError)) console.error('stand-in for Hydra:', error)
      const known = error instanceof AdminError ? error : new AdminError(500, 'error', String(error))
      send(response, known.status, known.body)
    }
  }

  const handle = provider.callback()
  const open: RequestListener = async (request, response) => {
    await followVerifier(records, request)
    hideUserCode(request)
    return handle(request, response)
  }

  const servers = [await listen(open, ISSUER), await listen(admin, HYDRA_ADMIN_URL)]
  return async () => {
    for (const server of servers) await close(server)
  }
}

const BREAK = '/stand-in/break'

/** The browser comes back by GET with a verifier; oidc-provider wants a form instead, which is filled in for it here. */
async function followVerifier(records: Records, request: IncomingMessage): Promise<void> {
  const query = new URL(request.url ?? '/', ISSUER).searchParams
  const verifier = records.verifiers.get(query.get('logout_verifier') ?? query.get('device_verifier') ?? '')
  if (!verifier || request.method !== 'GET') return
  verifier.used()
  request.resume()
  if (!request.readableEnded) await once(request, 'end')
  const body = new URLSearchParams(verifier.fields).toString()
  request.method = 'POST'
  request.url = verifier.path
  request.headers['content-type'] = 'application/x-www-form-urlencoded'
  request.headers['content-length'] = String(body.length)
  Object.assign(request, { body: verifier.fields })
}

function hideUserCode(request: IncomingMessage): void {
  const url = new URL(request.url ?? '/', ISSUER)
  const code = url.searchParams.get('user_code')
  if (request.method !== 'GET' || url.pathname !== '/oauth2/device/verify' || !code) return
  userCodes.set(request, code)
  request.url = url.pathname
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.method !== 'PUT' || request.headers['content-length'] === '0') return {}
  try {
    return (await json(request)) as Record<string, unknown>
  } catch {
    return {}
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

/** Starts an HTTP server at a URL. */
export async function listen(listener: RequestListener, where: string): Promise<Server> {
  const { hostname, port } = new URL(where)
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(Number(port), hostname, resolve)
  })
  return server
}

/** Stops it, with the connections that are open. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
