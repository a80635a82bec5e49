import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'
import { readLicences, refusedLicences } from '../tools/supply-chain/licences.ts'

// docs/decisions/0041: what is installed is what was looked at.

type Manifest = Record<'dependencies' | 'devDependencies' | 'allowScripts', Record<string, string | boolean>>
type Locked = { version?: string; integrity?: string; hasInstallScript?: boolean; optional?: boolean; cpu?: string[] }
type Lock = { packages: Record<string, Locked> }

const read = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as unknown
const manifest = read('package.json') as Manifest
const { packages } = read('package-lock.json') as Lock
const locked = Object.entries(packages).filter(([path]) => path !== '')

test('every version is pinned', () => {
  const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(all.length).toBeGreaterThan(20)
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([])
  for (const [name, version] of all) expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
})

// But those of other platforms, which npm leaves out and scripts/complete-lock.ts puts back.
test('every package of the lock file has a checksum', () => {
  expect(locked.length).toBeGreaterThan(300)
  const bare = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))
  expect(bare.filter(([, { optional, cpu }]) => !(optional && cpu)).map(([path]) => path)).toEqual([])
})

// By name: npm matches a version only with a URL beside it, and the lock file names no registry. The version is pinned above.
test('an install script runs for this list only, and npm fails for any other', () => {
  const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript)
  const names = scripts.map(([path]) => path.replace(/^.*node_modules\//, ''))
  expect(manifest.allowScripts).toEqual({ node: true })
  expect(names).toEqual(['node'])
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^strict-allow-scripts=true$/m)
})

test('every licence is allowed', () => {
  const all = readLicences(ROOT)
  expect(all.length).toBe(locked.length)
  expect(refusedLicences(all)).toEqual([])
})

test.each([
  ['x', 'MIT', true],
  ['x', '(GPL-3.0 OR MIT)', true],
  ['x', 'MIT AND Apache-2.0', true],
  ['x', 'MIT AND GPL-3.0', false],
  ['x', 'GPL-3.0-only', false],
  ['x', 'AGPL-3.0', false],
  ['x', 'MPL-2.0', false],
  ['lightningcss', 'MPL-2.0', true],
  ['lightningcss', 'GPL-3.0', false],
  ['x', 'UNLICENSED', false],
  ['x', 'unknown', false],
  ['x', '', false],
])('%s with the licence %j is allowed: %s', (name, licence, allowed) => {
  expect(refusedLicences([{ name, version: '1.0.0', licence }]).length === 0).toBe(allowed)
})
