import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime'
import { withBaseInProps } from './props.ts'

// What JSX compiles to (jsxImportSource in tsconfig.json): React's own, with BASE_PATH in front of paths of ours.

export type { JSX } from 'react'
export { Fragment } from 'react/jsx-runtime'

export const jsx: typeof reactJsx = (type, props, key) => reactJsx(type, withBaseInProps(type, props), key)
export const jsxs: typeof reactJsxs = (type, props, key) => reactJsxs(type, withBaseInProps(type, props), key)
