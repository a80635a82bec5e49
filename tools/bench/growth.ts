import { join } from 'node:path'
import { ALL_LOCALES } from '../../lib/i18n/locales.ts'
import type { Flow } from '../../lib/kratos/flows.ts'
import { readFixture, readSession } from '../testing/fixtures.ts'
import { buildUi } from '../ui/build-ui.ts'
import { startUi, type Ui } from '../ui/start-ui.ts'
import { startLoadGenerator } from './load-generator.ts'
import { residentMiB } from './process-usage.ts'
import { type Effort, measure, warmUp } from './rounds.ts'
import { type Figure, figureOf, isNoisy, slopeOf } from './statistics.ts'
import { createBenchStub, type Stub } from './stub.ts'
import { NAVIGATION, type Target } from './targets.ts'

// What a page costs as what it shows grows. Recorded flows, made larger; a stub in Kratos's place, which costs the same for all.

const [STUB_PORT, UI_PORT, SECOND_PORT] = [4611, 4612, 4614]
/** How many sessions of others the page asks Kratos for at once. */
const PER_PAGE = 20

/** One size of one thing that grows. The CPU is that of all processes of the UI. */
export type Size = { size: number; cpu: Figure; perSecond: Figure; html: number; resident: number }

/** One thing that grows, and what one more of it costs: CPU µs a view and bytes of HTML, without compression. */
export type Growth = { name: string; unit: string; sizes: Size[]; cpuSlope: number; htmlSlope: number }

type Series = {
  name: string
  unit: string
  sizes: readonly number[]
  path: (size: number) => string
  signedIn?: boolean
}

const ID = (name: string, size: number) => `${name}-${size}`

const SERIES: readonly Series[] = [
  { name: 'login methods', unit: 'provider', sizes: [1, 5, 30], path: (size) => `/login?flow=${ID('methods', size)}` },
  { name: 'traits', unit: 'field', sizes: [3, 30, 200], path: (size) => `/registration?flow=${ID('traits', size)}` },
  { name: 'flow JSON', unit: 'kB', sizes: [10, 100, 1000], path: (size) => `/login?flow=${ID('json', size)}` },
  { name: 'other sessions, 20 a page', unit: 'session', sizes: [1, 20, 200], path: () => '/sessions', signedIn: true },
]

/**
 * Measures every series.
 *
 * @param options where the log goes, how much is measured, what gets a line
 */
export async function measureGrowth(options: {
  dataDir: string
  effort: Effort
  log: (line: string) => void
}): Promise<Growth[]> {
  const { dataDir, effort, log } = options
  await buildUi({ log })
  const stub = createBenchStub()
  await new Promise<void>((resolve) => stub.server.listen(STUB_PORT, '127.0.0.1', resolve))
  fill(stub)
  const start = (port: number) => {
    const env = {
      KRATOS_PUBLIC_URL: `http://127.0.0.1:${STUB_PORT}`,
      KRATOS_BROWSER_URL: '/',
      PUBLIC_URL: `http://localhost:${UI_PORT}`,
      COOKIE_SECRET: 'only-for-the-bench-cookie-secret',
    }
    return startUi({ port, env, logFile: join(dataDir, `ui-${port}.log`) })
  }
  const ui = await start(UI_PORT)
  const generator = startLoadGenerator()
  const run = async (targets: Record<string, Target>, work: Pick<Effort, 'warmUp'>) => {
    // Few connections: what a view costs is asked here, not how many there can be.
    const bench = { targets, generator, effort: { ...effort, ...work, connections: 4 }, log: () => undefined }
    await warmUp(bench)
    return measure(bench)
  }
  const found: Growth[] = []
  // Else the first size of all would pay for what is compiled.
  const first = { name: 'login', url: `${ui.url}/login?flow=${ID('methods', 5)}`, headers: NAVIGATION, status: 200 }
  await warmUp({ targets: { first }, generator, effort, log })
  for (const series of SERIES) {
    log(`Growth: ${series.name}`)
    const sizes: Size[] = []
    // One after the other, and each beside the smallest in the same rounds would be fairer still, and take thrice as long.
    for (const size of series.sizes) {
      if (series.signedIn) putSessions(stub, size)
      sizes.push(await measureSize(ui, series, size, run, effort))
    }
    found.push(grown(series.name, series.unit, sizes))
  }
  log('Growth: languages loaded')
  const languages: Size[] = []
  for (const count of [1, ALL_LOCALES.length]) {
    for (const locale of ALL_LOCALES.slice(0, count))
      await ask(ui, '/login?flow=methods-5', { 'accept-language': locale })
    languages.push(
      await measureSize(ui, { ...(SERIES[0] as Series), path: () => '/login?flow=methods-5' }, count, run, effort),
    )
  }
  found.push(grown('languages loaded', 'language', languages))
  log('Growth: processes')
  found.push(await measureProcesses(ui, () => start(SECOND_PORT), effort))
  generator.stop()
  stub.server.close()
  stub.server.closeAllConnections()
  return found
}

