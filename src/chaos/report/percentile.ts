/** Percentiles of few numbers, by nearest rank: what is said was measured. Pure. */

/** `sorted`: ascending; 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(sorted.length * share))
  return sorted[rank - 1] ?? 0
}
