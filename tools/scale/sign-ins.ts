import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from '../faults/accounts.ts'
import { newTally, Visitor } from '../faults/visitor.ts'
import type { Cluster } from './cluster.ts'
import type { Stretch } from './model.ts'
import { connectionsOf, cpuOf, perPart } from './usage.ts'

/** A stretch, with how long people waited and what went wrong. */
export type SignIns = Stretch & { medianMs: number; connections: number; wrong: string[] }

/** Between two looks at the connections, in ms. */
const LOOK = 20

/** Lets people sign in at a steady rate, whether those before them are done or not. Rate 0: looks at what is used anyway. */
export async function signInsAt(
  cluster: Cluster,
  people: readonly Person[],
  perSecond: number,
  ms: number,
): Promise<SignIns> {
  const tally = newTally()
  const times: number[] = []
  const wrong: string[] = []
  const before = cpuOf(cluster)
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const under = new Set<Promise<void>>()
  let [begun, looks, busy, connections] = [0, 0, 0, 0]
  const one = async (person: Person) => {
    const since = performance.now()
    const visitor = new Visitor({ ui: cluster.url }, tally)
    await visitor.open('/login')
    await visitor.submit(['method', 'password'], { identifier: person.email, password: person.password })
    if (!visitor.isAt('/welcome', 'data-testid="logout"')) wrong.push(`a sign-in ended at ${visitor.url.pathname}`)
    times.push(performance.now() - since)
  }
  while (elapsed() < ms || under.size > 0) {
    for (; elapsed() < ms && begun < (elapsed() / 1000) * perSecond; begun++) {
      const person = people[begun % people.length]
      if (!person) throw new Error('There is nobody to sign in')
      const running: Promise<void> = one(person).finally(() => under.delete(running))
      under.add(running)
    }
    const now = connectionsOf(cluster)
    looks++
    busy += now.busy
    connections = Math.max(connections, now.all)
    await sleep(LOOK)
  }
  const after = cpuOf(cluster)
  const seconds = elapsed() / 1000
  times.sort((a, b) => a - b)
  return {
    perSecond,
    seconds,
    signIns: begun,
    cpu: perPart((part) => after[part] - before[part]),
    busy: busy / looks,
    connections,
    medianMs: Math.round(times[times.length >> 1] ?? 0),
    wrong: [...wrong, ...tally.flaws],
  }
}
