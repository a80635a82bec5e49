import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences that any package may have. */
const FREE = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'])

/** What else is allowed, by the names of the packages, and why (docs/decisions/0041). */
const EXCEPTIONS: readonly { licence: string; packages: RegExp; why: string }[] = [
  {
    licence: 'LGPL-3.0-or-later',
    packages: /^@img\/sharp-/,
    why: 'optional for next/image, which is off: not in the build',
  },
  {
    licence: 'MPL-2.0',
    packages: /^(lightningcss(-.+)?|axe-core|@axe-core\/playwright)$/,
    why: 'a tool: not in the build',
  },
  { licence: 'CC-BY-4.0', packages: /^caniuse-lite$/, why: 'data for the build: not in it' },
]

/** A package and its licence, as an SPDX expression. */
export type Licensed = { name: string; version: string; licence: string }

type Entry = { version?: string; license?: unknown; link?: boolean }

/**
 * The packages of a lock file, with the licence that the package itself states where it is installed.
 *
 * @param root the folder of package-lock.json and node_modules
 */
export function readLicences(root: string): Licensed[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> }
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path !== '' && !link)
    .map(([path, locked]) => {
      const file = join(root, path, 'package.json')
      const { version = '', license } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Entry) : locked
      return { name: path.replace(/^.*node_modules\//, ''), version, licence: licenceOf(license ?? locked.license) }
    })
}

/** Those whose licence nobody allowed. */
export function refusedLicences(packages: readonly Licensed[]): Licensed[] {
  return packages.filter(({ name, licence }) => {
    const isAllowed = (one: string) =>
      FREE.has(one) || EXCEPTIONS.some((exception) => exception.licence === one && exception.packages.test(name))
    const terms = licence.replace(/[()]/g, '')
    const choices = terms.split(' OR ').map((choice) => choice.split(' AND '))
    return !choices.some((all) => all.every(isAllowed))
  })
}

function licenceOf(value: unknown): string {
  if (typeof value === 'string') return value
  const { type } = (value ?? {}) as { type?: unknown }
  return typeof type === 'string' ? type : 'unknown'
}
