import { describe, expect, test } from 'vitest'
import { observe } from '../../e2e/coverage/observe.ts'
import { choose, type Evidence, problemsOf, type Row, verdictOn } from '../../e2e/coverage/verdicts.ts'
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

describe('what is wrong after a run', () => {
  const [row1, row2, row3] = rows as [Row, Row, Row]
  const shown = [row1, row2, row3]
  const run = (...keys: string[]) => ({
    seen: Object.fromEntries(keys.map((key) => [key, ['another']])),
    isNewer: false,
  })

  test('nothing, when each row has what shows it and is seen, by whichever test', () => {
    expect(problemsOf(shown, evidence, run('message:1'))).toEqual([])
  })

  test('a row that no test saw any more; one that was seen and never occurs; what is in no catalogue', () => {
    const wrong = { ...evidence, reasons: { ...evidence.reasons, 'message:9': 'never' } }
    expect(problemsOf(shown, wrong, run('message:3'))).toEqual([
      'message:1: not seen in this run; "a.spec.ts › sees it (code)" saw it before',
      'message:3: it was seen, but is said never to occur',
      'message:9: not in the catalogue',
    ])
  })

  test('a row that nothing shows', () => {
    expect(problemsOf(rows, evidence, run('message:1'))).toEqual(['message:4: nothing shows it'])
    const newer = [...shown, { key: 'message:4', since: 'newer' as const }]
    expect(problemsOf(newer, evidence, run('message:1'))).toEqual(['message:4: nothing shows it'])
  })

  test('on a newer Kratos: what is new may be seen, and reasons of the old one need not hold', () => {
    const onNewer = { ...run('message:1', 'message:3', 'message:4'), isNewer: true }
    const newer = [...shown, { key: 'message:4', since: 'newer' as const }]
    expect(problemsOf(newer, evidence, onNewer)).toEqual([])
  })

  test('a newer row with a test is missed where the Kratos has it, and only there', () => {
    const newer = [{ ...row1, since: 'newer' as const }]
    const tested = { ...evidence, reasons: {} }
    expect(problemsOf(newer, tested, run())).toEqual([])
    expect(problemsOf(newer, tested, { ...run(), isNewer: true })).toHaveLength(1)
    const licensed = [{ ...row1, since: 'licensed' as const }]
    expect(problemsOf(licensed, tested, { ...run(), isNewer: true })).toEqual([])
  })
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
