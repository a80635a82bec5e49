import { describe, expect, test } from 'vitest'
import { type Answer, type FlowResult, type Problem, toFlowResult } from '#lib/kratos/results.ts'

const DISABLED = 'Recovery is not allowed because it was disabled.'

// kratos.md, section 2: one row for every error id, and for every answer without one.

const STEP_UP = 'http://kratos/self-service/login/browser?aal=aal2'
const REFRESH = 'http://kratos/self-service/login/browser?refresh=true'
const verificationUi = (id: unknown) => ({
  continue_with: [{ action: 'new_action' }, null, { action: 'show_verification_ui', flow: { id } }],
})

type Fields = { details?: unknown; reason?: string; message?: string; redirect_browser_to?: string }

const failure = (id: string | undefined, { redirect_browser_to, ...fields }: Fields = {}) => ({
  error: { ...(id ? { id } : {}), ...fields },
  ...(redirect_browser_to ? { redirect_browser_to } : {}),
})

const problem = (name: Problem, status: number, more: object = {}): FlowResult => ({
  kind: 'problem',
  problem: name,
  status,
  ...more,
})

const unavailable: FlowResult = problem('unavailable', 503)

describe('an error id', () => {
  test.each<[string, number, Fields, FlowResult]>([
    ['session_already_available', 400, {}, { kind: 'signed-in' }],
    ['session_aal_already_fulfilled', 401, {}, { kind: 'signed-in' }],
    ['session_aal1_required', 401, {}, { kind: 'restart', reason: 'aal1' }],
    ['session_aal2_required', 403, { redirect_browser_to: STEP_UP }, { kind: 'redirect', to: STEP_UP }],
    ['session_aal2_required', 403, { details: { redirect_browser_to: STEP_UP } }, { kind: 'redirect', to: STEP_UP }],
    ['session_aal2_required', 403, {}, { kind: 'sign-in', aal: 'aal2' }],
    ['session_inactive', 401, {}, { kind: 'sign-in' }],
    ['session_refresh_required', 403, { redirect_browser_to: REFRESH }, { kind: 'redirect', to: REFRESH }],
    ['session_refresh_required', 403, { reason: 'why' }, problem('refused', 403, { reason: 'why' })],
    ['session_verified_address_required', 403, { details: verificationUi('v1') }, { kind: 'verify', flowId: 'v1' }],
    ['session_verified_address_required', 400, { details: verificationUi('v1') }, { kind: 'verify', flowId: 'v1' }],
    ['session_verified_address_required', 403, { details: verificationUi(7) }, { kind: 'verify' }],
    ['session_verified_address_required', 403, {}, { kind: 'verify' }],
    ['security_csrf_violation', 403, { details: { docs: 'd' } }, { kind: 'restart', reason: 'csrf' }],
    ['security_identity_mismatch', 403, {}, { kind: 'restart', reason: 'identity' }],
    ['self_service_flow_expired', 410, {}, { kind: 'restart', reason: 'expired' }],
    [
      'self_service_flow_expired',
      410,
      { details: { return_to: '/a' } },
      { kind: 'restart', reason: 'expired', returnTo: '/a' },
    ],
    ['self_service_flow_replaced', 400, {}, { kind: 'restart', reason: 'expired' }],
    ['self_service_flow_disabled', 400, {}, problem('disabled', 403)],
    [
      'self_service_flow_return_to_forbidden',
      400,
      { reason: 'not allowed: http://x' },
      problem('return-to-forbidden', 400, { reason: 'not allowed: http://x' }),
    ],
    [
      'browser_location_change_required',
      422,
      { redirect_browser_to: 'http://idp/' },
      { kind: 'redirect', to: 'http://idp/' },
    ],
    ['browser_location_change_required', 422, {}, problem('refused', 422)],
    ['identity_disabled', 400, { message: 'disabled' }, problem('identity-disabled', 403, { reason: 'disabled' })],
    ['an_id_of_the_future', 403, { reason: 'new' }, problem('refused', 403, { reason: 'new' })],
  ])('%s (%i, %j)', (id, status, fields, expected) => {
    expect(toFlowResult({ status, body: failure(id, fields) })).toEqual(expected)
  })

  test('decides, not the status it came with', () => {
    const body = failure('session_inactive')
    for (const status of [400, 401, 403, 404, 410, 500]) {
      expect(toFlowResult({ status, body })).toEqual({ kind: 'sign-in' })
    }
  })
})

