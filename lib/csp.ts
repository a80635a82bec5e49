import { DEFAULT_POLICY_SOURCE } from '#lib/trusted-types.ts'

/** What a Content-Security-Policy is made of. */
export type CspOptions = {
  /** a fresh, unguessable value for each answer, base64 */
  nonce: string
  /** sources for form-action besides 'self' */
  formAction: readonly string[]
  /** who may show our pages in a frame; undefined: nobody */
  frameAncestors?: readonly string[] | undefined
  /** development: React needs eval and the error overlay inline styles; hot reload a WebSocket */
  development: boolean
}

/**
 * The policy of every answer (docs/decisions/0004).
 *
 * Scripts run by nonce only, but for the one that guards the others (docs/decisions/0039). `form-action` is wide because
 * Chromium checks it on the redirects after a form's POST as well: to Kratos, on to an identity provider, back to an
 * application (w3c/webappsec-csp#8).
 *
 * @returns the value of the header
 */
export function buildCsp({ nonce, formAction, frameAncestors = ["'none'"], development }: CspOptions): string {
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${DEFAULT_POLICY_SOURCE} 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    `form-action ${["'self'", ...formAction].join(' ')}`,
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors.join(' ')}`,
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types default']),
  ]
  return directives.join('; ')
}

/**
 * A policy with more sources for a directive that it has.
 *
 * @param sources what is allowed besides
 */
export function withSources(policy: string, directive: string, sources: readonly string[]): string {
  const added = policy.split('; ').map((one) => (one.startsWith(`${directive} `) ? [one, ...sources].join(' ') : one))
  return added.join('; ')
}

/**
 * The default sources of form-action: any https host, and http only where Kratos itself is on http.
 *
 * @param configured CSP_FORM_ACTION, when the operator set it
 * @param browserUrl where browsers reach Kratos: an absolute URL, or `/` for our own origin
 * @param publicUrl our own URL, if it is known
 */
export function formActionSources(
  configured: readonly string[] | undefined,
  browserUrl: string,
  publicUrl: string | undefined,
): string[] {
  if (configured) return [...configured]
  if (browserUrl === '/') return publicUrl?.startsWith('https:') ? ['https:'] : ['https:', 'http:']
  const { origin, protocol } = new URL(browserUrl)
  return protocol === 'http:' ? [origin, 'https:', 'http:'] : [origin, 'https:']
}
