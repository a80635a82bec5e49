import type { ElementType } from 'react'
import { jsxDEV as reactJsxDev } from 'react/jsx-dev-runtime'
import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime'
import { withBase } from '#lib/base-path.ts'

// What JSX compiles to (jsxImportSource in tsconfig.json): React's own, with BASE_PATH in front of paths of ours.

export type { JSX } from 'react'
export { Fragment } from 'react/jsx-runtime'
export const jsx: typeof reactJsx = (type, props, key) => reactJsx(type, withBaseInProps(type, props), key)
export const jsxs: typeof reactJsxs = (type, props, key) => reactJsxs(type, withBaseInProps(type, props), key)
export const jsxDEV: typeof reactJsxDev = (type, props, ...rest) =>
  reactJsxDev(type, withBaseInProps(type, props), ...rest)

const URLS = ['href', 'action', 'src', 'srcSet']

/** The props of an element, its URLs with the base path. Components get theirs as they are, and pass them on to an element. */
function withBaseInProps(type: ElementType, props: unknown): object {
  const given = props as Readonly<Record<string, unknown>>
  const urls = typeof type === 'string' ? URLS.filter((name) => typeof given[name] === 'string') : []
  if (urls.length === 0) return given
  return { ...given, ...Object.fromEntries(urls.map((name) => [name, withBase(given[name] as string)])) }
}