describe('an answer without an id', () => {
  const reasons = failure(undefined, { reason: 'because' })
  test.each<[string, Answer, FlowResult]>([
    ['404', { status: 404, body: reasons }, { kind: 'restart', reason: 'missing' }],
    ['401', { status: 401, body: reasons }, { kind: 'sign-in' }],
    [
      '410 with details',
      { status: 410, body: failure(undefined, { details: { return_to: '/r' } }) },
      { kind: 'restart', reason: 'expired', returnTo: '/r' },
    ],
    [
      '410 with an empty return_to',
      { status: 410, body: failure(undefined, { details: { return_to: '' } }) },
      { kind: 'restart', reason: 'expired' },
    ],
    ['410 without details', { status: 410, body: failure(undefined) }, { kind: 'restart', reason: 'expired' }],
    [
      '410 whose details are null',
      { status: 410, body: failure(undefined, { details: null }) },
      { kind: 'restart', reason: 'expired' },
    ],
    [
      '400 of a flow that is switched off',
      { status: 400, body: failure(undefined, { reason: DISABLED }) },
      problem('disabled', 403, { reason: DISABLED }),
    ],
    [
      '400 of a verification for another reason',
      { status: 400, body: reasons },
      problem('refused', 400, { reason: 'because' }),
    ],
    ['400 of a login', { status: 400, body: reasons }, problem('refused', 400, { reason: 'because' })],
    ['403', { status: 403, body: reasons }, problem('refused', 403, { reason: 'because' })],
    [
      '403 with a message only',
      { status: 403, body: failure(undefined, { message: 'm' }) },
      problem('refused', 403, { reason: 'm' }),
    ],
    [
      '429 with Retry-After',
      { status: 429, body: {}, retryAfter: '7' },
      problem('too-many-requests', 429, { retryAfter: 7 }),
    ],
    ['429 without Retry-After', { status: 429, body: 'slow down' }, problem('too-many-requests', 429)],
    [
      '429 with a date',
      { status: 429, body: {}, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      problem('too-many-requests', 429),
    ],
    ['429 with nonsense', { status: 429, body: {}, retryAfter: 'Infinity' }, problem('too-many-requests', 429)],
    ['500', { status: 500, body: reasons }, unavailable],
    ['502 with HTML', { status: 502, body: '<html>' }, unavailable],
    ['503', { status: 503, body: {} }, unavailable],
    ['504', { status: 504, body: null }, unavailable],
    ['no answer: network failure or time-out', { status: 0, body: undefined }, unavailable],
    ['200 with HTML', { status: 200, body: '<html>' }, unavailable],
    ['200 with JSON that is no flow', { status: 200, body: { id: 'x' } }, unavailable],
    ['200 with half a flow', { status: 200, body: { id: 'x', ui: { nodes: [] } } }, unavailable],
    ['200 with a list', { status: 200, body: [] }, unavailable],
    ['303 of a gateway', { status: 303, body: '' }, unavailable],
    ['403 with HTML of a gateway', { status: 403, body: '<html>' }, unavailable],
    ['404 with HTML of a gateway', { status: 404, body: '<html>' }, unavailable],
    ['an error that is a text', { status: 404, body: { error: 'text' } }, { kind: 'restart', reason: 'missing' }],
  ])('%s', (_name, answer, expected) => {
    expect(toFlowResult(answer)).toEqual(expected)
  })
})

describe('a flow', () => {
  test('is handed on as it came, unknown fields included', () => {
    const body = { id: 'x', ui: { action: '/', nodes: [{ type: 'hologram' }], more: 1 }, later: 1 }
    expect(toFlowResult({ status: 200, body })).toMatchObject({ kind: 'flow', flow: body })
  })

  test.each([[null], [undefined]])('with %j for its nodes has none', (nodes) => {
    const result = toFlowResult({ status: 200, body: { id: 'x', ui: { action: '/', nodes } } })
    expect(result).toMatchObject({ kind: 'flow', flow: { ui: { nodes: [] } } })
  })

  test('with a text for its nodes is none', () => {
    const body = { id: 'x', ui: { action: '/', nodes: 'x' } }
    expect(toFlowResult({ status: 200, body })).toEqual(unavailable)
  })
})
