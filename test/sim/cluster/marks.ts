/** What a batch of cluster seeds must come to. */
export const CLUSTER_MARKS = [
  // Lives.
  'killed',
  'power cut',
  'ended within a turn',
  'stopped cleanly',
  'stalled',
  // The controller.
  'controller changed',
  'controller was deposed while it ran',
  'uncommitted entry survived its leader',
  'uncommitted entry was lost',
  'metadata snapshot',
  // The end.
  'healed and agreed',
] as const

/** Beside them, those that few seeds come to. */
export type ClusterMark =
  | (typeof CLUSTER_MARKS)[number]
  | 'reassigned'
  | 'refused below min isr'
  | 'full disk'
  | 'wiped'
  | 'slept'
  | 'granted wish was not heard of'
  | 'wish came late'
  | 'failed sync stopped the node'
  | 'more was lost than can be borne'
  | 'store was not sound'
  | 'old copy of a store'

export class ClusterMarks {
  readonly #hit = new Set<ClusterMark>()

  hit(mark: ClusterMark): void {
    this.#hit.add(mark)
  }

  get all(): ReadonlySet<ClusterMark> {
    return this.#hit
  }
}
