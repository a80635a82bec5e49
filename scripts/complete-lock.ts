import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../tools/paths.ts'

// node scripts/complete-lock.ts, after each change of package-lock.json.
//
// Adds the optional packages of other platforms (compilers, linters) that npm has left out of the lock. It leaves out
// what is not installed (npm/cli#4828) and what a registry mirror does not carry, and `npm ci` then refuses the lock.
// Entries made here have no integrity hash: npm checks those packages by the registry's own.

type Entry = {
  version?: string
  dev?: boolean
  license?: string
  optionalDependencies?: Record<string, string>
}
type Lock = { packages: Record<string, Entry> }

const OS: Record<string, string> = { win32: 'win32', windows: 'win32' }
for (const os of ['android', 'darwin', 'linux', 'freebsd', 'openharmony']) OS[os] = os
const CPUS = ['arm64', 'x64', 'arm', 'ia32', 'riscv64', 's390x', 'ppc64']

const file = join(ROOT, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock
let added = 0
for (const [path, owner] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    if (lock.packages[key] || lock.packages[`${path}/${key}`]) continue
    const platform = platformOf(name)
    if (!platform || !/^\d/.test(version)) {
      console.log(`complete-lock: ${name}@${version} names no platform, or no exact version: left out`)
      continue
    }
    const { dev, license } = owner
    lock.packages[key] = {
      version,
      ...(dev && { dev }),
      ...(license && { license }),
      optional: true,
      ...platform,
    } as Entry
    added++
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
console.log(`complete-lock: ${added} added`)

// Such names end in platform, processor and C library: @next/swc-linux-x64-musl.
function platformOf(name: string): Record<string, string[]> | undefined {
  const words = (name.split('/').at(-1) ?? '').split('-')
  const os = words.map((word) => OS[word]).find(Boolean)
  const cpu = words.find((word) => CPUS.includes(word))
  if (!os || !cpu) return undefined
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  const hasLibc = os === 'linux' && words.some((word) => /^(musl|gnu)/.test(word))
  return { os: [os], cpu: [cpu], ...(hasLibc && { libc: [libc] }) }
}
