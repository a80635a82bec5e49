import { expect, test } from 'vitest'
import type { LogoutRequest } from '#lib/hydra/logout.ts'
import { logoutTokenOf, planLogout } from '#lib/hydra/logout-plan.ts'
import type { SessionResult } from '#lib/kratos/get-session.ts'

const ADA = { kind: 'session', session: { id: 'session-1', identity: { id: 'ada' } } } as SessionResult
const HALF = { kind: 'aal2' } as const
const NOBODY = { kind: 'none' } as const

const asked = (subject: string, skip?: boolean): LogoutRequest => ({
  subject,
  client: skip === undefined ? undefined : { client_id: 'app', skip_logout_consent: skip },
})

test.each<[string, LogoutRequest, SessionResult, ReturnType<typeof planLogout>]>([
  ['her own', asked('ada', false), ADA, { session: 'end', asks: true }],
  ['her own, by hand', asked('ada'), ADA, { session: 'end', asks: true }],
  ['her own, by a client that asks for her', asked('ada', true), ADA, { session: 'end', asks: false }],
  ['somebody else’s', asked('bob', false), ADA, { session: 'keep', asks: true }],
  ['somebody else’s, without asking', asked('bob', true), ADA, { session: 'keep', asks: true }],
  ['nobody’s at Hydra', asked('', true), ADA, { session: 'end', asks: true }],
  ['half signed in', asked('ada', true), HALF, { session: 'end', asks: true }],
  ['signed out at Kratos', asked('ada', false), NOBODY, { session: 'none', asks: true }],
  ['signed out at Kratos, without asking', asked('ada', true), NOBODY, { session: 'none', asks: false }],
  ['signed out everywhere', asked(''), NOBODY, { session: 'none', asks: false }],
])('a sign-out: %s', (_, request, session, expected) => {
  expect(planLogout(request, session)).toEqual(expected)
})

test('a token is for one sign-out and one session', () => {
  const tokens = [
    logoutTokenOf('a', ADA),
    logoutTokenOf('b', ADA),
    logoutTokenOf('a', HALF),
    logoutTokenOf('a', NOBODY),
    logoutTokenOf('a', { kind: 'session', session: { id: 'session-2' } } as SessionResult),
  ]
  expect(new Set(tokens).size).toBe(tokens.length)
})
