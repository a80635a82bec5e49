import { env } from '#lib/env.ts'
import { readText } from '#lib/read-text.ts'

/** The largest form that one of our own routes reads, in bytes: theirs are some hundred, a consent may have many scopes. */
const MAX_FORM = 65_536

/**
 * The fields of a form that was posted to a route of ours. Whatever is no such form, comes from another site, or is too
 * large, has no fields, so that its token is missing.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
  const isOurs = isForm && !isForeign(request.headers)
  return new URLSearchParams(isOurs ? await readText(request.body, MAX_FORM) : undefined)
}

/** Whether the browser says that the form stood on another site: old ones, and all on plain http, say so by Origin only. */
function isForeign(headers: Headers): boolean {
  const [site, origin] = [headers.get('sec-fetch-site'), headers.get('origin')]
  if (site || !origin) return site === 'cross-site' || site === 'same-site'
  const ours = [headers.get('host'), headers.get('x-forwarded-host'), URL.parse(env().PUBLIC_URL ?? '')?.host]
  return !ours.includes(URL.parse(origin)?.host ?? '')
}
