/**
 * Latencies, counted in buckets whose width grows with the value: every percentile is exact to one
 * part in a thousand, whatever its size, in a fixed few hundred kilobytes. Values are microseconds.
 * Pure.
 */

/** Buckets of each power of two; below twice this many microseconds, buckets are one wide. */
const STEPS = 1024
const STEP_BITS = 10
/** Longer ones count as this: 71 minutes, longer than any request may take. */
const VALUE_MAX = 0xffff_ffff
const BUCKETS = (32 - STEP_BITS + 1) * STEPS

export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS)
  #count = 0
  #sumMicros = 0
  #maxMicros = 0

  get count(): number {
    return this.#count
  }

  /** Milliseconds; 0 when nothing was recorded. */
  get meanMs(): number {
    return this.#count === 0 ? 0 : this.#sumMicros / this.#count / 1000
  }

  get maxMs(): number {
    return this.#maxMicros / 1000
  }

  record(milliseconds: number): void {
    const micros = Math.min(VALUE_MAX, Math.max(0, Math.round(milliseconds * 1000)))
    const bucket = bucketOf(micros)
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#count += 1
    this.#sumMicros += micros
    this.#maxMicros = Math.max(this.#maxMicros, micros)
  }

  /** The smallest recorded milliseconds that `rank` (0 … 1) of all do not exceed, to 0.1 %. */
  percentileMs(rank: number): number {
    const wanted = Math.max(1, Math.ceil(rank * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.#counts[bucket] ?? 0
      if (seen >= wanted) return Math.min(upperMicros(bucket), this.#maxMicros) / 1000
    }
    return 0
  }

  /** Adds all that another one counted. */
  add(other: Histogram): void {
    other.#counts.forEach((count, bucket) => {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count
    })
    this.#count += other.#count
    this.#sumMicros += other.#sumMicros
    this.#maxMicros = Math.max(this.#maxMicros, other.#maxMicros)
  }
}

/** 0 … 2·STEPS − 1 are themselves; above, the leading STEP_BITS + 1 bits decide. */
function bucketOf(micros: number): number {
  if (micros < 2 * STEPS) return micros
  const shift = 31 - Math.clz32(micros) - STEP_BITS
  return shift * STEPS + (micros >>> shift)
}

/** The largest value of a bucket. */
function upperMicros(bucket: number): number {
  if (bucket < 2 * STEPS) return bucket
  const shift = Math.floor(bucket / STEPS) - 1
  return (bucket - shift * STEPS + 1) * 2 ** shift - 1
}
