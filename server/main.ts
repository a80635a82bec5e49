import http, { type RequestListener } from 'node:http'
import https from 'node:https'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { loadBranding } from '../lib/branding/branding-file.ts'
import { BrandingError } from '../lib/branding/schema.ts'
import { type Env, EnvError, env, portError } from '../lib/env.ts'
import { announceReady } from './announce-ready.ts'
import { serverFor } from './base-path.ts'
import { compressed } from './compressed.ts'
import { createHandler } from './handler.ts'
import { createObservers } from './observers.ts'
import { shutDownGracefully } from './shutdown.ts'
import { staticFiles } from './static-files.ts'
import { readTls, type Tls } from './tls.ts'

// Production: stands in front of Next's unchanged standalone server.js, which creates its HTTP server by
// http.createServer (docs/decisions/0003). Runs from .next/standalone, where the build puts it beside server.js.

process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
// Next's server.js says so too, but only after the environment has been parsed.
Object.assign(process.env, { NODE_ENV: 'production' })
const HOME = fileURLToPath(new URL('..', import.meta.url))
start(...prepare())

/** What can be wrong at the start is wrong here: one line, and the end. */
function prepare(): [Env, Tls | undefined, string] {
  try {
    const environment = env()
    const tls = readTls(environment)
    const server = serverFor(HOME, environment.BASE_PATH)
    const { BRANDING_FILE: file, PROJECT_NAME: name, warnings } = environment
    if (!file) return [environment, tls, server]
    return [{ ...environment, warnings: [...warnings, ...loadBranding(file, name).warnings] }, tls, server]
  } catch (error) {
    return refuse(error)
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof EnvError || error instanceof BrandingError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function start(environment: Env, tls: Tls | undefined, server: string): Promise<void> {
  for (const warning of environment.warnings) process.stderr.write(`warning: ${warning}\n`)
  process.env.PORT = String(environment.PORT)
  // Kubernetes sets HOSTNAME to the pod's name; Next would listen on that. Of 127.0.0.1, it would take proxy.ts's rewrites
  // for ones to another host, and ask itself over HTTP.
  process.env.HOSTNAME = 'localhost'

  const observers = await createObservers(environment).catch(refuse)
  const files = staticFiles(join(dirname(server), '.next', 'static'))
  const createServer = http.createServer
  http.createServer = ((...args: unknown[]) => {
    const listener = args.at(-1) as RequestListener
    http.createServer = createServer
    const handler = createHandler(environment, compressed(listener), observers, files)
    const created = tls ? https.createServer(tls, handler) : createServer(handler)
    // Longer than load balancers keep an idle connection (60 s), or a form goes out on one that is being closed here.
    created.keepAliveTimeout = 75_000
    // Before Next's own listener, which says no variable.
    created.once('error', (error) => refuse(portError('PORT', environment.PORT, error)))
    const listen = created.listen.bind(created) as (...args: unknown[]) => typeof created
    created.listen = (port: unknown, _host: unknown, ...rest: unknown[]) => listen(port, environment.HOST, ...rest)
    shutDownGracefully(created)
    return created
  }) as typeof http.createServer

  await import(pathToFileURL(server).href)
  await announceReady()
}
