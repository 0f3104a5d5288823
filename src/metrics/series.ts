/**
 * How many topics, partitions and groups have series of their own: names are chosen by clients, and
 * neither a page nor a database may grow without a bound. What is left out is counted.
 */

export const SERIES_MAX = {
  topics: 1_000,
  partitions: 2_000,
  /** Offsets of groups: of every partition that a group has committed. */
  group_offsets: 5_000,
} as const

export type Counted = keyof typeof SERIES_MAX

/** The first of them, and how many are not among those. */
export function bounded<Each>(of: Counted, all: Iterable<Each>): readonly [Each[], number] {
  const taken: Each[] = []
  let left = 0
  for (const each of all)
    if (taken.length < SERIES_MAX[of]) taken.push(each)
    else left += 1
  return [taken, left]
}
