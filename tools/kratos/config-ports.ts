import { readFileSync } from 'node:fs'

/** The ports on which a Kratos with these configuration files listens. */
export type KratosPorts = { publicPort: number; adminPort: number }

/**
 * Reads `serve.public.port` and `serve.admin.port` from Kratos configuration files; the last file that has one wins.
 *
 * Reads just that much YAML: block mappings, as in e2e/kratos.
 *
 * @throws Error when no file names a port
 */
export function readKratosPorts(files: readonly string[]): KratosPorts {
  const ports = new Map<string, number>()
  for (const file of files) {
    const path: string[] = []
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [, indent, key, value] = /^( *)([\w.]+):\s*([^#]*)/.exec(line) ?? []
      if (indent === undefined || key === undefined) continue
      path.length = indent.length / 2
      path.push(key)
      if (key === 'port') ports.set(path.join('.'), Number(value))
    }
  }
  return { publicPort: get('public'), adminPort: get('admin') }

  function get(api: string): number {
    const port = ports.get(`serve.${api}.port`)
    if (!port) throw new Error(`serve.${api}.port stands in none of ${files.join(', ')}`)
    return port
  }
}
