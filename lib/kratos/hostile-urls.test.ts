import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { webUrl } from '#lib/hydra/results.ts'
import { formAction, isOurWorld, kratosTarget } from '#lib/kratos/browser-url.ts'
import { isOwnPath, safeHref } from '#lib/kratos/safe-url.ts'
import { backTarget, ownTarget } from '#lib/request-target.ts'
import hostile from '../../tools/testing/hostile-urls.json' with { type: 'json' }

// Where we send people: whatever Kratos, Hydra, a query or a cookie says, a check lets it through only if a browser on our
// page would get where it should. What a browser makes of a URL is the WHATWG parser's word, on our own page.
const OURS = 'https://login.example'
const KRATOS = 'https://kratos.example'
const urls = { KRATOS_BROWSER_URL: KRATOS, PUBLIC_URL: OURS }
const sameOrigin = { KRATOS_BROWSER_URL: '/', PUBLIC_URL: undefined }

const seenFrom = (target: string) => URL.parse(target, `${OURS}/login?flow=1`)

/** Each check, and where it may lead. */
const CHECKS: Readonly<Record<string, (value: string) => void>> = {
  isOwnPath: (value) => {
    if (isOwnPath(value)) expect(seenFrom(value)?.origin).toBe(OURS)
  },
  isOurWorld: (value) => {
    if (isOurWorld(urls, value)) expect([OURS, KRATOS]).toContain(seenFrom(value)?.origin)
  },
  kratosTarget: (value) => {
    const target = kratosTarget(urls, value)
    if (target !== undefined) expect([OURS, KRATOS]).toContain(seenFrom(target)?.origin)
  },
  'kratosTarget on one origin': (value) => {
    const target = kratosTarget(sameOrigin, value)
    if (target !== undefined) expect(seenFrom(target)?.origin).toBe(OURS)
  },
  formAction: (value) => {
    const target = formAction(urls, value)
    if (target !== undefined) expect(seenFrom(target)?.origin).toBe(KRATOS)
  },
  'formAction on one origin': (value) => {
    const target = formAction(sameOrigin, value)
    if (target !== undefined) expect(seenFrom(target)?.origin).toBe(OURS)
  },
  ownTarget: (value) => {
    expect(seenFrom(ownTarget(value))?.origin).toBe(OURS)
  },
  backTarget: (value) => {
    expect(seenFrom(backTarget(value))?.origin).toBe(OURS)
  },
  safeHref: (value) => expectWebPage(safeHref(value)),
  webUrl: (value) => expectWebPage(webUrl(value)),
}

function expectWebPage(target: string | undefined): void {
  if (target === undefined) return
  const url = seenFrom(target)
  expect(['https:', 'http:']).toContain(url?.protocol)
  // `https://login.example@evil.example` reads like another host than it is.
  expect([url?.username, url?.password]).toEqual(['', ''])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(target).not.toMatch(/[\u0000-\u001f\u007f]/)
}

describe.each(Object.entries(CHECKS))('%s', (_, check) => {
  test.each(hostile)('%j', (value) => check(value))

  test('anything at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), check))
    fc.assert(fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), check))
    fc.assert(fc.property(mixed, check), { numRuns: 2000 })
  })
})

/** Pieces of URLs in any order: random letters alone seldom come near one. */
const mixed = fc
  .array(
    fc.constantFrom(
      ...['/', '\\', '//', ':', '@', '?', '#', '.', '..', '%2f', '%5c', '%00', '\t', '\n', '\r', ' ', '\u0000'],
      ...['https', 'http', 'javascript', 'login.example', 'kratos.example', 'evil.example', 'self-service', '[::1]'],
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''))

test('there are enough of them', () => {
  expect(new Set(hostile).size).toBeGreaterThanOrEqual(200)
})
