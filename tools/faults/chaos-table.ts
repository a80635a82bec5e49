import type { Row } from './run-fault.ts'

type Column = [title: string, value: (row: Row) => string | number]

const COLUMNS: readonly Column[] = [
  ['fault', ({ fault }) => fault],
  ['times', ({ injections }) => injections],
  ['journeys', ({ journeys }) => journeys],
  ['in Chromium', ({ inChromium }) => inChromium],
  ['requests', ({ requests }) => requests],
  ['pages', ({ pages }) => pages],
  ['error pages', ({ problems }) => problems],
  ['UI away', ({ refused }) => refused],
  ['lost', ({ lost }) => lost],
  ['recovery ms', ({ recoveryMs }) => recoveryMs],
  ['peak MiB', ({ peakMiB }) => peakMiB],
  ['wrong', ({ wrong }) => wrong.length],
]

/** The result as a Markdown table, with a line for the sum of what can be added up, and the worst of the rest. */
export function chaosTable(rows: readonly Row[]): string {
  const add = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const worst = (pick: (row: Row) => number) => Math.max(0, ...rows.map(pick))
  const total: Row = {
    fault: `${rows.length} faults`,
    injections: add(({ injections }) => injections),
    journeys: add(({ journeys }) => journeys),
    inChromium: add(({ inChromium }) => inChromium),
    requests: add(({ requests }) => requests),
    pages: add(({ pages }) => pages),
    problems: add(({ problems }) => problems),
    refused: add(({ refused }) => refused),
    lost: add(({ lost }) => lost),
    recoveryMs: worst(({ recoveryMs }) => recoveryMs),
    peakMiB: worst(({ peakMiB }) => peakMiB),
    wrong: rows.flatMap(({ wrong }) => wrong),
  }
  const cells = [...rows, total].map((row) => COLUMNS.map(([, value]) => String(value(row))))
  const lines = [COLUMNS.map(([title]) => title), COLUMNS.map((_, index) => (index === 0 ? '---' : '--:')), ...cells]
  const widths = COLUMNS.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  const pad = (text: string, index: number) =>
    index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)
  return lines.map((line) => `| ${line.map(pad).join(' | ')} |`).join('\n')
}
