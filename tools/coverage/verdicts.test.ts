import { expect, test } from 'vitest'
import { observe } from '../../e2e/coverage/observe.ts'
import { choose, type Evidence, problemsOf, verdictOn } from '../../e2e/coverage/verdicts.ts'
import { readFixture } from '../testing/fixtures.ts'

const rows = [{ key: 'message:1' }, { key: 'message:2' }, { key: 'message:3' }, { key: 'message:4' }]
const evidence: Evidence = {
  chosen: { 'message:1': 'a.spec.ts › sees it (code)' },
  fixtures: { 'message:1': ['login-x'], 'message:2': ['login-x'] },
  reasons: { 'message:2': 'never', 'message:3': 'for applications only' },
}

test('a test counts before a fixture, a fixture before a reason; without any a row is open', () => {
  expect(rows.map((row) => verdictOn(row, evidence).kind)).toEqual(['e2e', 'fixture', 'cannot occur', 'open'])
})

test('a test that was chosen stays chosen as long as it sees the row', () => {
  const seen = { 'message:1': ['a', 'b'], 'message:2': ['a'], 'message:9': ['a'] }
  expect(choose(rows, seen, { 'message:1': 'b', 'message:2': 'gone' })).toEqual({
    'message:1': 'b',
    'message:2': 'a',
  })
})

test('a row that no test saw any more is a problem, and so is one that was seen and never occurs', () => {
  const wrong = { ...evidence, reasons: { ...evidence.reasons, 'message:9': 'never' } }
  expect(problemsOf(rows, wrong, { 'message:3': ['a'] })).toEqual([
    'message:1: not seen in this run; "a.spec.ts › sees it (code)" saw it before',
    'message:3: it was seen, but is said never to occur',
    'message:9: not in the catalogue',
  ])
  expect(problemsOf(rows, evidence, { 'message:1': ['another'] })).toEqual([])
})

test('what a flow holds', () => {
  const keys = observe('/self-service/login/flows', readFixture('login').flow)
  expect(keys).toEqual(
    expect.arrayContaining([
      'flow:login',
      'state:login/choose_method',
      'group:passkey',
      'node:script',
      'input:password',
      'autocomplete:current-password',
      'trigger:oryPasskeyLogin',
      'message:1070001',
    ]),
  )
  expect(observe('/self-service/settings/flows', readFixture('settings-lookup-revealed').flow)).toContain(
    'message:1050014',
  )
})

test.each([
  [{ error: { id: 'session_inactive' } }, ['error:session_inactive']],
  [
    {
      error: {
        id: 'x',
        details: { redirect_browser_to: '/y', continue_with: [{ action: 'show_recovery_ui' }] },
      },
    },
    ['error:x', 'action:show_recovery_ui', 'action:redirect_browser_to'],
  ],
  [undefined, []],
  ['text', []],
])('what an error holds: %j', (body, keys) => {
  expect(observe('/self-service/errors', body)).toEqual(keys)
})
