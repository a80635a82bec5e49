/** The largest form that one of our own routes reads, in bytes: theirs are some hundred, a consent may have many scopes. */
const MAX_FORM = 65_536

/**
 * The fields of a form that was posted to a route of ours. Whatever is no such form, comes from another site, or is too
 * large, has no fields, so that its token is missing.
 *
 * @param request the POST
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  // Old browsers do not say where a form stood.
  if (/^(cross|same)-site$/.test(request.headers.get('sec-fetch-site') ?? '')) return new URLSearchParams()
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > MAX_FORM) return new URLSearchParams()
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
