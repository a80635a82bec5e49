import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'

const PAPERS = globSync(['*.md', 'docs/**/*.md', 'e2e/flows/newer/*.md'], { cwd: ROOT }).sort()
const CODE = globSync(['*.ts', '*.json', '{app,components,e2e,lib,scripts,server,tools}/**/*.{ts,tsx,mjs,css,yml}'], {
  cwd: ROOT,
})

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const isThere = (path: string) => existsSync(join(ROOT, path))
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** What stands in any paper and matches, but fails the check: `paper: match`. */
function wrong(pattern: RegExp, isRight: (found: string, paper: string) => boolean): string[] {
  return PAPERS.flatMap((paper) =>
    all(read(paper), pattern)
      .filter((found) => !isRight(found, paper))
      .map((found) => `${paper}: ${found}`),
  )
}

test('there are papers and code to look at', () => {
  expect(PAPERS).toContain('README.md')
  expect(PAPERS.length).toBeGreaterThan(15)
  expect(CODE).toContain('lib/env.ts')
})

test('links and pictures that are relative point to a file', () => {
  // A path of the UI in an example is none.
  const isRight = (target: string, paper: string) =>
    /^(https?:|#|\/)/.test(target) || isThere(join(dirname(paper), target.split('#')[0] ?? ''))
  expect(wrong(/(?:\]\(|\b(?:src|srcset|href)=")([^)"\s]+)/g, isRight)).toEqual([])
})

test('links into a section find its heading', () => {
  const isRight = (target: string, paper: string) => {
    const [file = '', anchor = ''] = target.split('#')
    if (/^https?:/.test(target)) return true
    return anchorsOf(read(file === '' ? paper : join(dirname(paper), file))).includes(anchor)
  }
  expect(wrong(/\]\(([^)\s]*#[^)\s]+)\)/g, isRight)).toEqual([])
})

test('files that the papers name are there', () => {
  const path = /`((?:app|components|docs|e2e|lib|scripts|server|tools)\/[\w./[\]-]+)`/g
  expect(wrong(path, isThere)).toEqual([])
})

test('npm commands that the papers name are there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  expect(wrong(/npm run ([\w:]+)/g, (name) => name in scripts)).toEqual([])
})

test('every decision that the code refers to is there', () => {
  const numbers = globSync('docs/decisions/*.md', { cwd: ROOT }).flatMap((file) => all(file, /\/(\d{4})-/g))
  const referred = new Set(CODE.flatMap((file) => all(read(file), /docs\/decisions\/(\d{4})/g)))
  expect([...referred].filter((number) => !numbers.includes(number))).toEqual([])
})

/** The anchors of a Markdown file's headings, as GitHub makes them. */
function anchorsOf(markdown: string): string[] {
  return all(markdown, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}
