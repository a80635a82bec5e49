// @vitest-environment jsdom
import type { OAuth2Client, Session } from '@ory/client'
import fc from 'fast-check'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { OtherSession, SessionFacts } from '#components/account/session-facts.tsx'
import { ApplicationNote } from '#components/flow/application.tsx'
import { FlowProblem } from '#components/flow/flow-problem.tsx'
import { KnownAccounts } from '#components/flow/known-accounts.tsx'
import { ENGLISH } from '#lib/i18n/index.ts'
import { toApplication } from '#lib/kratos/application.ts'
import type { Flow, FlowType } from '#lib/kratos/flows.ts'
import { allFlows, readSession } from '../../tools/testing/fixtures.ts'
import { renderFlow } from '../../tools/testing/render-flow.tsx'

// Whatever Kratos, an application, a trait or a query says is text: with hostile words in place of harmless ones, a page has
// the same elements with the same attributes, and leads nowhere else.

/** Pieces of HTML, of attributes, of scripts, and of what turns text into them, in any order. */
const hostile = fc
  .array(
    fc.oneof(
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</p><form action=//evil.example>', '<!--'],
          ...[
            '"',
            "'",
            '`',
            '>',
            '<',
            '&lt;b&gt;',
            '" onfocus="x" autofocus="',
            '</title>',
            '</noscript>',
            '<svg/onload=x>',
          ],
          ...['javascript:alert(1)', 'data:text/html,x', '//evil.example', '{{x}}', ']]>', '\u2028', '\u202e'],
        ),
      },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => `x${pieces.join('')}`)

/** What of a flow is read by machines: the rest is for people. */
const MACHINE = new Set([
  ...['type', 'group', 'node_type', 'name', 'id', 'action', 'method', 'state', 'active', 'autocomplete', 'pattern'],
  ...['onclickTrigger', 'onloadTrigger', 'expires_at', 'issued_at', 'requested_aal', 'min', 'max', 'step', 'inputmode'],
  ...['created_at', 'created_at_unix', 'expires_at_unix', 'credential_type', 'reason', 'property'],
])

/** A copy with every text for people replaced; each has its own place in the list. */
function withTexts<T>(value: T, next: (text: string) => string, key = ''): T {
  if (typeof value === 'string') return (MACHINE.has(key) || value === '' ? value : next(value)) as T
  if (Array.isArray(value)) return value.map((item) => withTexts(item, next, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTexts(item, next, name)])) as T
}

const TARGETS = new Set(['action', 'formaction', 'href', 'src', 'srcset', 'name', 'type'])

/** The elements of a page with their attributes; of those that lead somewhere or do something, the values too. */
function skeleton(root: Element): string[] {
  return [...root.querySelectorAll('*')].map((element) => {
    const attributes = [...element.attributes].map(({ name, value }) =>
      TARGETS.has(name) && !/^\/|^data:image/.test(value) ? `${name}=${value}` : name,
    )
    return `${element.tagName} ${attributes.sort().join(' ')}`
  })
}

function render(element: ReactElement): Element {
  const root = document.createElement('div')
  root.innerHTML = renderToStaticMarkup(element)
  return root
}

/** Renders with harmless words and with hostile ones, and compares. */
function expectText(view: (next: (text: string) => string) => Element): void {
  const harmless = skeleton(view(() => 'xy'))
  expect(harmless.length).toBeGreaterThan(0)
  fc.assert(
    fc.property(hostile, (text) => {
      const root = view(() => text)
      expect(skeleton(root)).toEqual(harmless)
      for (const element of root.querySelectorAll('[href], [src], [action], [formaction]')) {
        const to =
          ['href', 'src', 'action', 'formaction'].map((name) => element.getAttribute(name)).find(Boolean) ?? '#'
        expect(to).toMatch(/^(\/(?!\/)|#|data:image\/png;base64,|http:\/\/localhost:\d+\/|https:\/\/ok\.example\/)/)
      }
    }),
    { numRuns: 10 },
  )
}

describe('a flow with hostile words in every place', { timeout: 60_000 }, () => {
  test.each(allFlows())('$name changes no element and no attribute', ({ type, flow }) => {
    expectText((next) => renderFlow(type as FlowType, withTexts<Flow>(flow, next)))
  })
})

const CLIENT: OAuth2Client = {
  client_id: 'app',
  client_name: 'App',
  policy_uri: 'https://ok.example/policy',
  tos_uri: 'https://ok.example/terms',
  logo_uri: 'https://ok.example/logo.png',
}

describe('what else comes from outside changes no element and no attribute', () => {
  test('the name of an application', () => {
    expectText((next) => {
      const application = toApplication({ ...CLIENT, client_name: next('App') }, ['ok.example'])
      return render(application ? <ApplicationNote application={application} words={ENGLISH} /> : <i />)
    })
  })

  test.each(['policy_uri', 'tos_uri', 'logo_uri'] as const)(
    'the %s of an application, which may not lead elsewhere',
    (name) => {
      fc.assert(
        fc.property(hostile, (text) => {
          const application = toApplication({ ...CLIENT, [name]: text }, ['ok.example'])
          expect(Object.keys(application ?? {})).toHaveLength(3)
        }),
      )
    },
  )

  test('the reason of an error, and the id of a request', () => {
    expectText((next) =>
      render(
        <FlowProblem
          title="error.title"
          text="error.oauth2"
          reason={next('reason')}
          requestId={next('id')}
          words={ENGLISH}
        />,
      ),
    )
  })

  test('the traits, devices and methods of a session', () => {
    expectText((next) => {
      const session = withTexts<Session>(readSession(), next)
      return render(
        <>
          <SessionFacts session={session} words={ENGLISH} />
          <OtherSession session={session} words={ENGLISH} />
          <pre>{JSON.stringify(session, null, 2)}</pre>
        </>,
      )
    })
  })

  test('the accounts that signed in before', () => {
    expectText((next) =>
      render(
        <KnownAccounts
          accounts={[{ name: next('ada'), method: next('password'), provider: next('google') }]}
          choose={(index) => `/login?account=${index}`}
          words={ENGLISH}
        />,
      ),
    )
  })
})
