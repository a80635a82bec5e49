import type { ElementType } from 'react'
import { withBase } from '#lib/base-path.ts'

const URLS = ['href', 'action', 'src', 'srcSet']

/**
 * The props of an element, with BASE_PATH in front of each attribute that is a path of ours. Components get theirs as they are:
 * they pass them on to an element.
 */
export function withBaseInProps(type: ElementType, props: unknown): object {
  const given = props as Readonly<Record<string, unknown>>
  if (typeof type !== 'string') return given
  const urls = URLS.filter((name) => typeof given[name] === 'string')
  if (urls.length === 0) return given
  return { ...given, ...Object.fromEntries(urls.map((name) => [name, withBase(given[name] as string)])) }
}
