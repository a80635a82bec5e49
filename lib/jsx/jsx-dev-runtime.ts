import { jsxDEV as reactJsx } from 'react/jsx-dev-runtime'
import { withBaseInProps } from './props.ts'

export type { JSX } from 'react'
export { Fragment } from 'react/jsx-dev-runtime'

/** As jsx-runtime.ts, for development. */
export const jsxDEV: typeof reactJsx = (type, props, ...rest) => reactJsx(type, withBaseInProps(type, props), ...rest)