type Run = (targets: Record<string, Target>, work: Pick<Effort, 'warmUp'>) => ReturnType<typeof measure>

async function measureSize(ui: Ui, series: Series, size: number, run: Run, effort: Effort): Promise<Size> {
  const path = series.path(size)
  const headers = { ...NAVIGATION, cookie: `csrf_token_bench=x${series.signedIn ? '; bench_session=x' : ''}` }
  const target = { name: `${series.name}, ${size}`, url: ui.url + path, headers, status: 200, pid: ui.pid }
  const html = await ask(ui, path, headers)
  const { one } = (await run({ one: target }, { warmUp: Math.ceil(effort.warmUp / 10) })) as { one: Samples }
  return {
    size,
    html,
    cpu: figureOf(one.cpuPerRequest),
    perSecond: figureOf(one.perSecond),
    resident: residentMiB(ui.pid).now,
  }
}

type Samples = Awaited<ReturnType<typeof measure>>[string]

/** The same load on one process, and on two at once. */
async function measureProcesses(first: Ui, startSecond: () => Promise<Ui>, effort: Effort): Promise<Growth> {
  const second = await startSecond()
  const sizes: Size[] = []
  const path = '/login?flow=methods-5'
  for (const uis of [[first], [first, second]]) {
    // A generator for each, so that the load is not what is short.
    const generators = uis.map(() => startLoadGenerator())
    const sums = await Promise.all(
      uis.map(async (ui, index) => {
        const target = { name: 'login', url: ui.url + path, headers: { ...NAVIGATION }, status: 200, pid: ui.pid }
        const generator = generators[index] as ReturnType<typeof startLoadGenerator>
        const share = { ...effort, connections: effort.connections / uis.length }
        const bench = { targets: { one: target }, generator, effort: share, log: () => undefined }
        await warmUp(bench)
        return (await measure(bench)).one
      }),
    )
    for (const generator of generators) generator.stop()
    const sum = (kind: 'perSecond' | 'cpuPerRequest') =>
      figureOf(sums[0]?.[kind].map((_, round) => sums.reduce((all, each) => all + (each[kind][round] ?? 0), 0)) ?? [])
    const { median, min, max } = sum('cpuPerRequest')
    sizes.push({
      size: uis.length,
      html: 0,
      perSecond: sum('perSecond'),
      cpu: { median: median / uis.length, min: min / uis.length, max: max / uis.length },
      resident: uis.reduce((all, { pid }) => all + residentMiB(pid).now, 0),
    })
  }
  return grown('processes', 'process', sizes)
}

function grown(name: string, unit: string, sizes: Size[]): Growth {
  const slope = (of: (size: Size) => number) => slopeOf(sizes.map((each) => [each.size, of(each)] as const))
  return { name, unit, sizes, cpuSlope: slope(({ cpu }) => cpu.median * 1000), htmlSlope: slope(({ html }) => html) }
}

