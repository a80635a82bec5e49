import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { ROOT } from '../paths.ts'

/** What is turned on inside of a UI: names that resolve or not, a clock that is off. */
export type Switches = { id: string; dns: 'works' | 'fails'; skewMs: number }

/** What a UI finds in itself after a garbage collection: bytes, and what keeps its event loop busy, by kind. */
export type Inside = {
  id: string
  rss: number
  heapUsed: number
  external: number
  resources: Record<string, number>
}

const PRELOAD = pathToFileURL(join(ROOT, 'tools', 'faults', 'ui-switches.ts')).href

/** The environment with which a UI can be switched, by the file that {@link switchUi} writes. */
export function switchable(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--import=${PRELOAD}`, FAULT_SWITCHES: file }
}

/**
 * Switches something inside of a UI, and waits until that is done.
 *
 * @param ui its pid, and the file that it was started with
 * @param change what is to be different from a healthy one
 * @throws Error when it does not answer within 10 s
 */
export async function switchUi(
  ui: { pid: number; file: string },
  change: Partial<Omit<Switches, 'id'>> = {},
): Promise<Inside> {
  const id = randomUUID()
  writeFileSync(ui.file, JSON.stringify({ id, dns: 'works', skewMs: 0, ...change } satisfies Switches))
  process.kill(ui.pid, 'SIGUSR2')
  for (let tries = 0; tries < 1000; tries++) {
    await sleep(10)
    const inside = readInside(`${ui.file}.inside`)
    if (inside?.id === id) return inside
  }
  throw new Error('The UI does not take its switches')
}

function readInside(file: string): Inside | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Inside
  } catch {
    return undefined
  }
}
