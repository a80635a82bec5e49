// @vitest-environment jsdom
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ConsentForm } from '#components/consent/consent-form.tsx'
import { ENGLISH } from '#lib/i18n/index.ts'

function render(scopes: readonly string[], rememberFor = 3600, audience: readonly string[] = []): HTMLElement {
  const root = document.createElement('div')
  root.innerHTML = renderToStaticMarkup(
    <ConsentForm
      challenge="c"
      token="t"
      application={{ name: 'Album' }}
      notice={undefined}
      account="ada@example.org"
      notYou="/logout"
      words={ENGLISH}
      scopes={scopes}
      audience={audience}
      rememberFor={rememberFor}
    />,
  )
  return root
}

const text = (root: HTMLElement, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent)

test('the form has the fields of the Express reference UI', () => {
  const form = render(['openid', 'email']).querySelector('form')
  expect([form?.getAttribute('action'), form?.method]).toEqual(['/consent', 'post'])
  const controls = [...(form?.querySelectorAll<HTMLInputElement>('input, button') ?? [])]
  expect(controls.map(({ type, name, value, checked }) => [type, name, value, checked ?? false])).toEqual([
    ['hidden', 'challenge', 'c', false],
    ['hidden', '_csrf', 't', false],
    ['hidden', 'grant_scope', 'openid', false],
    ['checkbox', 'grant_scope', 'email', true],
    ['checkbox', 'remember', '1', false],
    ['submit', 'consent_action', 'accept', false],
    ['submit', 'consent_action', 'reject', false],
  ])
})

test('a scope is said in plain words, or as it is', () => {
  const scopes = ['openid', 'email', 'title', '<b>all</b>', 'x'.repeat(200)]
  const root = render(scopes)
  expect(text(root, '.scope-fixed, .scopes-list .label')).toEqual([
    'Know that it is you',
    'See your email address',
    'title',
    '<b>all</b>',
    `${'x'.repeat(100)}…`,
  ])
  expect(text(root, '.scopes-list code')).toEqual(['title', '<b>all</b>', `${'x'.repeat(100)}…`])
  expect(root.querySelectorAll('b')).toHaveLength(0)
  expect(root.querySelector<HTMLInputElement>('input[value^=xxx]')?.value).toBe(scopes[4])
})

test.each<[number, readonly string[], string | undefined]>([
  [2, ['openid', 'email'], 'Untick what you do not want to allow.'],
  [200, Array.from({ length: 200 }, (_, index) => `s${index}`), '200 in all. Untick what you do not want to allow.'],
  [1, ['openid'], undefined],
  [0, [], undefined],
])('what can be left out of %i', (_, scopes, hint) => {
  const root = render(scopes)
  expect(text(root, '#scopes-hint')[0]).toBe(hint)
  expect(root.querySelectorAll('fieldset')).toHaveLength(scopes.length > 0 ? 1 : 0)
})

test.each([
  [3600, 'Do not ask again for 1 hour'],
  [0, 'Do not ask again'],
])('remembering for %i s', (seconds, expected) => {
  expect(text(render(['openid'], seconds), '[for=remember]')).toEqual([expected])
})

test('where it can be used', () => {
  expect(text(render(['openid'], 0, ['https://api.example', '<i>']), '.audience li')).toEqual([
    'https://api.example',
    '<i>',
  ])
})
