/**
 * The path under which the UI is served, such as `/auth`; empty at the root. Next writes it into what it builds, as a stand-in
 * that the start replaces (server/base-path.ts): nothing may depend on its length, or on whether it is empty, at build time.
 */
// biome-ignore lint/style/noProcessEnv: this also runs in the browser, where there is no lib/env.ts
export const BASE: string = (process.env.__NEXT_ROUTER_BASEPATH ?? process.env.BASE_PATH ?? '').replace(/\/$/, '')

/**
 * A path of ours as browsers see it. Inside, paths have no base: elements (lib/jsx.ts), redirects and cookies add it.
 *
 * @param url a path of ours, or any other URL, which stays as it is, as does a path that has the base already
 */
export function withBase(url: string, base = BASE): string {
  return url.startsWith('/') && !url.startsWith('//') && withoutBase(url, base) === url ? `${base}${url}` : url
}

/** A path as browsers see it without the base; one that is outside of it stays as it is. */
export function withoutBase(url: string, base = BASE): string {
  if (url.startsWith(`${base}/`)) return url.replace(base, '')
  return url === base || url.startsWith(`${base}?`) ? url.replace(base, '/') : url
}
