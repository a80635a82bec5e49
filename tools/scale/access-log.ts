/** One request that was answered with 5xx, or that nginx sent to a second instance. */
export type Trouble = { kind: 'seen' | 'cut' | 'retried'; line: string }

/** An instance that was killed, and when, in ms. */
export type Kill = { port: number; at: number }

/** From a kill until nginx has noticed on a busy machine, in ms. */
const NOTICED = 2_000

/** How often a UI did not wait any longer for Kratos to say who somebody is. */
export function countGivenUp(log: string, toKratos: number): number {
  const pattern = new RegExp(`^[^|]*\\|${toKratos}\\|GET\\|/sessions/whoami\\|499\\|`, 'gm')
  return log.match(pattern)?.length ?? 0
}

/**
 * Reads nginx's log (see nginx.ts): what of it people have seen.
 *
 * @param front the port of the server in front of the UIs
 * @returns `cut`: a 502 for a form that an instance had in hand when it was killed; `seen`: any other 5xx; `retried`: what the
 *   next instance answered instead, which nobody sees
 */
export function readTroubles(log: string, front: number, kills: readonly Kill[]): Trouble[] {
  return log.split('\n').flatMap((line): Trouble[] => {
    const [seconds, port, method, , status = '', to = ''] = line.split('|')
    if (Number(port) !== front) return []
    if (!status.startsWith('5')) return to.includes(',') ? [{ kind: 'retried', line }] : []
    const after = (at: number) => Number(seconds) * 1000 - at
    const isKilled = kills.some(({ port, at }) => to.endsWith(`:${port}`) && after(at) > -50 && after(at) < NOTICED)
    const isCut = method === 'POST' && status === '502' && !to.includes(',') && isKilled
    return [{ kind: isCut ? 'cut' : 'seen', line }]
  })
}
