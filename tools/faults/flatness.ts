/** What of a process was seen at one moment of a soak. */
export type Sample = { seconds: number; heapMiB: number; rssMiB: number; sockets: number; timers: number }

/** How much a value may grow from the middle of a soak's first half to the middle of its second. */
export const TOLERANCE = {
  heapMiB: { share: 0.1, least: 5 },
  rssMiB: { share: 0.15, least: 30 },
  sockets: { share: 0, least: 4 },
  timers: { share: 0, least: 4 },
} as const

export type Measure = keyof typeof TOLERANCE

/** How a value went: its medians in both halves, the slope of the line through all samples, and whether that is flat. */
export type Trend = { measure: Measure; before: number; after: number; perMinute: number; flat: boolean }

/** Says of each measure whether it stayed flat. Idle moments only: sockets under load come and go. */
export function trendsOf(samples: readonly Sample[]): Trend[] {
  const half = Math.floor(samples.length / 2)
  return (Object.keys(TOLERANCE) as Measure[]).map((measure) => {
    const before = median(samples.slice(0, half).map((sample) => sample[measure]))
    const after = median(samples.slice(-half).map((sample) => sample[measure]))
    const { share, least } = TOLERANCE[measure]
    return {
      measure,
      before,
      after,
      perMinute: slope(samples, measure) * 60,
      flat: after - before <= Math.max(least, before * share),
    }
  })
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Least squares, by the second. */
function slope(samples: readonly Sample[], measure: Measure): number {
  const count = samples.length
  const meanX = samples.reduce((sum, { seconds }) => sum + seconds, 0) / count
  const meanY = samples.reduce((sum, sample) => sum + sample[measure], 0) / count
  const above = samples.reduce((sum, sample) => sum + (sample.seconds - meanX) * (sample[measure] - meanY), 0)
  return above / samples.reduce((sum, { seconds }) => sum + (seconds - meanX) ** 2, 0)
}
