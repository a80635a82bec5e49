import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** CPU time that a process has used so far, with all its threads and children, user and system, in ms. Linux only. */
export function cpuMs(pid: number): number {
  // The command's name, in brackets, may hold spaces.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // utime, stime, and those of children that have ended: fields 14 to 17, counted from 1, of which two are cut off.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  const children = childrenOf(pid).reduce((sum, child) => sum + cpuMs(child), 0)
  return (ticks * 1000) / TICKS_PER_SECOND + children
}

/** Resident memory of a process, in MiB: now, and the most that it ever had. Linux only. */
export function residentMiB(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  return { now: read('VmRSS'), peak: read('VmHWM') }
}

/** The pids of what a process has started and that still runs. Linux only. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
}
