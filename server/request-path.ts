const MAX_URL = 8192

/**
 * Checks a raw request target before anything routes on it. Encoded slashes, backslashes, dots and NULs, `//` and dot
 * segments have no use in any path of ours or of Kratos's, and are how filters get bypassed.
 *
 * @param target the request target as it came over the wire, path and query
 * @returns the path without the query, or undefined when the target is refused
 */
export function safePath(target: string | undefined): string | undefined {
  if (!target?.startsWith('/') || target.length > MAX_URL) return undefined
  const path = target.split(/[?#]/, 1)[0] ?? ''
  if (/%(2f|5c|2e|[01][0-9a-f]|7f)|\\|\/\//i.test(path)) return undefined
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) return undefined
  return path
}

/**
 * Whether a path is one of Kratos's public paths, which pass through on our origin. The bare `/sessions` is our page.
 *
 * @param path as {@link safePath} returns it
 */
export function isKratosPath(path: string): boolean {
  return /^\/(self-service|sessions|schemas|\.well-known\/ory)\/./.test(path)
}
