import { readFileSync } from 'node:fs'
import { childrenOf, cpuMs } from '../bench/process-usage.ts'
import type { Cluster } from './cluster.ts'

/** What uses CPU. */
export const PARTS = ['ui', 'kratos', 'postgres', 'nginx'] as const

/** A number for each part. */
export type PerPart = Record<(typeof PARTS)[number], number>

/** A number made for each part. */
export function perPart(make: (part: (typeof PARTS)[number]) => number): PerPart {
  return { ui: make('ui'), kratos: make('kratos'), postgres: make('postgres'), nginx: make('nginx') }
}

/** CPU that each part has used so far, with its children, in ms. */
export function cpuOf({ uis, kratoses, postgres, nginx }: Cluster): PerPart {
  const pids = { ui: [...uis.values()], kratos: kratoses, postgres: [postgres], nginx: [nginx] }
  return perPart((part) => pids[part].reduce((sum, { pid }) => sum + cpuMs(pid), 0))
}

/** CPU that all processes of this machine have used since it started, in ms. A tick is 10 ms. */
export function machineCpuMs(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + softirq) * 10
}

/** The connections that PostgreSQL has to Kratos now, and those that are not idle: its processes say so in their titles. */
export function connectionsOf({ postgres }: Cluster): { all: number; busy: number } {
  const titles = childrenOf(postgres.pid)
    .map((pid) => readTitle(pid))
    .filter((title) => title.startsWith('postgres: kratos postgres '))
  return { all: titles.length, busy: titles.filter((title) => !title.endsWith(' idle')).length }
}

function readTitle(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0]?.trim() ?? ''
  } catch {
    // It has ended in the meantime.
    return ''
  }
}
