import { randomBytes } from 'node:crypto'
import type { Cluster } from './cluster.ts'

/** What happens to the instances while people are on their way. */
export type Event = { name: string; run: (cluster: Cluster) => Promise<void> }

/** A secret for cookies. */
export const newSecret = (): string => randomBytes(32).toString('hex')

const ports = (cluster: Cluster) => [...cluster.uis.keys()]

/** An instance gets no more requests, then SIGTERM; a new one takes its place. As Kubernetes does, with a pause before SIGTERM. */
async function roll(cluster: Cluster, port: number, secret?: string): Promise<void> {
  await cluster.nginx.pass(ports(cluster).filter((other) => other !== port))
  await cluster.uis.get(port)?.stop()
  await cluster.startUi(port, secret)
  await cluster.nginx.pass(ports(cluster))
}

/** Every instance is rolled, one after the other. */
export function rollAll(secret?: string): Event {
  const name = secret ? `COOKIE_SECRET is rotated to ${secret.includes(',') ? 'a list' : 'one'}` : 'all are rolled'
  return {
    name,
    run: async (cluster) => {
      for (const port of ports(cluster)) await roll(cluster, port, secret)
    },
  }
}

/** One instance ends by SIGKILL, without a word to nginx, and is started again. */
export const kill: Event = {
  name: 'one is killed',
  run: async (cluster) => {
    const [port = 0] = ports(cluster)
    const ui = cluster.uis.get(port)
    cluster.kills.push({ port, at: Date.now() })
    if (ui) process.kill(-ui.pid, 'SIGKILL')
    await ui?.ended
    // The next one to be killed is another one.
    cluster.uis.delete(port)
    await cluster.startUi(port)
  },
}

/** One more instance. */
export const add: Event = {
  name: 'one is added',
  run: async (cluster) => {
    const port = cluster.spare.shift()
    if (port === undefined) throw new Error('There is no place for another instance')
    await cluster.startUi(port)
    await cluster.nginx.pass(ports(cluster))
  },
}

/** Rotates the secret without a gap: first all can read what the new one sealed, then it is what they seal with. */
export function rotate(old: string): Event[] {
  const next = newSecret()
  return [rollAll(`${old},${next}`), rollAll(`${next},${old}`)]
}
