import { withBase } from '#lib/base-path.ts'

export const dynamic = 'force-dynamic'

/**
 * Where password managers look for the page that changes the password.
 *
 * @see https://w3c.github.io/webappsec-change-password-url/
 */
export function GET(): Response {
  return new Response(null, { status: 303, headers: { Location: withBase('/settings'), 'Cache-Control': 'no-store' } })
}
