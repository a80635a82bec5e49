import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ProviderIcon } from './provider-icon.tsx'
import paths from './provider-paths.json' with { type: 'json' }

test.each([
  ['google', paths.google],
  ['GitHub', paths.github],
  ['github-work', paths.github],
  ['microsoft_login', paths.microsoft],
  ['acme', paths.other],
  ['xenon', paths.other],
  ['constructor', paths.other],
  ['', paths.other],
])('%j has its mark', (id, path) => {
  expect(path).toBeDefined()
  const html = renderToStaticMarkup(<ProviderIcon id={id} />)
  expect(html).toContain(`d="${path}"`)
  expect(html).toContain('aria-hidden="true"')
})
