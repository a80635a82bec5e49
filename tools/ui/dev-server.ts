import http from 'node:http'
import next from 'next'
import { EnvError, env } from '../../lib/env.ts'
import { createHandler } from '../../server/handler.ts'
import { logRequest } from '../../server/request-log.ts'

// Development: the same entry in front of Next's development server, with hot reload.

try {
  const environment = env()
  for (const warning of environment.warnings) process.stderr.write(`warning: ${warning}\n`)
  const server = http.createServer()
  const app = next({ dev: true, port: environment.PORT, hostname: 'localhost', httpServer: server })
  await app.prepare()
  const handle = app.getRequestHandler()
  server.on(
    'request',
    createHandler(environment, (request, response) => void handle(request, response), [logRequest]),
  )
  server.listen(environment.PORT, environment.HOST, () => {
    process.stdout.write(`Ready on http://localhost:${environment.PORT}\n`)
  })
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
