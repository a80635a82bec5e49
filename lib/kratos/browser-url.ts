import { BASE, withoutBase } from '#lib/base-path.ts'
import type { Env } from '#lib/env.ts'
import type { FlowType, StartParams } from '#lib/kratos/flows.ts'
import { isOwnPath, parseWebUrl } from '#lib/kratos/safe-url.ts'

type Urls = Pick<Env, 'KRATOS_BROWSER_URL' | 'PUBLIC_URL'>

/**
 * The Kratos endpoint that starts a flow, as the browser reaches it.
 *
 * @param urls KRATOS_BROWSER_URL: an absolute URL, or `/` for our own origin
 * @param params its parameters; each is encoded once
 * @returns an absolute URL, or a path on our own origin
 */
export function browserStartUrl(urls: Pick<Urls, 'KRATOS_BROWSER_URL'>, type: FlowType, params: StartParams): string {
  const query = new URLSearchParams(params).toString()
  return `${urls.KRATOS_BROWSER_URL.replace(/\/$/, '')}/self-service/${type}/browser${query ? `?${query}` : ''}`
}

/**
 * A page of ours as `return_to` for Kratos. Kratos resolves a relative one against its `default_browser_return_url`,
 * which is right unless that stands on another host; then PUBLIC_URL is needed.
 *
 * @param path a path of ours, with its query
 */
export function returnToUs(urls: Pick<Urls, 'PUBLIC_URL'>, path: string): string {
  return urls.PUBLIC_URL ? `${urls.PUBLIC_URL.replace(/\/$/, '')}${BASE}${path}` : `${BASE}${path}`
}

/** Whether a URL that Kratos tells us to send the browser to is one of Kratos's or ours. Relative URLs are. */
export function isOurWorld(urls: Urls, target: string): boolean {
  if (isOwnPath(target)) return true
  const url = parseWebUrl(target)
  if (!url) return false
  const origins = [urls.KRATOS_BROWSER_URL, urls.PUBLIC_URL].map((known) => known && URL.parse(known)?.origin)
  return origins.includes(url.origin)
}

/**
 * A URL that Kratos tells us to send the browser to, if it is one of Kratos's or ours.
 *
 * With Kratos on our own origin and no PUBLIC_URL we do not know that origin: then Kratos's path on it is taken, which
 * cannot lead anywhere else.
 *
 * @returns where to send the browser, or undefined for anything else
 */
export function kratosTarget(urls: Urls, target: string): string | undefined {
  if (isOurWorld(urls, target)) return target
  const url = parseWebUrl(target)
  const passesThrough = urls.KRATOS_BROWSER_URL === '/' && !urls.PUBLIC_URL
  const path = url && withoutBase(`${url.pathname}${url.search}`)
  return passesThrough && path?.startsWith('/self-service/') ? path : undefined
}

/**
 * Where the form of a flow goes, if that is Kratos: whatever is typed goes there.
 *
 * @param urls where Kratos and we are
 * @param action the flow's `ui.action`, as it came
 * @returns undefined for anything else
 */
export function formAction(urls: Urls, action: string): string | undefined {
  const ours = urls.PUBLIC_URL ?? 'http://relative.invalid'
  const kratos = new URL(urls.KRATOS_BROWSER_URL, ours)
  const target = kratosTarget(urls, action)
  const url = URL.parse(target ?? '', ours)
  const path = `${kratos.pathname.replace(/\/$/, '')}/self-service/`
  // On our own origin Kratos's paths stand below the base path.
  const asked = url && (urls.KRATOS_BROWSER_URL === '/' ? withoutBase(url.pathname) : url.pathname)
  return url?.origin === kratos.origin && asked?.startsWith(path) ? target : undefined
}
