import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

/** The tables of docs/security.md: what is said there is what is sent (docs/security.test.ts, e2e/headers.spec.ts). */
export type HeaderTable = {
  /** by their names in lower case, without the policy */
  headers: Map<string, string>
  /** the Content-Security-Policy, with `…` for what differs from answer to answer */
  csp: string
}

/** Reads the tables. */
export function readHeaderTable(): HeaderTable {
  const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8')
  const headers = rowsBelow(text, '## Headers').map(([name, value]) => [name.toLowerCase(), value] as const)
  const csp = rowsBelow(text, '### The policy').map(([name, sources]) => `${name} ${sources}`)
  return { headers: new Map(headers), csp: csp.join('; ') }
}

/** The first two cells of each row of the first table below a heading: they are code. */
function rowsBelow(text: string, heading: string): [string, string][] {
  const section = text.split(`\n${heading}\n`)[1]?.split(/\n#+ /)[0] ?? ''
  return [...section.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\|/gm)].map(([, name = '', value = '']) => [name, value])
}
