import type { PageBytes } from './page-bytes.ts'
import { ratioOf, type Samples } from './rounds.ts'
import type { Starts } from './start.ts'
import { type Figure, figureOf, isNoisy } from './statistics.ts'
import type { Targets } from './targets.ts'

/** All that was measured. */
export type Measured = {
  targets: Targets
  samples: Readonly<Record<string, Samples>>
  bytes: PageBytes
  starts: Starts
  memory: { ready: number; warm: number; after: number; peak: number }
}

/** One line of the report. A limit makes it a budget: `most` or `least`. */
export type Row = {
  name: string
  unit: string
  digits: number
  figure: Figure
  most?: number
  least?: number
}

/** The rows of the report: what one request costs, the ratios, the bytes of the page, memory and start. */
export function rowsOf({ targets, samples, bytes, starts, memory }: Measured): Row[] {
  const one = (value: number): Figure => ({ median: value, min: value, max: value })
  const kB = (value: number) => ({ unit: 'kB', digits: 1, figure: one(value / 1000) })
  const mib = (value: number) => ({ unit: 'MiB', digits: 0, figure: one(value) })
  const of = (key: string) => samples[key] as Samples
  const { page, bare, redirect, kratos } = {
    page: of('page'),
    bare: of('bare'),
    redirect: of('redirect'),
    kratos: of('kratos'),
  }
  return [
    ...requestRows(targets, samples),
    {
      name: 'Ratio: CPU of the login page to the bare page',
      ...ratio(ratioOf(page.cpuPerRequest, bare.cpuPerRequest)),
      most: 1.3,
    },
    {
      name: 'Ratio: CPU of the login page to the page of a bare Next app',
      ...ratio(ratioOf(page.cpuPerRequest, of('next-page').cpuPerRequest)),
    },
    {
      name: 'Ratio: speed of the start to the login page',
      ...ratio(ratioOf(redirect.perSecond, page.perSecond)),
      least: 3,
    },
    {
      name: 'Ratio: speed of the login page to the Kratos call',
      ...ratio(ratioOf(page.perSecond, kratos.perSecond)),
    },
    { name: 'Bytes: HTML', ...kB(bytes.html), most: 6 },
    { name: 'Bytes: CSS', ...kB(bytes.css), most: 6 },
    { name: 'Bytes: JavaScript of our own', ...kB(bytes.ownJs), most: 6 },
    { name: 'Bytes: JavaScript of Next and React', ...kB(bytes.nextJs) },
    { name: 'Bytes: images', ...kB(bytes.other) },
    { name: 'Bytes: everything', ...kB(bytes.total), most: 160 },
    { name: 'Requests', unit: '', digits: 0, figure: one(bytes.requests), most: 12 },
    { name: 'Memory: when ready', ...mib(memory.ready) },
    { name: 'Memory: warm', ...mib(memory.warm) },
    { name: 'Memory: after the load', ...mib(memory.after), most: 200 },
    { name: 'Memory: peak', ...mib(memory.peak) },
    { name: 'Ready after', unit: 'ms', digits: 0, figure: figureOf(starts.elapsed), most: 500 },
    { name: 'CPU until ready', unit: 'ms', digits: 0, figure: figureOf(starts.cpu) },
  ]
}

/** CPU, speed, times and memory of each kind of request; and, of an older state's, what this one costs beside it. */
function requestRows(targets: Targets, samples: Readonly<Record<string, Samples>>): Row[] {
  const entries = Object.entries(targets).map(([key, target]) => ({ key, target, of: samples[key] as Samples }))
  const rows = (title: string, unit: string, digits: number, kind: keyof Samples): Row[] =>
    entries
      .filter(({ target }) => target.pid !== undefined || (kind !== 'cpuPerRequest' && kind !== 'resident'))
      .map(({ target, of }) => ({ name: `${title}: ${target.name}`, unit, digits, figure: figureOf(of[kind]) }))
  return [
    ...rows('CPU', 'ms', 2, 'cpuPerRequest'),
    ...rows('Speed', '/s', 0, 'perSecond'),
    ...rows('Half the load, median', 'ms', 1, 'p50'),
    ...rows('Half the load, 99 %', 'ms', 1, 'p99'),
    ...rows('Resident after', 'MiB', 0, 'resident'),
    ...entries.flatMap(({ key, target, of }) => {
      const older = samples[`older-${key}`]
      return older
        ? [{ name: `Now to then: CPU of ${target.name}`, ...ratio(ratioOf(of.cpuPerRequest, older.cpuPerRequest)) }]
        : []
    }),
  ]
}

/** What a budget says, and whether the rounds were steady enough to believe it. */
export function verdictOf({ figure, most, least, digits }: Row): string {
  const noisy = isNoisy(figure) ? ' (too noisy to tell)' : ''
  if (most === undefined && least === undefined) return noisy.trim()
  const ok = figure.median <= (most ?? Infinity) && figure.median >= (least ?? -Infinity)
  const limit = most === undefined ? `>= ${least}` : `<= ${most.toFixed(Math.min(digits, 1))}`
  return `${limit} ${ok ? 'ok' : 'OVER'}${noisy}`
}

/** The report as a table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const { figure, digits, unit } = row
    const spread = figure.min === figure.max ? '' : `${figure.min.toFixed(digits)}-${figure.max.toFixed(digits)}`
    return [row.name, `${figure.median.toFixed(digits)} ${unit}`.trim(), spread, verdictOf(row)]
  })
  const all = [['', 'median', 'rounds', 'budget'], ...cells]
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)))
  return all
    .map(([name = '', ...rest]) =>
      [name.padEnd(widths[0] ?? 0), rest[0]?.padStart(widths[1] ?? 0), rest[1]?.padStart(widths[2] ?? 0), rest[2]]
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function ratio(figure: Figure) {
  return { unit: 'x', digits: 2, figure }
}
