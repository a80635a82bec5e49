import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ProviderIcon } from './provider-icon.tsx'
import { OTHER_PROVIDER, PROVIDER_PATHS } from './provider-paths.ts'

test.each([
  ['google', PROVIDER_PATHS.google],
  ['GitHub', PROVIDER_PATHS.github],
  ['github-work', PROVIDER_PATHS.github],
  ['microsoft_login', PROVIDER_PATHS.microsoft],
  ['acme', OTHER_PROVIDER],
  ['xenon', OTHER_PROVIDER],
  ['constructor', OTHER_PROVIDER],
  ['', OTHER_PROVIDER],
])('%j has its mark', (id, path) => {
  expect(path).toBeDefined()
  const html = renderToStaticMarkup(<ProviderIcon id={id} />)
  expect(html).toContain(`d="${path}"`)
  expect(html).toContain('aria-hidden="true"')
})
