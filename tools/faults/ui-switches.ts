import dns from 'node:dns'
import { readFileSync, writeFileSync } from 'node:fs'
import v8 from 'node:v8'
import vm from 'node:vm'
import { isMainThread } from 'node:worker_threads'
import type { Inside, Switches } from './switch-ui.ts'

// Loaded into the UI's process before its own code (--import): what cannot be done to it from outside. At SIGUSR2 it reads the
// file that FAULT_SWITCHES names, does what stands there, and writes what it finds in itself beside it. See switch-ui.ts.

const file = process.env.FAULT_SWITCHES
let switches: Switches = { id: '', dns: 'works', skewMs: 0 }

if (file && isMainThread) {
  patchLookup()
  patchClock()
  v8.setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc') as () => void
  process.on('SIGUSR2', () => {
    switches = JSON.parse(readFileSync(file, 'utf8')) as Switches
    collect()
    const { rss, heapUsed, external } = process.memoryUsage()
    const resources: Record<string, number> = {}
    for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1
    const inside: Inside = { id: switches.id, rss, heapUsed, external, resources }
    writeFileSync(`${file}.inside`, JSON.stringify(inside))
  })
}

/** `<name>.invalid` is this machine, or a name that does not resolve. */
function patchLookup(): void {
  const lookup = dns.lookup
  const patched = (host: string, ...rest: unknown[]) => {
    if (!host.endsWith('.invalid')) return Reflect.apply(lookup, dns, [host, ...rest])
    if (switches.dns === 'works') return Reflect.apply(lookup, dns, ['127.0.0.1', ...rest])
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: host,
    })
    setImmediate(rest.at(-1) as (error: Error) => void, error)
  }
  Object.assign(dns, { lookup: patched })
}

function patchClock(): void {
  const RealDate = Date
  const realNow = Date.now
  const now = () => realNow() + switches.skewMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}
