import { PARTS, type PerPart, perPart } from './usage.ts'

/** What a stretch of sign-ins at a steady rate took. */
export type Stretch = {
  perSecond: number
  seconds: number
  signIns: number
  /** CPU in ms, all of the stretch */
  cpu: PerPart
  /** connections to the database that were busy, on the average */
  busy: number
}

/** What one sign-in costs, and what is used without any. */
export type Model = {
  /** CPU of one sign-in, in ms */
  each: PerPart
  /** cores that are busy without a sign-in */
  idle: PerPart
  /** how long one sign-in keeps a connection to the database busy, in ms */
  connectionMs: number
}

/** Takes a model from one stretch, and what a stretch without sign-ins used. */
export function modelOf(stretch: Stretch, idle: Pick<Stretch, 'cpu' | 'seconds'>): Model {
  const idleCores = perPart((part) => idle.cpu[part] / 1000 / idle.seconds)
  const each = perPart((part) => (stretch.cpu[part] - idleCores[part] * stretch.seconds * 1000) / stretch.signIns)
  return { each, idle: idleCores, connectionMs: (stretch.busy * stretch.seconds * 1000) / stretch.signIns }
}

/** The cores that a rate keeps busy, of each part, and the busy connections (Little's law: rate times time). */
export function predict({ each, idle, connectionMs }: Model, perSecond: number): { cores: PerPart; busy: number } {
  const cores = perPart((part) => idle[part] + (perSecond * each[part]) / 1000)
  return { cores, busy: (perSecond * connectionMs) / 1000 }
}

/** Of all parts together. */
export function total(cores: PerPart): number {
  return PARTS.reduce((sum, part) => sum + cores[part], 0)
}
