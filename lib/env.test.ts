import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Env, EnvError, parseEnv } from '#lib/env.ts'

const MINIMAL = { KRATOS_PUBLIC_URL: 'http://kratos:4433', COOKIE_SECRET: 'x'.repeat(32) }

function errorOf(source: Record<string, string | undefined>): EnvError {
  try {
    parseEnv(source)
  } catch (error) {
    if (error instanceof EnvError) return error
    throw error
  }
  throw new Error('the environment was accepted')
}

describe('defaults', () => {
  test.each<[keyof Env, unknown]>([
    ['PORT', 3000],
    ['HOST', '0.0.0.0'],
    ['KRATOS_BROWSER_URL', 'http://kratos:4433'],
    ['PROJECT_NAME', 'SecureApp'],
    ['TRUSTED_PROXIES', ['loopback', 'private']],
    ['LOG_LEVEL', 'info'],
    ['REMEMBER_CONSENT_SESSION_FOR_SECONDS', 3600],
    ['BASE_PATH', ''],
    ['sameOrigin', false],
    ['secureCookies', false],
    ['CSP_FORM_ACTION', undefined],
    ['warnings', []],
  ])('%s is %j when only Kratos and a secret are given', (name, value) => {
    expect(parseEnv(MINIMAL)[name]).toEqual(value)
  })

  test('an empty value counts as not set', () => {
    expect(parseEnv({ ...MINIMAL, PORT: '', PUBLIC_URL: '', LOG_LEVEL: '' })).toMatchObject({
      PORT: 3000,
      LOG_LEVEL: 'info',
    })
  })

  test('ORY_SDK_URL stands in for KRATOS_PUBLIC_URL, which wins when both are there', () => {
    const { COOKIE_SECRET } = MINIMAL
    const ORY_SDK_URL = 'https://x.projects.oryapis.com'
    expect(parseEnv({ COOKIE_SECRET, ORY_SDK_URL }).KRATOS_PUBLIC_URL).toBe(ORY_SDK_URL)
    expect(parseEnv({ ...MINIMAL, ORY_SDK_URL }).KRATOS_PUBLIC_URL).toBe('http://kratos:4433')
  })

  test('the result is frozen', () => {
    expect(Object.isFrozen(parseEnv(MINIMAL))).toBe(true)
  })
})

describe('values', () => {
  test.each<[keyof Env, string, unknown]>([
    ['PORT', '0', 0],
    ['PORT', '65535', 65535],
    ['TRUSTED_PROXIES', ' 10.0.0.0/8, ::1 ,loopback', ['10.0.0.0/8', '::1', 'loopback']],
    ['CSP_FORM_ACTION', ' https://a-b.example:8443  https: ', ['https://a-b.example:8443', 'https:']],
    ['BASE_PATH', '/auth/ui', '/auth/ui'],
    ['BASE_PATH', '/', ''],
    ['DANGEROUSLY_DISABLE_SECURE_CSRF_COOKIES', '1', true],
    ['DANGEROUSLY_DISABLE_SECURE_CSRF_COOKIES', 'false', false],
    ['TRUSTED_CLIENT_IDS', 'a,b,', ['a', 'b']],
    ['METRICS_PORT', '9464', 9464],
    ['DOCTOR', 'true', true],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=1,Authorization=Basic%20x==', { a: '1', Authorization: 'Basic x==' }],
    ['REMEMBER_CONSENT_SESSION_FOR_SECONDS', '0', 0],
  ])('%s=%s is read as %j', (name, given, value) => {
    expect(parseEnv({ ...MINIMAL, [name]: given })[name]).toEqual(value)
  })

  test.each([
    ['/', undefined, { sameOrigin: true, secureCookies: false }],
    ['/', 'https://ui.example', { sameOrigin: true, secureCookies: true }],
    ['https://kratos.example', undefined, { sameOrigin: false, secureCookies: true }],
    ['https://kratos.example', 'http://localhost:3000', { sameOrigin: false, secureCookies: false }],
    ['http://localhost:4433', 'https://ui.example', { sameOrigin: false, secureCookies: true }],
  ])('KRATOS_BROWSER_URL=%s with PUBLIC_URL=%s gives %j', (browser, own, expected) => {
    expect(parseEnv({ ...MINIMAL, KRATOS_BROWSER_URL: browser, PUBLIC_URL: own })).toMatchObject(expected)
  })
})

