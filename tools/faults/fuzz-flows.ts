import fc from 'fast-check'
import { allFlows, type Fixture, readSession } from '../testing/fixtures.ts'

/** A flow of which something is not as Kratos sends it. */
export type FuzzFlow = { id: string; type: Fixture['type']; from: string; body: unknown; signedIn: boolean }

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** A change somewhere in a tree: `where` picks the place, each number a child of the one before. */
type Change = { where: number[]; how: (typeof HOW)[number]; value: Json; name: string }

const HOW = ['replace', 'replace', 'replace', 'remove', 'repeat', 'wrap', 'add', 'rename'] as const
const NAMES = [
  ...['id', 'type', 'group', 'attributes', 'messages', 'meta', 'label', 'context', 'nodes', 'action', 'method', 'text'],
  ...['name', 'value', 'href', 'src', 'onclick', 'onload', 'node_type', 'disabled', 'required', 'pattern', 'maxlength'],
  ...['state', 'active', 'return_to', 'identity', 'oauth2_login_request', 'continue_with', 'toString', 'constructor'],
  ...['options', 'autocomplete', 'title', 'organization_id', 'requested_aal', 'refresh', 'transient_payload'],
]
const VALUES: readonly Json[] = [
  ...['', ' ', '0', 'javascript:alert(1)', '//evil.example', 'https://evil.example/x', '<b>x</b>', 'x'.repeat(20_000)],
  ...[
    '\u0000',
    '\u202e',
    '\ud800',
    'input',
    'script',
    'img',
    'a',
    'div',
    'text',
    'hidden',
    'submit',
    'button',
    'checkbox',
  ],
  ...[
    'default',
    'password',
    'oidc',
    'code',
    'webauthn',
    'passkey',
    'totp',
    'lookup_secret',
    'profile',
    'saml',
    'captcha',
  ],
  ...['(', '[', '2026-13-45', 'not a date', '__proto__', 'success', 'show_form', 'aal3', 'data:text/html,x'],
  ...[null, true, false, 0, -1, 1.5, 1e308, 1010001, 4000006, 1060003, 9_999_999, [], {}, [[]], [null], [1, 'a', {}]],
  ...[{ id: 4000001 }, { text: null }, { a: { b: { c: {} } } }, { id: 1, text: 'x', type: 'error' }],
]

const change: fc.Arbitrary<Change> = fc.record({
  where: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
  how: fc.constantFrom(...HOW),
  value: fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>),
  name: fc.constantFrom(...NAMES),
})

/** So many flows of e2e/flows, each with one to six changes; the same ones for the same seed. */
export function fuzzFlows(seed: number, count: number): FuzzFlow[] {
  const flows = allFlows()
  const one = fc.record({
    from: fc.nat(flows.length - 1),
    changes: fc.array(change, { minLength: 1, maxLength: 6 }),
    signedIn: fc.boolean(),
  })
  return fc.sample(one, { seed, numRuns: count }).map(({ from, changes, signedIn }, index) => {
    const fixture = flows[from] as (typeof flows)[number]
    const body = structuredClone(fixture.flow) as unknown as Json
    for (const each of changes) apply(body, each)
    return { id: `fuzz-${index}`, type: fixture.type, from: fixture.name, body, signedIn }
  })
}

/** The recorded session with changes, for the pages that show one. */
export function fuzzSessions(seed: number, count: number): unknown[] {
  const changes = fc.array(change, { minLength: 1, maxLength: 4 })
  return fc.sample(changes, { seed, numRuns: count }).map((all) => {
    const body = structuredClone(readSession()) as unknown as Json
    for (const each of all) apply(body, each)
    return body
  })
}

function apply(root: Json, { where, how, value, name }: Change): void {
  let holder = root as Record<string, Json>
  let key = ''
  for (const [depth, step] of where.entries()) {
    const keys = Object.keys(holder)
    if (keys.length === 0) break
    key = keys[step % keys.length] ?? ''
    const next = holder[key]
    if (depth === where.length - 1 || typeof next !== 'object' || next === null || Object.keys(next).length === 0) break
    holder = next as Record<string, Json>
  }
  const old = holder[key] ?? null
  switch (how) {
    case 'replace':
      holder[key] = value
      return
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else delete holder[key]
      return
    case 'repeat':
      if (Array.isArray(holder)) holder.push(structuredClone(old))
      return
    case 'wrap':
      holder[key] = [old]
      return
    case 'add':
      if (Array.isArray(holder)) holder.push(value)
      else holder[name] = value
      return
    case 'rename':
      if (Array.isArray(holder)) return
      delete holder[key]
      holder[name] = old
  }
}
