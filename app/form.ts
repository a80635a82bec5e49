import { readText } from '#lib/read-text.ts'

/** The largest form that one of our own routes reads, in bytes: theirs are some hundred, a consent may have many scopes. */
const MAX_FORM = 65_536

/**
 * The fields of a form that was posted to a route of ours. Whatever is no such form, comes from another site, or is too
 * large, has no fields, so that its token is missing.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  // Old browsers do not say where a form stood.
  if (/^(cross|same)-site$/.test(request.headers.get('sec-fetch-site') ?? '')) return new URLSearchParams()
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
  return new URLSearchParams(isForm ? await readText(request.body, MAX_FORM) : undefined)
}

/** Whether a browser says that a request comes from a page of ours; old ones do not say, and are believed. */
export function isSameOrigin(request: Request): boolean {
  return (request.headers.get('sec-fetch-site') ?? 'same-origin') === 'same-origin'
}
