import { describe, expect, test } from 'vitest'
import { buildCsp, formActionSources, withSources } from '#lib/csp.ts'
import { DEFAULT_POLICY_SOURCE } from '#lib/trusted-types.ts'

function directives(policy: string): Map<string, string> {
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources.join(' ')]
    }),
  )
}

const production = directives(buildCsp({ nonce: 'abc=', formAction: ['https:'], development: false }))

describe('in production', () => {
  test.each([
    ['default-src', "'none'"],
    ['script-src', `'nonce-abc=' ${DEFAULT_POLICY_SOURCE} 'strict-dynamic'`],
    ['style-src', "'self'"],
    ['img-src', "'self' data:"],
    ['font-src', "'self'"],
    ['connect-src', "'self'"],
    ['manifest-src', "'self'"],
    ['form-action', "'self' https:"],
    ['base-uri', "'none'"],
    ['frame-ancestors', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', 'default'],
  ])('%s is %s', (name, sources) => {
    expect(production.get(name)).toBe(sources)
  })

  test('nothing unsafe is allowed', () => {
    expect([...production.values()].join(' ')).not.toContain('unsafe')
  })
})

describe('in development', () => {
  test.each([
    ['script-src', "'unsafe-eval'"],
    ['style-src', "'unsafe-inline'"],
    ['connect-src', 'ws:'],
  ])('%s also allows %s', (name, source) => {
    const policy = directives(buildCsp({ nonce: 'abc=', formAction: [], development: true }))
    expect(policy.get(name)?.split(' ')).toContain(source)
  })
})

test('development has no Trusted Types, which hot reload needs to break', () => {
  expect(buildCsp({ nonce: 'abc=', formAction: [], development: true })).not.toContain('trusted-types')
})

test('the operator says who may show our pages in a frame', () => {
  const frameAncestors = ["'self'", 'https://app.example']
  const policy = directives(buildCsp({ nonce: 'abc=', formAction: [], frameAncestors, development: false }))
  expect(policy.get('frame-ancestors')).toBe("'self' https://app.example")
})

describe('where forms may lead', () => {
  test.each([
    ['what the operator set, and nothing else', ['https://idp.example'], '/', undefined, ['https://idp.example']],
    ['nowhere else, when the operator set that', [], 'https://kratos.example', undefined, []],
    [
      'Kratos on https, and any https',
      undefined,
      'https://kratos.example/a',
      undefined,
      ['https://kratos.example', 'https:'],
    ],
    [
      'also http, when Kratos is on http',
      undefined,
      'http://localhost:4433',
      undefined,
      ['http://localhost:4433', 'https:', 'http:'],
    ],
    ['our own origin on https', undefined, '/', 'https://ui.example', ['https:']],
    ['our own origin on http', undefined, '/', 'http://localhost:3000', ['https:', 'http:']],
    ['our own origin, unknown', undefined, '/', undefined, ['https:', 'http:']],
  ])('%s', (_name, configured, browserUrl, publicUrl, expected) => {
    expect(formActionSources(configured, browserUrl, publicUrl)).toEqual(expected)
  })
})

describe('more sources', () => {
  const policy = buildCsp({ nonce: 'abc=', formAction: ['https:'], development: false })

  test('are added to their directive, and to no other', () => {
    const widened = directives(withSources(policy, 'form-action', ['com.example.app:', 'http://127.0.0.1:*']))
    expect(widened.get('form-action')).toBe("'self' https: com.example.app: http://127.0.0.1:*")
    widened.set('form-action', "'self' https:")
    expect(widened).toEqual(directives(policy))
  })

  test('none leave the policy as it is', () => {
    expect(withSources(policy, 'img-src', [])).toBe(policy)
  })
})
