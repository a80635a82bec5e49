import type { Server } from 'node:http'

/** How long requests that are under way may take to end, in ms. Kubernetes sends SIGKILL 30 s after SIGTERM. */
const SHUTDOWN_DEADLINE = 10_000

/**
 * Ends a server on SIGTERM and SIGINT: no new connections, `Connection: close` on what is still answered, idle
 * connections closed, and at the deadline the rest as well.
 *
 * @param exit what ends the process (tests pass their own)
 * @param deadline in ms
 */
export function shutDownGracefully(
  server: Server,
  exit: (code: number) => void = process.exit,
  deadline = SHUTDOWN_DEADLINE,
): () => void {
  let stopping = false
  server.prependListener('request', (_request, response) => {
    if (stopping) response.setHeader('Connection', 'close')
  })
  const stop = () => {
    if (stopping) return
    stopping = true
    server.close(() => exit(0))
    server.closeIdleConnections()
    // Keep-alive connections become idle as their last answer ends.
    setInterval(() => server.closeIdleConnections(), 100).unref()
    setTimeout(() => {
      server.closeAllConnections()
      exit(0)
    }, deadline).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  return stop
}
