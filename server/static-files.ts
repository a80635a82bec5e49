import { globSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'

const PLACE = '/_next/static/'
const BROTLI = /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/
export type StaticFiles = ReturnType<typeof staticFiles>

/**
 * The scripts and the stylesheet for browsers that take brotli, as the build has compressed them (scripts/assemble.ts). Next would
 * compress each of them for each visitor, which takes several times what the page takes (docs/performance.md).
 *
 * @param folder of Next's static files; they are read now
 * @returns a function that answers a request for one of them; false when it leaves that to Next
 */
export function staticFiles(folder: string) {
  const names = globSync('**/*.br', { cwd: folder })
  const files = new Map(names.map((name) => [PLACE + name.slice(0, -3), readFileSync(join(folder, name))]))
  return (path: string, { method, headers }: IncomingMessage, response: ServerResponse): boolean => {
    const file = files.get(path)
    if (!file || (method !== 'GET' && method !== 'HEAD') || !BROTLI.test(String(headers['accept-encoding'])))
      return false
    response.writeHead(200, {
      'Content-Type': `${path.endsWith('.css') ? 'text/css' : 'application/javascript'}; charset=UTF-8`,
      'Content-Encoding': 'br',
      'Content-Length': file.length,
      // Their names change with what is in them.
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    })
    response.end(file)
    return true
  }
}
