import { describe, expect, test } from 'vitest'
import { decideStart, parseFlash, parseNote, type StartNote, type StartRequest } from '#lib/start-note.ts'

const NOW = 1_800_000_000_000
const ago = (ms: number): number => NOW - ms

const note = (patch: Partial<StartNote> = {}): StartNote => ({
  starts: [{ params: { return_to: '/a', aal: 'aal2' }, at: ago(60_000) }],
  times: [ago(60_000)],
  ...patch,
})

const decide = (patch: Partial<StartRequest> = {}) =>
  decideStart({
    params: {},
    reason: undefined,
    note: undefined,
    bounced: false,
    checkCookie: false,
    now: NOW,
    ...patch,
  })

function started(patch: Partial<StartRequest>) {
  const decision = decide(patch)
  if (decision.kind !== 'start') throw new Error(`decided ${decision.kind}`)
  return decision
}

const times = (...list: number[]): StartNote => note({ times: list.map(ago) })

describe('what a request without a flow comes to', () => {
  test.each<[string, Partial<StartRequest>, ReturnType<typeof decide> | { kind: 'start' }]>([
    ['a first start', {}, { kind: 'start' }],
    ['a restart after an expiry', { reason: 'expired', note: note() }, { kind: 'start' }],
    ['a restart without a note', { reason: 'expired' }, { kind: 'start' }],
    ['a 403, and no note: cookies may be off', { reason: 'csrf' }, { kind: 'bounce' }],
    [
      'back from the bounce without its cookie',
      { reason: 'csrf', bounced: true },
      { kind: 'diagnosis', why: 'cookies', params: {} },
    ],
    ['back from the bounce with its cookie', { reason: 'csrf', bounced: true, checkCookie: true }, { kind: 'start' }],
    ['a check cookie that is older than this bounce', { reason: 'csrf', checkCookie: true }, { kind: 'bounce' }],
    ['the first 403 with a note', { reason: 'csrf', note: note() }, { kind: 'start' }],
    [
      'a second 403 within 10 s',
      { reason: 'csrf', note: note({ csrfAt: ago(9_999) }) },
      { kind: 'diagnosis', why: 'csrf', params: {} },
    ],
    ['a second 403 after 10 s', { reason: 'csrf', note: note({ csrfAt: ago(10_000) }) }, { kind: 'start' }],
    ['another reason just after a 403', { reason: 'expired', note: note({ csrfAt: ago(1) }) }, { kind: 'start' }],
    ['the fourth start within 30 s', { note: times(1, 2, 29_999) }, { kind: 'start' }],
    ['the fifth start within 30 s', { note: times(1, 2, 3, 29_999) }, { kind: 'diagnosis', why: 'loop', params: {} }],
    [
      'a fifth one that an application asked for',
      { params: { login_challenge: 'e' }, note: times(1, 2, 3, 4) },
      { kind: 'start' },
    ],
    [
      'the fifth one of which is a restart',
      { params: { login_challenge: 'e' }, reason: 'missing', note: times(1, 2, 3, 4) },
      { kind: 'diagnosis', why: 'loop', params: { login_challenge: 'e' } },
    ],
    [
      'the twentieth that applications asked for',
      { params: { login_challenge: 'e' }, note: times(...Array.from({ length: 19 }, (_, index) => index)) },
      { kind: 'diagnosis', why: 'loop', params: { login_challenge: 'e' } },
    ],
    ['a fifth start after 30 s', { note: times(1, 2, 3, 30_000) }, { kind: 'start' }],
  ])('%s', (_name, request, expected) => {
    expect(decide(request)).toMatchObject(expected)
  })
})

