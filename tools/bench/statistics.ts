/** A figure measured in several rounds. */
export type Figure = { median: number; min: number; max: number }

/** The most by which rounds may differ, as a part of the median, before they tell nothing. */
const NOISE = 0.25

/** Sums up the rounds of one measurement. Throws when there is none. */
export function figureOf(rounds: readonly number[]): Figure {
  const sorted = [...rounds].sort((a, b) => a - b)
  const [min, max] = [sorted[0], sorted.at(-1)]
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (min === undefined || max === undefined || low === undefined || high === undefined) {
    throw new Error('There is nothing to sum up')
  }
  return { median: (low + high) / 2, min, max }
}

/** Whether the rounds differ so much that the figure tells nothing. */
export function isNoisy({ median, min, max }: Figure): boolean {
  return max - min > NOISE * median
}

/** The slope of the line that fits points best (least squares): how much y grows with each x. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const [above, below] = points.reduce(
    ([xy, xx], point) => [xy + (point[0] - x) * (point[1] - y), xx + (point[0] - x) ** 2] as const,
    [0, 0] as const,
  )
  return above / below
}
