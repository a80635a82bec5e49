/** What a path belongs to when it belongs to nothing that we know. */
export const OTHER = 'other'

// Ours, as app/ has them (a test compares), and Kratos's.
const FLOW = ['', '/browser', '/api', '/flows']
const FLOWS = ['login', 'registration', 'settings', 'recovery', 'verification', 'logout']
export const ROUTES: readonly string[] = [
  '/',
  '/.well-known/change-password',
  '/applications',
  '/applications/revoke',
  '/brand/[name]',
  '/consent',
  '/consent/answer',
  '/device',
  '/device/answer',
  '/device/success',
  '/diagnosis',
  '/doctor',
  '/end-session',
  '/error',
  '/health/alive',
  '/health/ready',
  '/known-accounts',
  '/known-accounts/forget',
  '/login',
  '/logout',
  '/logout/answer',
  '/preferences',
  '/preferences/choice',
  '/problem/[status]',
  '/recovery',
  '/registration',
  '/sessions',
  '/settings',
  '/verification',
  '/welcome',
  '/_next/static/[file]',
  '/icon.svg',
  ...FLOWS.flatMap((flow) => FLOW.map((step) => `/self-service/${flow}${step}`)),
  '/self-service/errors',
  '/self-service/methods/[method]',
  '/self-service/[other]',
  '/sessions/whoami',
  '/sessions/[id]',
  '/schemas/[id]',
  '/.well-known/ory/[file]',
]

const KNOWN = new Set(ROUTES)
const PATTERNS = ROUTES.filter((route) => route.includes('['))

/**
 * The route that a path belongs to, for logs and metrics: one of {@link ROUTES} or `other`, so that their number is bounded and
 * no id gets in.
 *
 * @param path without the query
 */
export function routeOf(path: string): string {
  const bare = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  if (KNOWN.has(bare)) return bare
  return PATTERNS.find((route) => bare.startsWith(route.slice(0, route.indexOf('[')))) ?? OTHER
}