describe('the parameters of a restart', () => {
  const starts = [
    { params: { return_to: '/new', login_challenge: 'n' }, at: ago(1_000) },
    { params: { return_to: '/old', login_challenge: 'o', aal: 'aal2', via: 'email' }, at: ago(2_000) },
  ]
  test.each<[string, Partial<StartRequest>, Record<string, string>]>([
    ['a first start takes none of the note', { params: { aal: 'aal1' } }, { aal: 'aal1' }],
    ['a fresh start takes none of the note', { reason: 'fresh' }, {}],
    [
      'the newest start, when the page knows nothing',
      { reason: 'missing' },
      { return_to: '/new', login_challenge: 'n' },
    ],
    [
      'the start with the same return_to, not the newest',
      { reason: 'expired', params: { return_to: '/old' } },
      { return_to: '/old', login_challenge: 'o', aal: 'aal2', via: 'email' },
    ],
    [
      'the start with the same challenge, not the newest',
      { reason: 'expired', params: { login_challenge: 'o' } },
      { return_to: '/old', login_challenge: 'o', aal: 'aal2', via: 'email' },
    ],
    [
      'nothing of others for an unknown return_to',
      { reason: 'expired', params: { return_to: '/x' } },
      { return_to: '/x' },
    ],
    [
      'what the page knows wins over the note',
      { reason: 'expired', params: { return_to: '/new', login_challenge: 'page' } },
      { return_to: '/new', login_challenge: 'page' },
    ],
    [
      'no second factor when the first is missing',
      { reason: 'aal1', params: { return_to: '/old' } },
      { return_to: '/old', login_challenge: 'o' },
    ],
  ])('%s', (_name, request, expected) => {
    expect(started({ note: note({ starts }), ...request }).params).toEqual(expected)
  })
})

describe('the note that is left', () => {
  test('holds the start and its time first', () => {
    const before = note()
    expect(started({ params: { return_to: '/b' }, note: before }).note).toEqual({
      starts: [{ params: { return_to: '/b' }, at: NOW }, ...before.starts],
      times: [NOW],
    })
  })

  test('holds three starts, the newest', () => {
    const starts = [1, 2, 3].map((age) => ({ params: { return_to: `/${age}` }, at: ago(age) }))
    const left = started({ note: note({ starts }) }).note.starts
    expect(left.map(({ at }) => at)).toEqual([NOW, ago(1), ago(2)])
  })

  test('keeps the time of an earlier 403, and takes that of this one', () => {
    const earlier = note({ csrfAt: ago(20_000) })
    expect(started({ note: earlier }).note.csrfAt).toBe(ago(20_000))
    expect(started({ note: earlier, reason: 'csrf' }).note.csrfAt).toBe(NOW)
    expect(started({}).note).not.toHaveProperty('csrfAt')
  })

  test('forgets older starts when their parameters grow too long', () => {
    const long = { params: { login_challenge: 'c'.repeat(1_000) }, at: ago(1) }
    const left = started({ params: { return_to: `/${'r'.repeat(1_000)}` }, note: note({ starts: [long] }) })
    expect(left.note.starts.map(({ at }) => at)).toEqual([NOW])
  })

  test.each([
    ['long', 'x'.repeat(2_000)],
    ['in Chinese, three bytes a letter', '字'.repeat(700)],
  ])('of a start whose parameters are too long (%s) only the time is kept', (_name, value) => {
    const decision = started({ params: { return_to: value } })
    expect(decision.note.starts).toEqual([{ params: {}, at: NOW }])
    expect(decision.params, 'Kratos gets them all the same').toEqual({ return_to: value })
  })

  test('can be read again', () => {
    const { note: left } = started({ params: { return_to: '/b' }, note: note(), reason: 'csrf' })
    expect(parseNote(JSON.parse(JSON.stringify(left)))).toEqual(left)
  })
})

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [{ starts: [], times: 'now' }],
  [{ starts: [{ params: { return_to: 1 }, at: 1 }], times: [] }],
  [{ starts: [], times: Array.from({ length: 21 }, (_, index) => index) }],
])('%j is no note', (value) => {
  expect(parseNote(value)).toBeUndefined()
})

test.each([
  ['for this flow', { type: 'login', reason: 'expired' }, 'expired'],
  ['for another flow', { type: 'settings', reason: 'expired' }, undefined],
  ['none', undefined, undefined],
  ['something else', { type: 'login' }, undefined],
])('a flash %s', (_name, value, expected) => {
  expect(parseFlash(value, 'login')).toBe(expected)
})
