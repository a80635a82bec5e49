import { createHash } from 'node:crypto'
import { BASE } from '#lib/base-path.ts'

/**
 * A script in the head of each page (docs/decisions/0039): with Trusted Types, a string becomes the URL of a script only if it
 * leads to a file of this build, and never becomes HTML or code. Next's chunk loader, which brings the islands, sets such URLs.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Trusted_Types_API#the_default_policy
 */
export const DEFAULT_POLICY = `self.trustedTypes?.createPolicy('default', {
  createScriptURL: (text) => {
    const url = new URL(text, location.href)
    return url.origin === location.origin && url.pathname.startsWith('${BASE}/_next/static/') ? text : null
  },
})`

/** What allows that script in a Content-Security-Policy: no nonce has to find its way to it. */
export const DEFAULT_POLICY_SOURCE = `'sha256-${createHash('sha256').update(DEFAULT_POLICY).digest('base64')}'`
