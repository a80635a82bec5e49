import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { withBaseInProps } from './props.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

test('elements get the base path in front of paths of ours, and nothing else', async () => {
  vi.stubEnv('BASE_PATH', '/auth')
  vi.resetModules()
  const { jsx, jsxs } = await import('./jsx-runtime.ts')
  const Card = ({ href }: { href: string }) => jsx('a', { href, children: href })
  const page = jsxs('div', {
    children: [
      jsx(Card, { href: '/login' }, 'a'),
      jsx('form', { action: '/logout/answer' }, 'b'),
      jsx('link', { rel: 'stylesheet', href: '/brand/x.css' }, 'c'),
      jsx('a', { href: 'https://example.org/x' }, 'd'),
      jsx('a', { href: '#field' }, 'e'),
      jsx('input', { defaultValue: '/login' }, 'f'),
    ],
  })
  expect(renderToStaticMarkup(page)).toBe(
    '<div><a href="/auth/login">/login</a><form action="/auth/logout/answer"></form>' +
      '<link rel="stylesheet" href="/auth/brand/x.css"/><a href="https://example.org/x"></a><a href="#field"></a>' +
      '<input value="/login"/></div>',
  )
})

test('it is what this code compiles to', async () => {
  vi.stubEnv('BASE_PATH', '/auth')
  vi.resetModules()
  const { BrandName } = await import('#components/layout/brand-name.tsx')
  expect(renderToStaticMarkup(BrandName({ brand: { name: 'Example' } }))).toContain('href="/auth/"')
})

test('without a base path props stay the very same', () => {
  const props = { className: 'x', children: 'y' }
  expect(withBaseInProps('a', props)).toBe(props)
})
