import { expect, test } from 'vitest'
import type { Flow } from '#lib/kratos/flows.ts'
import { lostChallenge } from '#lib/kratos/lost-challenge.ts'

const START = 'http://localhost/self-service/login/browser'
const flow = (message: number, fields: object) =>
  ({ ui: { nodes: [], messages: [{ id: message }] }, ...fields }) as unknown as Flow

test.each<[string, Flow, string | undefined]>([
  ['a login that replaces an expired one', flow(4010001, { request_url: `${START}?login_challenge=a` }), 'a'],
  ['a registration that does', flow(4040001, { request_url: `${START}?x=1&login_challenge=a%2Bb` }), 'a+b'],
  [
    'one that has kept it',
    flow(4010001, { request_url: `${START}?login_challenge=a`, oauth2_login_challenge: 'a' }),
    undefined,
  ],
  ['one that never had any', flow(4010001, { request_url: START }), undefined],
  ['one of another message', flow(4000006, { request_url: `${START}?login_challenge=a` }), undefined],
  [
    'one without messages',
    { ui: { nodes: [] }, request_url: `${START}?login_challenge=a` } as unknown as Flow,
    undefined,
  ],
  ['one without a URL', flow(4010001, {}), undefined],
])('%s', (_, given, expected) => {
  expect(lostChallenge(given)).toBe(expected)
})
