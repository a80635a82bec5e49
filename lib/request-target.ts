import { isOwnPath } from '#lib/kratos/safe-url.ts'

/** The header by which the entry tells the pages what was asked for: path and query. A client's own is overwritten. */
export const REQUEST_TARGET = 'x-ksui-target'

/** Longer ones are not worth a link to them. */
const MAX_TARGET = 2048

/** Stands for our own origin, which need not be known. */
const ORIGIN = 'http://relative.invalid'

/**
 * Where the language menu goes back to. A link on a page of ours signs out without a question (docs/decisions/0011), and this
 * one anybody can write: of the sign-out, it leads to the question.
 *
 * @param value the `back` of the menu
 */
export function backTarget(value: string | null | undefined): string {
  const target = ownTarget(value)
  const url = targetUrl(target)
  if (!leadsTo('/logout', url)) return target
  url.pathname = '/logout'
  url.searchParams.set('ask', '1')
  return `${url.pathname}${url.search}`
}

/** What {@link ownTarget} returns, to read its parts. */
export function targetUrl(target: string): URL {
  return new URL(target, ORIGIN)
}

/**
 * A path of ours, with its query, from a value that anybody may have written.
 *
 * @param value such as the `back` of a link
 * @returns it in the form that browsers make of it; `/` for everything that is no path of ours
 */
export function ownTarget(value: string | null | undefined): string {
  if (!value || value.length > MAX_TARGET || !isOwnPath(value)) return '/'
  const url = URL.parse(value, ORIGIN)
  if (url?.origin !== ORIGIN) return '/'
  // `/.//host` is a path, but what becomes of it is not.
  const target = `${url.pathname}${url.search}`
  return isOwnPath(target) ? target : '/'
}

/** Whether Next finds this page at a URL: it decodes the path, and drops a slash at the end. */
function leadsTo(page: string, { pathname }: URL): boolean {
  const letters = pathname.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)))
  return letters.replace(/\/+$/, '') === page
}
