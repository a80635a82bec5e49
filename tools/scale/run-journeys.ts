import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Accounts } from '../faults/accounts.ts'
import { bugsIn } from '../faults/log-bugs.ts'
import { newTally, Visitor } from '../faults/visitor.ts'
import { countGivenUp, readTroubles } from './access-log.ts'
import type { Cluster } from './cluster.ts'
import type { Event } from './events.ts'
import { NOT_REMEMBERED, wholeJourney } from './journey.ts'

/** What came of the journeys. `wrong` must be empty. */
export type Outcome = {
  journeys: number
  requests: number
  pages: number
  /** 5xx that a person saw, other than the next. */
  seen: number
  /** Forms that an instance had in hand when it was killed: nginx says 502, and people try again. */
  cut: number
  retried: number
  /** People whose sign-up did not wait longer for Kratos, so that the next sign-in does not offer their account. */
  notRemembered: number
  seconds: number
  wrong: string[]
}

/** nginx's own page, as the visitors call it. */
const CUT = /no page of ours, 50[24]$/

/**
 * Lets people go on their journeys, so many at once, while one event after the other happens, evenly spread over them. More people come
 * until the last event is over.
 */
export async function runJourneys(
  cluster: Cluster,
  effort: { journeys: number; atOnce: number },
  events: readonly Event[],
  log: (line: string) => void,
): Promise<Outcome> {
  const tally = newTally()
  const [kratos] = cluster.kratoses
  if (!kratos) throw new Error('There is no Kratos')
  const accounts = new Accounts(kratos)
  const found: string[] = []
  const started = performance.now()
  let [begun, done, eventsLeft] = [0, 0, events.length]
  const people = Array.from({ length: effort.atOnce }, async () => {
    while (begun < effort.journeys || eventsLeft > 0) {
      begun++
      const visitor = new Visitor({ ui: cluster.url }, tally)
      found.push(...(await wholeJourney(visitor, accounts).catch((error: Error) => [error.message])))
      done++
    }
  })
  for (const [index, { name, run }] of events.entries()) {
    while (done < ((index + 0.5) * effort.journeys) / (events.length + 1)) await sleep(50)
    const from = done
    await run(cluster)
    log(`${name}: between journey ${from} and ${done}`)
    eventsLeft--
  }
  await Promise.all(people)
  const accessLog = readFileSync(cluster.nginx.accessLog, 'utf8')
  const troubles = readTroubles(accessLog, Number(new URL(cluster.url).port), cluster.kills)
  const wrong = found.filter((line) => line !== NOT_REMEMBERED)
  const notRemembered = found.length - wrong.length
  const givenUp = countGivenUp(accessLog, cluster.toKratos)
  if (notRemembered > givenUp) wrong.push(`${notRemembered} people not remembered, but ${givenUp} calls given up`)
  const count = (kind: string) => troubles.filter((trouble) => trouble.kind === kind).length
  const [seen, cut] = [count('seen'), count('cut')]
  const known = tally.flaws.filter((flaw) => CUT.test(flaw)).length
  const own = troubles.filter(({ kind, line }) => kind !== 'retried' && /\|50[24]\|/.test(line)).length
  if (known !== own) wrong.push(`people saw ${known} pages of nginx, its log has ${own}`)
  wrong.push(...troubles.filter(({ kind }) => kind === 'seen').map(({ line }) => line))
  wrong.push(...tally.flaws.filter((flaw) => !CUT.test(flaw)))
  if (tally.problems > tally.flaws.length)
    wrong.push(`${tally.problems - tally.flaws.length} pages that said "not now"`)
  for (const { logFile } of cluster.uis.values()) wrong.push(...bugsIn(logFile))
  const { requests, pages } = tally
  const seconds = Math.round((performance.now() - started) / 1000)
  return { journeys: done, requests, pages, seen, cut, retried: count('retried'), notRemembered, seconds, wrong }
}
