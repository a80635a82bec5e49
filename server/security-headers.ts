import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buildCsp, formActionSources } from '../lib/csp.ts'
import type { Env } from '../lib/env.ts'

/**
 * Makes the function that sets the security headers of an answer: static files, redirects and errors included.
 *
 * Next takes the nonce for its scripts from the *request's* CSP header; it is overwritten here, so a nonce of the
 * client's own choosing never gets in.
 *
 * @returns a function that sets the headers on the request and on the response
 */
export function securityHeaders(environment: Env): (request: IncomingMessage, response: ServerResponse) => void {
  const { CSP_FORM_ACTION, KRATOS_BROWSER_URL, PUBLIC_URL, FRAME_ANCESTORS: frameAncestors } = environment
  const formAction = formActionSources(CSP_FORM_ACTION, KRATOS_BROWSER_URL, PUBLIC_URL)
  const fixed: [string, string][] = [
    ['X-Content-Type-Options', 'nosniff'],
    // Flow ids stand in our URLs: no other origin learns one.
    ['Referrer-Policy', 'same-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
  ]
  // It knows of no others; `frame-ancestors` does.
  if (!frameAncestors) fixed.push(['X-Frame-Options', 'DENY'])
  if (environment.secureCookies) fixed.push(['Strict-Transport-Security', 'max-age=31536000'])
  const development = environment.NODE_ENV !== 'production'
  return (request, response) => {
    const nonce = randomBytes(16).toString('base64')
    const csp = buildCsp({ nonce, formAction, frameAncestors, development })
    request.headers['content-security-policy'] = csp
    response.setHeader('Content-Security-Policy', csp)
    for (const [name, value] of fixed) response.setHeader(name, value)
  }
}
