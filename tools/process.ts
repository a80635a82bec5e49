import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** How to start a process. `env` is added to this process's own environment; `uid` and `gid` are for root only. */
export type Command = {
  name: string
  command: string
  args: readonly string[]
  cwd?: string
  env?: Readonly<Record<string, string | undefined>>
  uid?: number
  gid?: number
}

/** A process that was started in the background. */
export type Background = {
  name: string
  pid: number
  logFile: string
  /** Resolves with its exit code, or -1 after a signal, when it has ended. */
  ended: Promise<number>
  /** Resolves when it is gone. */
  stop: () => Promise<void>
}

const running = new Map<number, () => Promise<void>>()
// The last resort, for an error nobody caught: leaves no process behind.
process.on('exit', () => {
  for (const pid of running.keys()) signalGroup(pid, 'SIGKILL')
})

/**
 * Starts a process in the background, with its output in a file.
 *
 * It gets a process group of its own, so that Ctrl-C reaches this process alone, which then stops things in order.
 *
 * @param options the command; the log file, which is emptied; how long SIGTERM may take before SIGKILL, in ms
 * @throws Error when the command cannot be started
 */
export async function startInBackground(options: Command & { logFile: string; graceMs?: number }): Promise<Background> {
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = openSync(options.logFile, 'w')
  const child = spawnInGroup(options, log)
  closeSync(log)
  const control = await started(child, options.name, 'SIGTERM', options.graceMs ?? 5000)
  return { name: options.name, logFile: options.logFile, ...control }
}

/**
 * Runs a command to its end, with its output on this process's own terminal or in a file.
 *
 * @returns its exit code, or -1 after a signal
 * @throws Error when the command cannot be started
 */
export async function run(options: Command & { logFile?: string }): Promise<number> {
  if (options.logFile) return (await startInBackground({ ...options, logFile: options.logFile })).ended
  // SIGINT, because test runners tidy up on that one only.
  return (await started(spawnInGroup(options, 'inherit'), options.name, 'SIGINT', 20_000)).ended
}

/** Stops whatever this process has started and that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running.values()].map((stop) => stop()))
}

/** The last lines of a log file, for an error message; empty when there is no such file. */
export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
  } catch {
    return ''
  }
}

/** Calls `stop` once: at the first SIGINT, SIGTERM or SIGHUP. A terminal and npm may both send the same one. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop(signal)
    })
  }
}

function spawnInGroup(options: Command, output: number | 'inherit'): ChildProcess {
  return spawn(options.command, [...options.args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', output, output],
    detached: true,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
  })
}

type Control = Pick<Background, 'pid' | 'ended' | 'stop'>

function started(child: ChildProcess, name: string, signal: NodeJS.Signals, graceMs: number): Promise<Control> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${name}: ${error.message}`)))
    const ended = new Promise<number>((end) => child.once('exit', (code) => end(code ?? -1)))
    child.once('spawn', () => {
      const pid = child.pid as number
      const stop = async () => {
        if (!running.has(pid)) return
        signalGroup(pid, signal)
        const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
        await ended
        clearTimeout(timer)
      }
      running.set(pid, stop)
      ended.then(() => running.delete(pid))
      resolve({ pid, ended, stop })
    })
  })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended in the meantime.
  }
}
