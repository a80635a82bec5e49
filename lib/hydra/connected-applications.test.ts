import { expect, test } from 'vitest'
import { toConnected } from '#lib/hydra/connected-applications.ts'

const consent = (client: object | undefined, own: object = {}) => ({
  consent_request: { client },
  grant_scope: ['openid'],
  handled_at: '2026-01-01T10:00:00Z',
  remember: false,
  remember_for: 0,
  ...own,
})
const APP = { client_id: 'app', client_name: 'Photo Album' }

test('consents for the same application are one, with all of their scopes', () => {
  const connected = toConnected([
    consent(APP, { grant_scope: ['openid', 'email'], handled_at: '2026-01-02T10:00:00Z' }),
    consent({ client_id: 'other' }, { handled_at: '2026-01-04T10:00:00Z' }),
    consent(
      { ...APP, client_name: 'Photo Album 2' },
      { grant_scope: ['openid', 'photos.read'], handled_at: '2026-01-03T10:00:00Z' },
    ),
  ])
  expect(connected).toEqual([
    {
      client: 'other',
      application: { name: 'other' },
      scopes: ['openid'],
      since: '2026-01-04T10:00:00Z',
      latest: '2026-01-04T10:00:00Z',
      remembered: 'never',
    },
    {
      client: 'app',
      application: { name: 'Photo Album 2' },
      scopes: ['openid', 'photos.read', 'email'],
      since: '2026-01-02T10:00:00Z',
      latest: '2026-01-03T10:00:00Z',
      remembered: 'never',
    },
  ])
})

test.each<[string, object[], string]>([
  ['never', [{ remember: false, remember_for: 60 }], 'never'],
  ['always', [{ remember: true, remember_for: 0 }], 'always'],
  ['for a while', [{ remember: true, remember_for: 3600 }], '2026-01-01T11:00:00.000Z'],
  [
    'for the longest while',
    [
      { remember: true, remember_for: 60 },
      { remember: true, remember_for: 3600 },
    ],
    '2026-01-01T11:00:00.000Z',
  ],
  ['always, whatever else', [{ remember: true, remember_for: 60 }, { remember: true }], 'always'],
  ['since nobody knows when', [{ remember: true, remember_for: 60, handled_at: undefined }], 'never'],
])('remembered %s', (_, all, expected) => {
  expect(toConnected(all.map((own) => consent(APP, own)))[0]?.remembered).toBe(expected)
})

test.each([[null], ['text'], [{}], [consent(undefined)], [consent({})]])('%j is no application', (one) => {
  expect(toConnected([one])).toEqual([])
})

test('what is missing or strange in a consent is left out', () => {
  const client = { client_id: 'app', client_name: '\u202e \u0000' }
  expect(toConnected([consent(client, { grant_scope: null, handled_at: undefined })])).toEqual([
    {
      client: 'app',
      application: { name: 'app' },
      scopes: [],
      since: undefined,
      latest: undefined,
      remembered: 'never',
    },
  ])
})
