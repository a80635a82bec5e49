import { expect, test } from 'vitest'
import { recovery } from './recovery.ts'

type Answer = [ok: boolean, ms: number]

/** Answers in turn, each after its time on a clock of our own; the last one from then on. */
function recover(directly: Answer[], page: Answer[]) {
  let time = 1_000
  const sleep = async (ms: number) => {
    time += ms
  }
  const inTurn = (answers: Answer[]) => async () => {
    const [ok, ms] = (answers.length > 1 ? answers.shift() : answers[0]) as Answer
    time += ms
    return ok
  }
  return recovery({ directly: inTurn(directly), page: inTurn(page) }, { now: () => time, sleep })
}

const back: Answer[] = [[true, 0]]

test('the first visit gets a page: it is there at once, however long the server was away', async () => {
  const directly: Answer[] = [[false, 0], [false, 5_000], ...back]
  expect(await recover(directly, [[true, 7]])).toEqual({ begun: 0, ms: 7 })
})

test('a slow page counts by when it was asked for', async () => {
  expect(await recover(back, [[true, 9_000]])).toEqual({ begun: 0, ms: 9_000 })
})

test('pages that fail while the server answers count', async () => {
  const page: Answer[] = [
    [false, 5_000],
    [false, 10],
    [true, 50],
  ]
  expect(await recover(back, page)).toEqual({ begun: 5_050, ms: 5_100 })
})

test('time starts anew when the server goes away again', async () => {
  const directly: Answer[] = [[true, 0], [false, 0], ...back]
  const page: Answer[] = [
    [false, 5_000],
    [true, 50],
  ]
  expect(await recover(directly, page)).toEqual({ begun: 0, ms: 50 })
})

test('what does not come within a minute never comes', async () => {
  expect((await recover(back, [[false, 100]])).begun).toBe(Number.POSITIVE_INFINITY)
  expect((await recover([[false, 100]], [[true, 0]])).begun).toBe(Number.POSITIVE_INFINITY)
})
