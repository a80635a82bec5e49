import type { UiNode } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { readFixture } from '../../tools/testing/fixtures.ts'
import { type Flow, isSecondFactor } from './flows.ts'
import { planForms, skipsValidation } from './forms.ts'

type Part = [group: string, name: string, type: string, value?: string | undefined, required?: boolean]

function flowOf(parts: Part[], more: object = {}): Flow {
  const nodes = parts.map(([group, name, type, value, required]) => ({
    type: 'input',
    group,
    attributes: { name, type, value, required, disabled: false, node_type: 'input' },
    messages: [],
    meta: {},
  }))
  return { ui: { nodes: nodes as unknown as UiNode[], action: '/', method: 'POST' }, ...more } as Flow
}

const CSRF: Part = ['default', 'csrf_token', 'hidden', 't']
const IDENTIFIER: Part = ['default', 'identifier', 'text', '', true]
const PASSWORD: Part[] = [
  ['password', 'password', 'password', undefined, true],
  ['password', 'method', 'submit', 'password'],
]
const CODE: Part = ['code', 'method', 'submit', 'code']
const GOOGLE: Part = ['oidc', 'provider', 'submit', 'google']

/** What a plan has, form by form: shared nodes, then each block's group, nodes and buttons. */
function outline(flow: Flow, type: 'login' | 'settings' = 'login') {
  const nameOf = ({ attributes }: UiNode) => ('name' in attributes ? attributes.name : '')
  return planForms(type, flow).map(({ hidden, nodes, blocks }) => ({
    hidden: hidden.map(nameOf),
    nodes: nodes.map(nameOf),
    blocks: blocks.map(
      ({ group, buttons }) => `${group}: ${buttons.map((b) => `${b.attributes.name}=${b.attributes.value}`)}`,
    ),
  }))
}

test('the primary method comes first, whatever the server order; social sign-in gets a form of its own', () => {
  expect(outline(flowOf([GOOGLE, CSRF, IDENTIFIER, CODE, ...PASSWORD]))).toEqual([
    {
      hidden: ['csrf_token'],
      nodes: ['identifier'],
      blocks: ['password: method=password', 'code: method=code'],
    },
    { hidden: ['csrf_token'], nodes: [], blocks: ['oidc: provider=google'] },
  ])
})

test('a hidden method keeps its group out of the shared form', () => {
  const sent: Part[] = [['code', 'method', 'hidden', 'code'], ['code', 'code', 'text'], CODE]
  expect(outline(flowOf([CSRF, IDENTIFIER, ...PASSWORD, ...sent]))).toEqual([
    { hidden: ['csrf_token'], nodes: ['identifier'], blocks: ['password: method=password'] },
    { hidden: ['csrf_token'], nodes: [], blocks: ['code: method=code'] },
  ])
})

test('the button of an address is not overruled by the identifier that a security key brings along', () => {
  const key: Part[] = [
    ['default', 'identifier', 'hidden', 'a@example.org'],
    ['webauthn', 'webauthn_login_trigger', 'button'],
  ]
  const address: Part = ['code', 'address', 'submit', '+4930123456']
  expect(outline({ ...flowOf([CSRF, ...key, address]), requested_aal: 'aal2' } as Flow)).toEqual([
    {
      hidden: ['csrf_token', 'identifier'],
      nodes: [],
      blocks: ['webauthn: webauthn_login_trigger=undefined'],
    },
    { hidden: ['csrf_token'], nodes: [], blocks: ['code: address=+4930123456'] },
  ])
})

test('an identifier that a group only carries along goes into the form of the code, and makes none of its own', () => {
  const known: Part = ['identifier_first', 'identifier', 'hidden', 'ada@example.org']
  const sent: Part[] = [['code', 'method', 'hidden', 'code'], ['code', 'code', 'text'], CODE]
  expect(outline(flowOf([known, ...sent, CSRF]))).toEqual([
    { hidden: ['csrf_token', 'identifier'], nodes: [], blocks: ['code: method=code'] },
  ])
})

test('in a group, the button of the method comes before others such as resend', () => {
  const parts: Part[] = [CSRF, ['code', 'resend', 'submit', 'code'], CODE]
  expect(outline(flowOf(parts))[0]?.blocks).toEqual(['code: method=code,resend=code'])
})

test('a group that only leads back comes last', () => {
  const parts: Part[] = [CSRF, ['profile', 'screen', 'submit', 'previous'], CODE]
  expect(outline(flowOf(parts))[0]?.blocks).toEqual(['code: method=code', 'profile: screen=previous'])
  const plan = planForms('registration', readFixture('registration-two-step-credentials').flow)
  expect(plan.at(0)?.blocks.at(-1)?.group).toBe('profile')
  expect(plan.at(0)?.blocks.map(({ group }) => group)).toContain('webauthn')
})