/** The growth as tables for a terminal: cost against size, and the slope. */
export function growthTable(growths: readonly Growth[]): string {
  return growths
    .map(({ name, unit, sizes, cpuSlope, htmlSlope }) => {
      const lines = sizes.map(({ size, cpu, perSecond, html, resident }) => {
        const noise = isNoisy(cpu) ? ' (too noisy to tell)' : ''
        const spread = `${cpu.median.toFixed(2)} ms (${cpu.min.toFixed(2)}-${cpu.max.toFixed(2)})${noise}`
        const page = html ? `, HTML ${(html / 1000).toFixed(1)} kB` : ''
        return `  ${size}: CPU ${spread}, ${perSecond.median.toFixed(0)}/s${page}, resident ${resident.toFixed(0)} MiB`
      })
      return `${name}\n${lines.join('\n')}\n  a ${unit} more: CPU ${cpuSlope.toFixed(1)} µs, HTML ${htmlSlope.toFixed(0)} B`
    })
    .join('\n\n')
}

/** Asks for a page once; gives the length of its HTML. */
async function ask(ui: Ui, path: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(ui.url + path, { headers: { ...headers, 'accept-encoding': 'identity' } })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}, expected 200`)
  return text.length
}

function fill(stub: Stub): void {
  const { flow: login } = readFixture('login')
  const { flow: registration } = readFixture('registration')
  const put = (type: string, id: string, flow: Flow, ui: Flow['ui']) => {
    // A form that leads to the UI of the recording would be refused.
    const action = `http://localhost:${UI_PORT}/self-service/${type}?flow=${id}`
    stub.put(`/self-service/${type}/flows?id=${id}`, { ...flow, id, ui: { ...ui, action } })
  }
  const sizesOf = (name: string) => SERIES.find((series) => series.name === name)?.sizes ?? []
  for (const size of sizesOf('login methods')) put('login', ID('methods', size), login, withProviders(login, size))
  for (const size of sizesOf('traits'))
    put('registration', ID('traits', size), registration, withTraits(registration, size))
  for (const size of sizesOf('flow JSON')) {
    const room = size * 1000 - JSON.stringify(login).length
    // As large as Kratos lets it be: what an application put into the flow, which no page shows.
    const flow = { ...login, transient_payload: { data: 'x'.repeat(Math.max(0, room)) } } as Flow
    put('login', ID('json', size), flow, login.ui)
  }
  stub.put('/sessions/whoami', readSession())
}

function withProviders({ ui }: Flow, count: number): Flow['ui'] {
  const isProvider = ({ attributes }: Flow['ui']['nodes'][number]) =>
    'name' in attributes && attributes.name === 'provider'
  const provider = ui.nodes.find(isProvider)
  const providers = Array.from({ length: count }, (_, index) => ({
    ...provider,
    attributes: { ...provider?.attributes, value: `provider-${index}` },
  }))
  return { ...ui, nodes: [...providers, ...ui.nodes.filter((node) => !isProvider(node))] as Flow['ui']['nodes'] }
}

function withTraits({ ui }: Flow, count: number): Flow['ui'] {
  const name = ({ attributes }: Flow['ui']['nodes'][number]) => ('name' in attributes ? attributes.name : '')
  const trait = ui.nodes.find((node) => name(node) === 'traits.name.first')
  const traits = Array.from({ length: count }, (_, index) => ({
    ...trait,
    attributes: { ...trait?.attributes, name: `traits.field_${index}` },
  }))
  return {
    ...ui,
    nodes: [...traits, ...ui.nodes.filter((node) => !name(node).startsWith('traits.'))] as Flow['ui']['nodes'],
  }
}

/** As Kratos does: a page of them, and how many there are in a header. */
function putSessions(stub: Stub, count: number): void {
  const session = readSession()
  const page = Array.from({ length: Math.min(count, PER_PAGE) }, (_, index) => ({ ...session, id: `other-${index}` }))
  stub.put('/sessions', page, { 'X-Total-Count': String(count) })
}
