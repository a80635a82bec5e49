import { expect, test } from 'vitest'
import { modelOf, predict, total } from './model.ts'

const idle = { seconds: 10, cpu: { ui: 100, kratos: 200, postgres: 0, nginx: 0 } }
const stretch = {
  perSecond: 2,
  seconds: 20,
  signIns: 40,
  cpu: { ui: 1000, kratos: 10_400, postgres: 400, nginx: 40 },
  busy: 0.1,
}

test('what a sign-in costs is without what is used anyway', () => {
  const model = modelOf(stretch, idle)
  expect(model.each).toEqual({ ui: 20, kratos: 250, postgres: 10, nginx: 1 })
  expect(model.connectionMs).toBeCloseTo(50)
})

test('a rate keeps so many cores and connections busy', () => {
  const { cores, busy } = predict(modelOf(stretch, idle), 100)
  expect(cores.kratos).toBeCloseTo(25.02)
  expect(total(cores)).toBeCloseTo(28.13)
  expect(busy).toBeCloseTo(5)
})
