import { expect, test } from 'vitest'
import { type FlowResult, fromStoredError } from '#lib/kratos/results.ts'

// What /error?id= makes of an error that Kratos stored. It moves on by itself only for four ids (design.md, decision 19).
const refused = (status: number, reason?: string): FlowResult => ({
  kind: 'problem',
  problem: 'refused',
  status,
  ...(reason ? { reason } : {}),
})

const oauth2 = (problem: 'oauth2-over' | 'oauth2-account' | 'oauth2-unavailable', status: number): FlowResult => ({
  kind: 'problem',
  problem,
  status,
})
const hydra = (doing: 'get' | 'accept', status: number | undefined) => ({
  code: 500,
  reason: `Unable to ${doing} OAuth 2.0 Login Challenge.`,
  ...(status ? { details: { status_code: status } } : {}),
})

test.each<[string, object | undefined, FlowResult]>([
  ['session_already_available', { id: 'session_already_available' }, { kind: 'signed-in' }],
  ['session_aal1_required', { id: 'session_aal1_required' }, { kind: 'restart', reason: 'aal1' }],
  ['session_aal2_required', { id: 'session_aal2_required' }, { kind: 'sign-in', aal: 'aal2' }],
  [
    'session_aal2_required with a target',
    { id: 'session_aal2_required', details: { redirect_browser_to: 'http://k/' } },
    { kind: 'redirect', to: 'http://k/' },
  ],
  ['session_inactive', { id: 'session_inactive' }, { kind: 'sign-in' }],
  [
    'security_csrf_violation is read, not restarted',
    { id: 'security_csrf_violation', code: 403, reason: 'token' },
    refused(403, 'token'),
  ],
  ['security_identity_mismatch', { id: 'security_identity_mismatch', code: 403 }, refused(403)],
  ['self_service_flow_expired', { id: 'self_service_flow_expired', code: 410 }, refused(410)],
  [
    'self_service_flow_return_to_forbidden',
    { id: 'self_service_flow_return_to_forbidden', reason: 'no' },
    { kind: 'problem', problem: 'return-to-forbidden', status: 400, reason: 'no' },
  ],
  [
    'self_service_flow_disabled',
    { id: 'self_service_flow_disabled' },
    { kind: 'problem', problem: 'disabled', status: 403 },
  ],
  ['session_refresh_required', { id: 'session_refresh_required', code: 403 }, refused(403)],
  ['session_verified_address_required', { id: 'session_verified_address_required' }, { kind: 'verify' }],
  ['no id', { code: 404, reason: 'gone', message: 'm' }, refused(404, 'gone')],
  ['a stub of Kratos (stub:500)', { code: 500, message: 'm' }, refused(500, 'm')],
  ['no code', { message: 'm' }, refused(500, 'm')],
  ['a login that Hydra does not know', hydra('get', 404), oauth2('oauth2-over', 410)],
  ['a login that Hydra is done with', hydra('get', 410), oauth2('oauth2-over', 410)],
  ['a login that was finished elsewhere', hydra('accept', 409), oauth2('oauth2-over', 410)],
  ['a login of somebody else', hydra('accept', 400), oauth2('oauth2-account', 403)],
  ['a Hydra that fails', hydra('get', 502), oauth2('oauth2-unavailable', 503)],
  ['a Hydra that is not there', hydra('accept', undefined), oauth2('oauth2-unavailable', 503)],
  ['a code that is no error', { code: 200 }, refused(500)],
  ['nothing', undefined, refused(500)],
])('%s', (_name, error, expected) => {
  expect(fromStoredError({ id: 'e', ...(error ? { error } : {}) })).toEqual(expected)
})
