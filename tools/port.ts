import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'

/**
 * Makes sure that a server can listen on a port of this machine's loopback addresses.
 *
 * @throws Error, in one line, that names the port and (on Linux) the process that holds it
 */
export async function assertPortFree(port: number): Promise<void> {
  // Browsers try ::1 first for `localhost`, so a stranger there is in the way as well.
  for (const host of ['127.0.0.1', '::1']) {
    const code = await listenError(port, host)
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} is in use${describeHolder(port)}`)
    if (code && code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') {
      throw new Error(`Port ${port} cannot be used: ${code}`)
    }
  }
}

function listenError(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

function describeHolder(port: number): string {
  if (process.platform !== 'linux') return ''
  const pid = holderOf(port)
  if (pid === undefined) return ' by a process of another user'
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
  return ` by process ${pid}${command && ` (${command.slice(0, 120)})`}`
}

/** The process that listens on a port of this machine; undefined where that is not to be seen. Linux only. */
export function holderOf(port: number): number | undefined {
  const inodes = listeningInodes(port)
  const holds = (pid: string) => list(`/proc/${pid}/fd`).some((fd) => inodes.has(linkTarget(`/proc/${pid}/fd/${fd}`)))
  const found = list('/proc').find((name) => /^\d+$/.test(name) && holds(name))
  return found === undefined ? undefined : Number(found)
}

// Columns of /proc/net/tcp: 1 local address (hex, address:port), 3 state (0A: listening), 9 inode.
function listeningInodes(port: number): Set<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of read(table).split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/)
      if (columns[1]?.endsWith(suffix) && columns[3] === '0A') inodes.add(`socket:[${columns[9]}]`)
    }
  }
  return inodes
}

// A process may end, or belong to someone else, while it is looked at.
function list(folder: string): string[] {
  return attempt(() => readdirSync(folder), [])
}

function read(file: string): string {
  return attempt(() => readFileSync(file, 'utf8'), '')
}

function linkTarget(link: string): string {
  return attempt(() => readlinkSync(link), '')
}

function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}
