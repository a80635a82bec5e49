import fc from 'fast-check'

/** A request as a browser, a scanner or an attacker could send it. Valid HTTP: what is not, Node answers before us. */
export type FuzzRequest = { method: string; path: string; headers: Record<string, string>; body: string }

const PATHS = [
  ...['/', '/login', '/registration', '/settings', '/recovery', '/verification', '/welcome', '/sessions', '/logout'],
  ...['/error', '/diagnosis', '/consent', '/consent/answer', '/device', '/device/answer', '/device/success'],
  ...['/applications', '/applications/revoke', '/known-accounts', '/known-accounts/forget', '/preferences'],
  ...['/preferences/choice', '/end-session', '/logout/answer', '/problem/404', '/problem/503', '/problem/abc'],
  ...['/health/alive', '/health/ready', '/brand/logo', '/icon.svg', '/favicon.ico', '/robots.txt', '/nowhere'],
  ...['/self-service/login/browser', '/self-service/login/flows', '/self-service/login', '/self-service/logout'],
  ...['/self-service/settings', '/self-service/errors', '/self-service/stub/sign-in', '/sessions/whoami', '/schemas/x'],
  ...['/.well-known/ory/webauthn.js', '/.well-known/change-password', '/admin/identities', '/_next/static/x.js'],
  ...['/_next/image', '/_next/data/x/login.json', '/index.html', '/api/login', '/__nextjs_original-stack-frame'],
]
const FLOWS = ['login', 'registration', 'settings', 'recovery', 'verification', 'login-code-sent', 'settings-saved']
const IDS = [...FLOWS, 'expired', 'csrf', 'disabled', 'refused', 'busy', 'down', '00000000-0000-4000-8000-000000000000']
const NAMES = [
  ...['flow', 'id', 'return_to', 'refresh', 'aal', 'login_challenge', 'consent_challenge', 'logout_challenge'],
  ...['device_challenge', 'user_code', 'restart', 'cookie-check', 'why', 'type', 'error', 'error_description', 'code'],
  ...['token', 'account', 'ask', 'again', 'back', 'locale', 'ui_locales', 'organization', 'via', '_rsc', '__proto__'],
]
const COOKIES = [
  ...['ksui_start_login', 'ksui_start_settings', 'ksui_flash', 'ksui_check', 'ksui_consent', 'ksui_known'],
  ...['ksui_locale', 'ory_kratos_session', 'csrf_token_1', 'stub_session', '__proto__', '__prerender_bypass'],
]
const HEADERS = [
  ...['accept', 'accept-language', 'accept-encoding', 'sec-fetch-site', 'sec-fetch-mode', 'origin', 'referer', 'range'],
  ...['if-none-match', 'if-modified-since', 'user-agent', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
  ...['forwarded', 'x-request-id', 'x-ksui-target', 'content-type', 'rsc', 'next-router-state-tree', 'next-action'],
  ...['next-router-prefetch', 'next-url', 'x-nextjs-data', 'x-middleware-subrequest', 'x-middleware-prefetch'],
  ...[
    'x-http-method-override',
    'x-original-url',
    'x-matched-path',
    'x-invoke-path',
    'x-now-route-matches',
    'expect-ct',
  ],
]
const HOSTILE = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'null',
    'undefined',
    '[object Object]',
    'true',
    '%00',
    '%',
    '%zz',
    '%c0%af',
    '../..',
  ],
  ...['//evil.example', 'https://evil.example/', 'javascript:alert(1)', '<script>alert(1)</script>', "';--", '{{7*7}}'],
  ...['\\\\evil', '%2e%2e%2f', '%0d%0aSet-Cookie:a=b', '‮', '\u{1F600}', 'a'.repeat(3000), '["a"]', '{"a":1}', '$1:a'],
  ...[
    'text/html',
    'application/json',
    '*/*',
    'same-origin',
    'none',
    'gzip',
    'multipart/form-data; boundary=x',
    'nextjs',
  ],
  ...['application/x-www-form-urlencoded', 'de', 'xx-YY,*;q=0', 'bytes=0-1', 'https', '127.0.0.1', '/login', 'login'],
  ...['text/x-component', 'middleware:middleware:middleware', 'proxy', '1', 'x; y=z, a', 'Fe26.2*1*a*b*c*d*e*f'],
]

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.constantFrom(...IDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

/** Anything, as it may stand in a URL: raw where that is legal, else encoded. */
const inUrl = fc.tuple(value, fc.boolean()).map(([text, raw]) => (raw ? printable(text) : encode(text)))

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...PATHS), inUrl).map(([base, tail]) => `${base}/${tail}`) },
  { weight: 1, arbitrary: fc.array(inUrl, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`) },
  { weight: 1, arbitrary: fc.constantFrom(...PATHS).map((text) => text.toUpperCase()) },
)
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('flow')), inUrl), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, text]) => `${name}=${text}`).join('&')}`))
const cookies = fc
  .array(fc.tuple(fc.constantFrom(...COOKIES), value), { maxLength: 3 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${headerText(text)}`).join('; '))
const headers = fc.dictionary(fc.constantFrom(...HEADERS), value.map(headerText), { maxKeys: 5 })
const fields = fc.array(fc.tuple(fc.constantFrom(...NAMES, '_csrf', 'method', 'grant_scope'), value), { maxLength: 5 })
const body = fc.oneof(
  fields.map((pairs) => new URLSearchParams(pairs).toString()),
  fc.json({ maxDepth: 3 }),
  value,
)
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('GET') },
  { weight: 3, arbitrary: fc.constant('POST') },
  { weight: 1, arbitrary: fc.constantFrom('HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'TRACE', 'LINK') },
)

const anyRequest = fc
  .record({ method, path, query, cookies, headers, body, form: fc.boolean(), html: fc.boolean() })
  .map((made): FuzzRequest => {
    const sends = !['GET', 'HEAD', 'TRACE', 'OPTIONS'].includes(made.method)
    const type = made.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    return {
      method: made.method,
      path: made.path + made.query,
      headers: {
        ...(made.html ? { accept: 'text/html' } : {}),
        ...made.headers,
        ...(made.cookies ? { cookie: made.cookies } : {}),
        ...(sends ? type : {}),
      },
      body: sends ? made.body : '',
    }
  })

/** So many requests; the same ones for the same seed. */
export function fuzzRequests(seed: number, count: number): FuzzRequest[] {
  return fc.sample(anyRequest, { seed, numRuns: count })
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** Without what Node's client refuses to send in a URL. */
function printable(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '')
}

/** Without what Node's client refuses to send in a header. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e\x80-\xff]/g, '')
}