test('the settings have a form a group, in server order, each with the CSRF token', () => {
  const parts: Part[] = [CODE, CSRF, GOOGLE, ...PASSWORD]
  expect(outline(flowOf(parts), 'settings')).toEqual([
    { hidden: ['csrf_token'], nodes: [], blocks: ['code: method=code'] },
    { hidden: ['csrf_token'], nodes: [], blocks: ['oidc: provider=google'] },
    { hidden: ['csrf_token'], nodes: [], blocks: ['password: method=password'] },
  ])
})

test('so have second factors: what is at hand first, backup codes last', () => {
  const groups = ['lookup_secret', 'code', 'carrier_pigeon', 'webauthn', 'totp']
  const parts = groups.map((group): Part => [group, 'method', 'submit', group])
  const flow = flowOf([CSRF, ...parts], { requested_aal: 'aal2' })
  expect(isSecondFactor(flow)).toBe(true)
  expect(outline(flow).map(({ blocks }) => blocks)).toEqual([
    ['totp: method=totp'],
    ['webauthn: method=webauthn'],
    ['code: method=code'],
    ['lookup_secret: method=lookup_secret'],
    ['carrier_pigeon: method=carrier_pigeon'],
  ])
})

test('with no shared form, shared fields go to the first one', () => {
  const totp: Part = ['totp', 'method', 'submit', 'totp']
  expect(outline(flowOf([CSRF, IDENTIFIER, GOOGLE, totp])).map(({ nodes }) => nodes)).toEqual([['identifier'], []])
})

test('fields without any method are still shown', () => {
  expect(outline(flowOf([CSRF, IDENTIFIER]))).toEqual([{ hidden: ['csrf_token'], nodes: ['identifier'], blocks: [] }])
})

test('a captcha belongs to the shared fields', () => {
  const captcha: Part[] = [
    ['captcha', 'transient_payload.captcha_turnstile_response', 'hidden', ''],
    ['captcha', 'solution', 'text'],
  ]
  const [form] = outline(flowOf([CSRF, IDENTIFIER, ...captcha, ...PASSWORD]))
  expect(form?.hidden).toContain('transient_payload.captcha_turnstile_response')
  expect(form?.nodes).toEqual(['identifier', 'solution'])
  expect(form?.blocks).toEqual(['password: method=password'])
})

test('a group of hidden values alone makes no block: its values go along', () => {
  const challenge: Part = ['passkey', 'passkey_challenge', 'hidden', '{}']
  const [form] = outline(flowOf([CSRF, IDENTIFIER, challenge, ...PASSWORD]))
  expect(form?.hidden).toEqual(['csrf_token', 'passkey_challenge'])
  expect(form?.blocks).toEqual(['password: method=password'])
})

test("a group of Kratos's script alone makes no block", () => {
  const { type, flow } = readFixture('login')
  const groups = planForms(type, flow).flatMap(({ blocks }) => blocks.map(({ group }) => group))
  expect(groups).toEqual(['password', 'code', 'passkey', 'oidc'])
})

test('no node is lost, and none but the hidden shared ones is there twice', () => {
  for (const name of [
    'login',
    'registration-traits',
    'login-identifier-first-credentials',
    'settings',
    'newer/login-unknown',
  ]) {
    const { type, flow } = readFixture(name)
    const plans = planForms(type, flow)
    const once = plans.flatMap(({ nodes, blocks }) => [...nodes, ...blocks.flatMap((b) => [...b.nodes, ...b.buttons])])
    const planned = [...once, ...(plans[0]?.hidden ?? [])]
    // Kratos's script is the only one that has no place.
    const nodes = flow.ui.nodes.filter((node) => node.type !== 'script')
    expect(planned).toHaveLength(nodes.length)
    expect(new Set(planned)).toEqual(new Set(nodes))
  }
})

describe('which buttons the browser lets through with empty fields', () => {
  const forms = planForms('login', flowOf([CSRF, IDENTIFIER, CODE, GOOGLE, ...PASSWORD]))
  const buttons = forms.flatMap((form) =>
    form.blocks.flatMap((block) => block.buttons.map((button) => ({ form, button, value: button.attributes.value }))),
  )

  test.each([
    ['password', false],
    ['code', true],
    ['google', true],
  ])('%s: %s', (value, expected) => {
    const found = buttons.find((entry) => entry.value === value)
    expect(found && skipsValidation(found.form, found.button)).toBe(expected)
  })

  test('code insists on its fields where no other method has required ones', () => {
    const [form] = planForms('login', flowOf([CSRF, IDENTIFIER, CODE]))
    const button = form?.blocks[0]?.buttons[0]
    expect(form && button && skipsValidation(form, button)).toBe(false)
  })
})

test.each([
  ['settings-after-recovery', 'password'],
  ['settings-lookup-created', 'lookup_secret'],
  ['settings-lookup-revealed', 'lookup_secret'],
  ['settings-lookup-confirmed', 'passkey'],
])('%s: %s comes first', (name, group) => {
  const plans = planForms('settings', readFixture(name).flow)
  expect(plans[0]?.blocks.map((block) => block.group)).toEqual([group])
})
