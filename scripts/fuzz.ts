import { randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askFuzzed, type Finding } from '../tools/faults/ask-fuzzed.ts'
import { endWith } from '../tools/faults/end-with.ts'
import { freePorts } from '../tools/faults/free-ports.ts'
import { fuzzFlows, fuzzSessions } from '../tools/faults/fuzz-flows.ts'
import { type FuzzRequest, fuzzRequests } from '../tools/faults/fuzz-requests.ts'
import { startFuzzServer } from '../tools/faults/fuzz-server.ts'
import { bugsIn } from '../tools/faults/log-bugs.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'
import { buildUi } from '../tools/ui/build-ui.ts'
import { startUi } from '../tools/ui/start-ui.ts'

// npm run fuzz: 10,000 random requests to the production build, and 1,000 flows of which something is not as Kratos sends it. No
// answer may be a 500 of ours or empty, and nothing may be thrown. docs/faults.md
// npm run fuzz -- --short: 1,500 and 200; a part of npm test.
// npm run fuzz -- --seed=<seed> [--at=<index>]: the same again, or just one of them, which is printed.

const AT_ONCE = 12
const log = (line: string) => console.log(line)
main(fuzz, 1)

async function fuzz(): Promise<number> {
  const short = process.argv.includes('--short')
  // What is a part of npm test must not fail by chance: the long form looks for what is new.
  const seed = Number(option('seed') ?? (short ? 1 : randomInt(2 ** 31)))
  const [requests, flows] = short ? [1_500, 200] : [10_000, 1_000]
  log(`seed ${seed}`)
  await buildUi({ log })
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'fuzz-'))
  const port = await freePorts(1)
  const url = `http://localhost:${port}`
  const mutated = fuzzFlows(seed, flows)
  const sessions = fuzzSessions(seed, flows)
  const kratos = await startFuzzServer(mutated, sessions, url)
  const ui = await startUi({
    port,
    env: {
      KRATOS_PUBLIC_URL: `http://127.0.0.1:${kratos.port}`,
      KRATOS_BROWSER_URL: '/',
      PUBLIC_URL: url,
      COOKIE_SECRET: randomBytes(16).toString('hex'),
      REMEMBER_ACCOUNTS: 'true',
      HYDRA_ADMIN_URL: `http://127.0.0.1:${kratos.port}`,
      LOG_LEVEL: 'error',
    },
    logFile: join(dataDir, 'ui.log'),
  })
  const all = [
    ...fuzzRequests(seed, requests).map((request) => ({ what: 'request', request })),
    ...mutated.map(({ id, type, signedIn }) => ({ what: 'flow', request: page(`/${type}?flow=${id}`, signedIn) })),
    ...sessions.map((_, index) => ({ what: 'session', request: ofSession(index) })),
  ]
  const at = option('at')
  if (at !== undefined) log(JSON.stringify({ ...all[Number(at)], flow: mutated[Number(at) - requests] }, null, 2))
  const chosen = [...all.entries()].filter(([index]) => at === undefined || index === Number(at))
  const found: (Finding & { index: number })[] = []
  const statuses: Record<string, number> = {}
  let isDown = false
  void ui.ended.then(() => {
    isDown = true
  })
  const one = async () => {
    for (let next = chosen.shift(); next && !isDown; next = chosen.shift()) {
      const [index, { request }] = next
      const { status, finding } = await askFuzzed(port, request)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (finding) found.push({ ...finding, index })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  const bugs = [...bugsIn(ui.logFile), ...(isDown ? ['the UI has ended'] : [])]
  await stopAll()
  await kratos.stop()
  for (const { index, what, detail } of found.slice(0, 40)) log(`${what}: --seed=${seed} --at=${index}: ${detail}`)
  for (const bug of new Set(bugs)) log(bug)
  writeFileSync(
    join(CACHE, 'fuzz.json'),
    `${JSON.stringify({ seed, requests, flows, statuses, found, bugs }, null, 2)}\n`,
  )
  const failed = found.length + bugs.length
  if (failed === 0) rmSync(dataDir, { recursive: true })
  else log(`Logs: ${dataDir}`)
  log(`\nstatuses: ${JSON.stringify(statuses)}`)
  log(
    `${requests} requests, ${flows} flows, ${sessions.length} sessions, seed ${seed}: ${found.length} bad answers, ${bugs.length} errors in the log`,
  )
  const bad = new Set(found.map(({ index }) => all[index]?.what)).size + (bugs.length > 0 ? 1 : 0)
  // Requests, flows, sessions, and the log.
  return endWith('fuzz', 4 - bad, bad)
}

function option(name: string): string | undefined {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
}

function page(path: string, signedIn: boolean, cookie = 'stub_session=1'): FuzzRequest {
  return { method: 'GET', path, headers: { accept: 'text/html', ...(signedIn ? { cookie } : {}) }, body: '' }
}

/** The pages that show who is signed in, in turn. */
function ofSession(index: number): FuzzRequest {
  const path = ['/welcome', '/sessions', '/settings?flow=settings', '/applications'][index % 4] ?? '/'
  return page(path, true, `stub_session=1; fuzz=${index}`)
}
