import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** A component gets its props as they are. */
function Link({ href }: { href: string }) {
  return createElement('b', null, href)
}

test('elements get the base path in front of paths of ours, and nothing else', async () => {
  vi.stubEnv('BASE_PATH', '/auth')
  vi.resetModules()
  const { jsx, jsxs } = await import('./jsx.ts')
  const page = jsxs('div', {
    children: [
      jsx(Link, { href: '/login' }, 'a'),
      jsx('a', { href: '/x' }, 'g'),
      jsx('form', { action: '/logout/answer' }, 'b'),
      jsx('link', { rel: 'stylesheet', href: '/brand/x.css' }, 'c'),
      jsx('a', { href: 'https://example.org/x' }, 'd'),
      jsx('a', { href: '#field' }, 'e'),
      jsx('input', { defaultValue: '/login' }, 'f'),
    ],
  })
  expect(renderToStaticMarkup(page)).toBe(
    '<div><b>/login</b><a href="/auth/x"></a><form action="/auth/logout/answer"></form>' +
      '<link rel="stylesheet" href="/auth/brand/x.css"/><a href="https://example.org/x"></a><a href="#field"></a>' +
      '<input value="/login"/></div>',
  )
})

test('it is what JSX compiles to', async () => {
  vi.stubEnv('BASE_PATH', '/auth')
  vi.resetModules()
  const { page } = await import('../tools/testing/jsx-sample.tsx')
  expect(renderToStaticMarkup(page)).toBe('<a href="/auth/login">Log in</a>')
})
