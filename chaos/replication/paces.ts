/**
 * How fast something grew, beside what it was allowed to: samples of bytes over time. Pure.
 */
export interface Sample {
  readonly atMs: number
  readonly bytes: number
}

export interface Pace {
  readonly bytes: number
  /** From the first sample to the last growth. */
  readonly lastedMs: number
  /** The most by which some stretch of time exceeded the rate, in bytes. */
  readonly excessBytes: number
}

export function paceOf(samples: readonly Sample[], bytesPerSecond: number): Pace {
  const [first] = samples
  if (!first) return { bytes: 0, lastedMs: 0, excessBytes: 0 }
  let last = first
  let grownMs = first.atMs
  // What a bucket would be short of that is filled at the rate, and was full before.
  let debt = 0
  let excessBytes = 0
  for (const sample of samples) {
    const grown = Math.max(0, sample.bytes - last.bytes)
    const seconds = Math.max(0, sample.atMs - last.atMs) / 1_000
    // Nothing times no limit would be no number.
    debt = (seconds === 0 ? debt : Math.max(0, debt - seconds * bytesPerSecond)) + grown
    excessBytes = Math.max(excessBytes, debt)
    if (grown > 0) grownMs = sample.atMs
    last = sample
  }
  return { bytes: last.bytes - first.bytes, lastedMs: grownMs - first.atMs, excessBytes }
}
