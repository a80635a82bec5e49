import { readFileSync } from 'node:fs'
import { Accounts, type Person } from '../faults/accounts.ts'
import type { Cluster } from './cluster.ts'
import { type Model, modelOf, predict, total } from './model.ts'
import { type SignIns, signInsAt } from './sign-ins.ts'
import { PARTS, type PerPart } from './usage.ts'

const PEOPLE = 20
const [IDLE_MS, STRETCH_MS, ROUNDS] = [8_000, 15_000, 3]
/** Sign-ins a second: the model is taken from the first, and checked at the second. Two cores keep up both. */
const RATES = (bcrypt: number): [number, number] => (bcrypt < 12 ? [2, 4] : [1, 2])
/** What people ask of a large site. */
const FAR = 10_000

/** What was measured at a rate, beside what the model said of it. Cores that are busy. */
type Check = { perSecond: number; predicted: number; measured: number; measuredParts: PerPart; medianMs: number }

/** Measures what a sign-in costs, takes the model from it, and checks it at another rate, a few times. */
export async function measureCosts(cluster: Cluster, bcrypt: number, log: (line: string) => void) {
  const people = await makePeople(cluster)
  const [low, high] = RATES(bcrypt)
  const wrong: string[] = []
  await signInsAt(cluster, people, high, STRETCH_MS / 2)
  const idle = await signInsAt(cluster, [], 0, IDLE_MS)
  const rounds: { model: Model; check: Check; low: SignIns; high: SignIns }[] = []
  log(`bcrypt cost ${bcrypt}; CPU of a sign-in in ms`)
  log('| part | ui | kratos | postgres | nginx | busy connection, ms | predicted cores | measured | median wait, ms |')
  for (let round = 0; round < ROUNDS; round++) {
    const first = await signInsAt(cluster, people, low, STRETCH_MS)
    const model = modelOf(first, idle)
    const second = await signInsAt(cluster, people, high, STRETCH_MS)
    const measuredParts = coresOf(second)
    const rate = second.signIns / second.seconds
    const check: Check = {
      perSecond: rate,
      predicted: total(predict(model, rate).cores),
      measured: total(measuredParts),
      measuredParts,
      medianMs: second.medianMs,
    }
    rounds.push({ model, check, low: first, high: second })
    wrong.push(...first.wrong, ...second.wrong)
    const cells = [...PARTS.map((part) => model.each[part]), model.connectionMs].map((value) => value.toFixed(1))
    const { predicted, measured } = check
    log(
      `| round ${round + 1}, at ${low}/s, then ${high}/s | ${cells.join(' | ')} | ${predicted.toFixed(3)} | ${measured.toFixed(3)} | ${second.medianMs} |`,
    )
  }
  const models = rounds.map(({ model }) => model).sort((a, b) => total(a.each) - total(b.each))
  const middle = models[models.length >> 1]
  if (middle) {
    const { cores, busy } = predict(middle, FAR)
    const shown = PARTS.map((part) => `${part} ${Math.round(cores[part])}`).join(', ')
    log(`${FAR} a second: ${Math.round(total(cores))} cores (${shown}), ${Math.round(busy)} busy connections`)
  }
  return { bcrypt, idle: coresOf(idle), rounds, wrong }
}

function coresOf({ cpu, seconds }: Pick<SignIns, 'cpu' | 'seconds'>): PerPart {
  const cores = (part: keyof PerPart) => cpu[part] / 1000 / seconds
  return { ui: cores('ui'), kratos: cores('kratos'), postgres: cores('postgres'), nginx: cores('nginx') }
}

/** Counts the statements of a sign-in: PostgreSQL has been told to log them (log_statement=all). */
export async function measureStatements(cluster: Cluster, log: (line: string) => void) {
  const people = await makePeople(cluster)
  const read = () => readFileSync(cluster.postgres.logFile, 'utf8')
  // Each Kratos asks for something the first time only.
  await signInsAt(cluster, people, 2, 5_000)
  const from = read().length
  const { signIns, wrong } = await signInsAt(cluster, people, 2, 10_000)
  const counts = countStatements(read().slice(from))
  const each = Object.fromEntries([...counts].map(([kind, count]) => [kind, Number((count / signIns).toFixed(1))]))
  log(`Statements of a sign-in, with those of Kratos in the background: ${JSON.stringify(each)}`)
  return { signIns, each, wrong }
}

/** Counts the statements in PostgreSQL's log by their first word. */
function countStatements(log: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [, word = ''] of log.matchAll(/LOG: {2}(?:statement|execute [^:]*):\s+([a-z]+)/gi)) {
    const kind = word.toUpperCase()
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

async function makePeople({ kratoses: [kratos] }: Cluster): Promise<Person[]> {
  if (!kratos) throw new Error('There is no Kratos')
  const accounts = new Accounts(kratos)
  const people: Person[] = []
  for (let count = 0; count < PEOPLE; count++) people.push(await accounts.create())
  return people
}
