/** Figures by time, made coarse enough to be drawn. Pure. */
import type { Moment, Series } from './story.ts'

/** More points than this are more than pixels. */
const MOMENTS_MAX = 900

/**
 * Neighbours put together where there are too many: counts are added; of latencies the worst stays,
 * for a peak that is averaged away is a fault that nobody sees.
 */
export function drawable({ everyMs, moments }: Series): Series {
  const size = Math.ceil(moments.length / MOMENTS_MAX)
  if (size <= 1) return { everyMs, moments }
  const buckets = Array.from({ length: Math.ceil(moments.length / size) }, (_, index) =>
    moments.slice(index * size, (index + 1) * size),
  )
  return { everyMs: everyMs * size, moments: buckets.flatMap(together) }
}

function together(bucket: readonly Moment[]): readonly Moment[] {
  const [first] = bucket
  if (!first) return []
  const sum = (of: 'ok' | 'fail' | 'unknown') => bucket.reduce((all, one) => all + one[of], 0)
  const worst = (of: 'p50' | 'p99' | 'max') => {
    const known = bucket.flatMap((one) => one[of] ?? [])
    return known.length === 0 ? null : Math.max(...known)
  }
  return [
    {
      ...{ atMs: first.atMs, ok: sum('ok'), fail: sum('fail'), unknown: sum('unknown') },
      ...{ p50: worst('p50'), p99: worst('p99'), max: worst('max') },
    },
  ]
}