describe('wrong values', () => {
  test.each([
    ['PORT', 'http', 'a port number (0 to 65535)'],
    ['PORT', '65536', 'a port number (0 to 65535)'],
    ['PORT', '-1', 'a port number (0 to 65535)'],
    ['PORT', '80.5', 'a port number (0 to 65535)'],
    ['PORT', '0x50', 'a port number (0 to 65535)'],
    ['KRATOS_PUBLIC_URL', 'kratos:4433', 'an absolute http(s) URL'],
    ['KRATOS_PUBLIC_URL', 'ftp://kratos', 'an absolute http(s) URL'],
    ['KRATOS_BROWSER_URL', '/kratos', 'an absolute http(s) URL, or /'],
    ['PUBLIC_URL', 'ui.example', 'an absolute http(s) URL'],
    ['PROJECT_NAME', 'x'.repeat(101), 'at most 100 characters'],
    ['TRUSTED_PROXIES', 'proxy.example', 'addresses, CIDR ranges, loopback or private'],
    ['TRUSTED_PROXIES', '10.0.0.0/', 'addresses, CIDR ranges, loopback or private'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'addresses, CIDR ranges, loopback or private'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8', 'addresses, CIDR ranges, loopback or private'],
    ['CSP_FORM_ACTION', "'self'; script-src *", 'CSP sources, separated by spaces'],
    ['CSP_FORM_ACTION', 'https:, http:', 'CSP sources, separated by spaces'],
    ['CSP_FORM_ACTION', 'https://例え.example', 'CSP sources, separated by spaces'],
    ['LOG_LEVEL', 'verbose', 'fatal, error, warn, info, debug, trace or silent'],
    ['METRICS_PORT', 'on', 'a port number (0 to 65535)'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'an absolute http(s) URL'],
    ['BASE_PATH', 'auth', 'a path such as /auth'],
    ['BASE_PATH', '/auth/', 'a path such as /auth'],
    ['SECURITY_MODE', 'none', 'cookie, jwt, standalone or oathkeeper'],
    ['DANGEROUSLY_DISABLE_SECURE_CSRF_COOKIES', 'yes', 'true or false'],
    ['REMEMBER_CONSENT_SESSION_FOR_SECONDS', 'ever', 'a number of seconds'],
    ['REMEMBER_CONSENT_SESSION_FOR_SECONDS', '1.5', 'a whole number of seconds'],
  ])('%s=%s stops the start with the name, what was found and what is expected', (name, value, expected) => {
    expect(errorOf({ ...MINIMAL, [name]: value }).message).toBe(
      `Wrong environment: ${name}: found ${JSON.stringify(value)}, expected ${expected}`,
    )
  })

  test.each(['a-secret', 'a=100%-secret', 'a=', 'ä=secret'])(
    'OTEL_EXPORTER_OTLP_HEADERS=%s is refused, and not shown',
    (value) => {
      const { message } = errorOf({ ...MINIMAL, OTEL_EXPORTER_OTLP_HEADERS: value })
      expect(message).toContain('OTEL_EXPORTER_OTLP_HEADERS: found a value that does not fit, expected name=value')
      expect(message).not.toContain('secret')
    },
  )

  test('all that is missing stands in one message', () => {
    expect(errorOf({}).message).toBe(
      'Wrong environment: KRATOS_PUBLIC_URL: found nothing, expected the URL of the public API of Kratos; ' +
        'COOKIE_SECRET: found nothing, expected a secret of at least 8 characters',
    )
  })

  test('the message is one line, whatever the value', () => {
    const { message } = errorOf({ ...MINIMAL, PORT: '80\nfake log line', LOG_LEVEL: 'a\r\nb' })
    expect(message).not.toMatch(/[\r\n]/)
    expect(message).toContain('PORT: found "80\\nfake log line"')
    expect(message).toContain('LOG_LEVEL: found "a\\r\\nb"')
  })

  test('a secret is never printed', () => {
    const { message } = errorOf({ ...MINIMAL, COOKIE_SECRET: 'hunter2' })
    expect(message).toBe(
      'Wrong environment: COOKIE_SECRET: found a value that does not fit, expected at least 8 characters',
    )
  })

  test.each(['long-enough,short', 'short,long-enough', ',', ' , '])(
    'each secret of a list has to be long enough: %j',
    (COOKIE_SECRET) => {
      expect(errorOf({ ...MINIMAL, COOKIE_SECRET }).message).toBe(
        'Wrong environment: COOKIE_SECRET: found a value that does not fit, expected at least 8 characters',
      )
    },
  )

  test('a password inside a URL is never printed', () => {
    const { message } = errorOf({ ...MINIMAL, KRATOS_PUBLIC_URL: 'ftp://user:hunter2@kratos:21' })
    expect(message).toContain('found "ftp://…@kratos:21"')
    expect(message).not.toContain('hunter2')
  })
})

describe('warnings', () => {
  test('a short secret is accepted and warned about', () => {
    const warnings = ['COOKIE_SECRET is shorter than 32 characters']
    expect(parseEnv({ ...MINIMAL, COOKIE_SECRET: '12345678' }).warnings).toEqual(warnings)
  })

  test.each([
    ['jwt', ['SECURITY_MODE is set, but this version does not act on it']],
    ['oathkeeper', ['SECURITY_MODE is set, but this version does not act on it']],
    // What the Helm chart always sends.
    ['cookie', []],
    ['standalone', []],
  ])('SECURITY_MODE=%s', (SECURITY_MODE, warnings) => {
    expect(parseEnv({ ...MINIMAL, SECURITY_MODE }).warnings).toEqual(warnings)
  })
})

test('metrics cannot have the port of the pages', () => {
  const same = { ...MINIMAL, PORT: '4455', METRICS_PORT: '4455' }
  expect(() => parseEnv(same)).toThrow('METRICS_PORT: found "4455", expected another port than PORT')
})

test.each([
  ['a-single-secret', ['a-single-secret']],
  ['the-new-one, the-old-one ,the-oldest', ['the-new-one', 'the-old-one', 'the-oldest']],
  ['the-new-one,', ['the-new-one']],
])('the secrets of %j', (COOKIE_SECRET, expected) => {
  expect(parseEnv({ ...MINIMAL, COOKIE_SECRET }).COOKIE_SECRET).toEqual(expected)
})

describe('env()', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  async function load(mode: string, secret: string | undefined) {
    vi.stubEnv('KRATOS_PUBLIC_URL', 'http://kratos:4433')
    vi.stubEnv('NODE_ENV', mode)
    vi.stubEnv('COOKIE_SECRET', secret)
    vi.resetModules()
    return await import('#lib/env.ts')
  }

  test.each([[undefined], ['']])('development makes a secret of its own when it is %j', async (secret) => {
    const first = await load('development', secret)
    const made = first.env().COOKIE_SECRET
    expect(made.join()).toMatch(/^[0-9a-f]{64}$/)
    vi.resetModules()
    const second = await import('#lib/env.ts')
    expect(second.env().COOKIE_SECRET, 'a second copy of the module has the same one').toEqual(made)
  })

  test('production refuses to start without a secret', async () => {
    const { env } = await load('production', undefined)
    expect(env).toThrow('COOKIE_SECRET: found nothing')
  })

  test('the environment is parsed once', async () => {
    const { env } = await load('production', 'x'.repeat(32))
    const first = env()
    vi.stubEnv('PORT', '1234')
    expect(env()).toBe(first)
  })
})
