import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'

// The only reader of process.env. Each variable is documented in .env.example and in the README.

const url = z.url({ protocol: /^https?$/, error: 'an absolute http(s) URL' })
const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'true or false' })
  .transform((value) => value === 'true' || value === '1')
const port = z
  .string()
  .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65535, 'a port number (0 to 65535)')
  .transform(Number)
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
const headerList = list
  .refine(
    (items) => items.every((item) => /^[\w-]+=([ !-$&-~]|%[\da-f]{2})+$/i.test(item)),
    'name=value, separated by commas',
  )
  .transform((items) => Object.fromEntries(items.map((item) => item.split(/=(.*)/, 2).map(decodeURIComponent))))
const peerList = list.refine((items) => items.every(isPeer), 'addresses, CIDR ranges, loopback or private')
const hostList = list.refine(
  (items) => items.every((item) => /^[a-z0-9.-]+(:\d{1,5})?$/.test(item)),
  'hosts such as cdn.example.org, separated by commas',
)
const sourceList = z
  .string()
  .regex(/^[ -+\--:<-~]*$/, 'CSP sources, separated by spaces')
  .transform((value) => value.split(/\s+/).filter(Boolean))

const schema = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().default('0.0.0.0'),
    BASE_PATH: z
      .string()
      .regex(/^\/([\w.-]+(\/[\w.-]+)*)?$/, 'a path such as /auth')
      .transform((value) => value.replace(/\/$/, ''))
      .default(''),
    TLS_CERT_PATH: z.string().optional(),
    TLS_KEY_PATH: z.string().optional(),
    KRATOS_PUBLIC_URL: url.optional(),
    ORY_SDK_URL: url.optional(),
    KRATOS_BROWSER_URL: z
      .string()
      .refine((value) => value === '/' || url.safeParse(value).success, 'an absolute http(s) URL, or /')
      .optional(),
    PUBLIC_URL: url.optional(),
    COOKIE_SECRET: list
      .refine((secrets) => secrets[0] && secrets.every((secret) => secret.length >= 8), 'at least 8 characters')
      .optional(),
    PROJECT_NAME: z.string().max(100, 'at most 100 characters').default('SecureApp'),
    BRANDING_FILE: z.string().optional(),
    REMEMBER_ACCOUNTS: flag.default(false),
    TRUSTED_PROXIES: peerList.default(['loopback', 'private']),
    CSP_FORM_ACTION: sourceList.optional(),
    FRAME_ANCESTORS: sourceList.optional(),
    OAUTH2_LOGO_HOSTS: hostList.default([]),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
    METRICS_PORT: port.optional(),
    METRICS_HOST: z.string().default('127.0.0.1'),
    OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
    OTEL_EXPORTER_OTLP_HEADERS: headerList.default({}),
    OTEL_SERVICE_NAME: z.string().default('kratos-selfservice-ui-next'),
    DOCTOR: flag.default(false),
    HYDRA_ADMIN_URL: url.optional(),
    ORY_ADMIN_API_TOKEN: z.string().optional(),
    TRUSTED_CLIENT_IDS: list.default([]),
    REMEMBER_CONSENT_SESSION_FOR_SECONDS: z.coerce
      .number({ error: 'a number of seconds' })
      .int('a whole number of seconds')
      .min(0, 'at least 0 seconds')
      .default(3600),
    // Parsed because the Express reference UI and its Helm chart set them; not acted on yet.
    KRATOS_ADMIN_URL: url.optional(),
    JWKS_URL: url.optional(),
    SECURITY_MODE: z
      .enum(['cookie', 'jwt', 'standalone', 'oathkeeper'], { error: 'cookie, jwt, standalone or oathkeeper' })
      .optional(),
    CSRF_COOKIE_NAME: z.string().optional(),
    CSRF_COOKIE_SECRET: z.string().optional(),
    DANGEROUSLY_DISABLE_SECURE_CSRF_COOKIES: flag.optional(),
    NODE_ENV: z.string().default('development'),
  })
  .transform((raw, context) => {
    const kratosPublicUrl = raw.KRATOS_PUBLIC_URL ?? raw.ORY_SDK_URL
    if (!kratosPublicUrl) {
      context.addIssue({ code: 'custom', path: ['KRATOS_PUBLIC_URL'], message: 'the URL of the public API of Kratos' })
    }
    if (!raw.COOKIE_SECRET) {
      context.addIssue({ code: 'custom', path: ['COOKIE_SECRET'], message: 'a secret of at least 8 characters' })
    }
    const { TLS_CERT_PATH, TLS_KEY_PATH } = raw
    if (!TLS_CERT_PATH !== !TLS_KEY_PATH) {
      const path = [TLS_CERT_PATH ? 'TLS_KEY_PATH' : 'TLS_CERT_PATH']
      context.addIssue({ code: 'custom', path, message: 'both TLS_CERT_PATH and TLS_KEY_PATH, or none of them' })
    }
    if (raw.METRICS_PORT === raw.PORT) {
      context.addIssue({ code: 'custom', path: ['METRICS_PORT'], message: 'another port than PORT' })
    }
    if (!kratosPublicUrl || !raw.COOKIE_SECRET) return z.NEVER
    const browserUrl = raw.KRATOS_BROWSER_URL ?? kratosPublicUrl
    const sameOrigin = browserUrl === '/'
    const hydraUrl = raw.HYDRA_ADMIN_URL ?? (raw.ORY_ADMIN_API_TOKEN ? raw.ORY_SDK_URL : undefined)
    const secure = (raw.PUBLIC_URL ?? (sameOrigin ? '' : browserUrl)).startsWith('https:')
    return {
      ...raw,
      COOKIE_SECRET: raw.COOKIE_SECRET,
      KRATOS_PUBLIC_URL: kratosPublicUrl,
      KRATOS_BROWSER_URL: browserUrl,
      sameOrigin,
      /** without a slash at its end; undefined: there is no Hydra */
      hydraAdminUrl: hydraUrl?.replace(/\/$/, ''),
      secureCookies: secure,
      warnings: warningsOf(raw),
    }
  })

