import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { parseEnv } from '../lib/env.ts'
import { securityHeaders } from './security-headers.ts'

const BASE = {
  KRATOS_PUBLIC_URL: 'http://kratos:4433',
  COOKIE_SECRET: 'x'.repeat(32),
  NODE_ENV: 'production',
}

/** The headers that an answer gets, and the CSP that Next is handed on the request. */
function headersWith(environment: Record<string, string> = {}) {
  const answer = new Map<string, string>()
  const response = { setHeader: (name: string, value: string) => answer.set(name, value) }
  const request = { headers: { 'content-security-policy': "script-src 'nonce-mine'" } }
  const set = securityHeaders(parseEnv({ ...BASE, ...environment }))
  set(request as unknown as IncomingMessage, response as unknown as ServerResponse)
  return { answer, forNext: request.headers['content-security-policy'] }
}

test.each([
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
])('every answer has %s: %s', (name, value) => {
  expect(headersWith().answer.get(name)).toBe(value)
})

describe('Strict-Transport-Security', () => {
  test.each([
    [{ PUBLIC_URL: 'https://ui.example' }, true],
    [{ KRATOS_BROWSER_URL: 'https://kratos.example' }, true],
    [{ PUBLIC_URL: 'http://localhost:3000' }, false],
    [{}, false],
  ])('with %j: %s', (environment, sent) => {
    expect(headersWith(environment).answer.has('Strict-Transport-Security')).toBe(sent)
  })
})

describe('the policy', () => {
  test('is the same for the browser and for Next, whatever the client sent', () => {
    const { answer, forNext } = headersWith()
    expect(forNext).toBe(answer.get('Content-Security-Policy'))
    expect(forNext).not.toContain('nonce-mine')
  })

  test('lets forms lead where the operator said', () => {
    const { forNext } = headersWith({ CSP_FORM_ACTION: 'https://idp.example' })
    expect(forNext).toContain("form-action 'self' https://idp.example;")
  })

  test.each([
    ['production', false],
    ['development', true],
  ])('in %s allows eval: %s', (mode, expected) => {
    expect(headersWith({ NODE_ENV: mode }).forNext.includes("'unsafe-eval'")).toBe(expected)
  })
})

test('with FRAME_ANCESTORS, the header that cannot name anybody is left out', () => {
  const { answer } = headersWith({ FRAME_ANCESTORS: "'self' https://app.example" })
  expect(answer.has('X-Frame-Options')).toBe(false)
  expect(answer.get('Content-Security-Policy')).toContain("frame-ancestors 'self' https://app.example")
})
