import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { DEFAULT_POLICY, DEFAULT_POLICY_SOURCE } from '#lib/trusted-types.ts'
import hostile from '../tools/testing/hostile-urls.json' with { type: 'json' }

const OURS = 'https://login.example'

/** What the script registers on a page of ours: the name and the functions of its policy. */
function registered() {
  const made: { name: string; rules: Record<string, (text: string) => string | null> }[] = []
  const self = { trustedTypes: { createPolicy: (name: string, rules: never) => made.push({ name, rules }) } }
  runInNewContext(DEFAULT_POLICY, { self, URL, location: new URL(`${OURS}/login?flow=1`) })
  return made
}

test('there is one policy, the default one, for the URLs of scripts alone', () => {
  expect(registered().map(({ name, rules }) => [name, Object.keys(rules)])).toEqual([['default', ['createScriptURL']]])
})

test('browsers without Trusted Types have nothing to do', () => {
  expect(() => runInNewContext(DEFAULT_POLICY, { self: {}, URL })).not.toThrow()
})

const createScriptURL = (text: string) => registered()[0]?.rules.createScriptURL?.(text)

test.each(['/_next/static/chunks/a.js', `${OURS}/_next/static/chunks/a-b.js?dpl=1`, '_next/static/x.js'])(
  'the file of the build %s is taken as it is',
  (text) => {
    expect(createScriptURL(text)).toBe(text)
  },
)

test.each([
  ...hostile,
  '/self-service/x.js',
  '/_next/image?url=x',
  '/_next/static/../../self-service/x.js',
  '/_next/static/%2e%2e/%2e%2e/self-service/x.js',
  'https://evil.example/_next/static/x.js',
  `${OURS}.evil.example/_next/static/x.js`,
  'http://login.example/_next/static/x.js',
  `blob:${OURS}/_next/static/x.js`,
  'data:text/javascript,x',
])('%j is not taken', (text) => {
  let taken: string | null | undefined
  try {
    taken = createScriptURL(text)
  } catch {
    // No URL at all: the browser refuses it as well.
  }
  expect(taken ?? null).toBeNull()
})

test('the hash is that of the script, and nothing in it is written otherwise in HTML', () => {
  expect(DEFAULT_POLICY_SOURCE).toBe(`'sha256-${createHash('sha256').update(DEFAULT_POLICY).digest('base64')}'`)
  expect(DEFAULT_POLICY).not.toMatch(/<\/?script|<!--/i)
})