/** The names of all variables. */
export const ENV_NAMES: readonly string[] = Object.keys(schema.in.shape)

/** The parsed environment: see .env.example for the meaning of each variable. */
export type Env = Readonly<z.output<typeof schema>>

/** A wrong environment. Its message is one line that names each variable, what was found and what is expected. */
export class EnvError extends Error {
  readonly code = 'ERR_ENV'
}

/** What is wrong with a port that cannot be listened on. */
export function portError(name: 'PORT' | 'METRICS_PORT', port: number, error: Error): EnvError {
  const { code } = error as NodeJS.ErrnoException
  const found = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`
  return new EnvError(`${name}: found ${port}, which ${found}, expected a free port`)
}

const SECRET = /SECRET|TOKEN|KEY|HEADERS/
const PASSWORD = /\/\/[^/]*@/g

/**
 * Parses an environment.
 *
 * @param source names and values, as in process.env; an empty value counts as not set (Helm charts send those)
 * @returns the frozen, typed environment with its defaults
 * @throws EnvError when a value is missing or wrong; a secret's value is never part of the message
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return Object.freeze(result.data)
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0])
    const value = given[name]
    const found =
      value === undefined
        ? 'nothing'
        : SECRET.test(name)
          ? 'a value that does not fit'
          : JSON.stringify(value.replace(PASSWORD, '//…@'))
    return `${name}: found ${found}, expected ${issue.message}`
  })
  throw new EnvError(`Wrong environment: ${problems.join('; ')}`)
}

let parsed: Env | undefined

/** The environment of this process, parsed once. Throws EnvError as {@link parseEnv} does. */
export function env(): Env {
  if (!parsed) {
    // Through process.env, because Next loads a copy of this module for the proxy and one for the pages.
    if (process.env.NODE_ENV !== 'production') process.env.COOKIE_SECRET ||= randomBytes(32).toString('hex')
    parsed = parseEnv(process.env)
  }
  return parsed
}

function isPeer(item: string): boolean {
  if (item === 'loopback' || item === 'private') return true
  const [address = '', bits, ...more] = item.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function warningsOf(raw: Record<string, unknown>): string[] {
  const warnings: string[] = []
  const [secret] = (raw.COOKIE_SECRET ?? []) as string[]
  if (secret && secret.length < 32) warnings.push('COOKIE_SECRET is shorter than 32 characters')
  if (raw.REMEMBER_ACCOUNTS && raw.KRATOS_BROWSER_URL !== '/')
    warnings.push('REMEMBER_ACCOUNTS needs KRATOS_BROWSER_URL=/: sign-ins on another host are not seen here')
  // The chart sets the others always, and cookie is what is done.
  for (const name of ['JWKS_URL', 'SECURITY_MODE']) {
    if (raw[name] && !/cookie|standalone/.test(String(raw[name])))
      warnings.push(`${name} is set, but this version does not act on it`)
  }
  return warnings
}
