/**
 * The anomalies there are, each with what it is: docs/CHAOS.md's table. Names are those of Jepsen's
 * Kafka workload where it has them.
 */
import type { Allowed, Anomaly, Checked } from './verdict.ts'

export const ANOMALIES = {
  // Records.
  'lost-write': 'A record was acknowledged, and no reader of everything finds it.',
  'moved-write': 'A record was acknowledged at one offset, and is at another.',
  'shared-offset': 'Two records were acknowledged at one offset.',
  'refused-but-there': 'A record or a commit was refused for certain, and is there.',
  unseen: 'A record was acknowledged, and one of those who read everything was not given it.',
  duplicate: 'A record of a producer that sends duplicates away is there twice.',
  reordering: 'Records of a producer that keeps its order stand in another one.',
  'inconsistent-offset': 'Two readers, or one at two times, found different records at one offset.',
  'read-before-commit': 'A consumer was given a record that is not there in the end.',
  'out-of-nowhere': 'There is something that nobody has sent.',
  // Consumers.
  'poll-skip': 'Between two polls a consumer was not given a record that is there.',
  'nonmonotonic-poll': 'Between two polls a consumer went back.',
  'int-poll-skip': 'Within one poll a consumer was not given a record that is there.',
  'int-nonmonotonic-poll': 'Within one poll a consumer went back.',
  // Logs.
  'gap-in-log': 'Between the log start and the end an offset is missing.',
  'below-log-start': 'A reader was given a record below the log start.',
  'unlike-replicas': 'Below the high watermark two replicas hold different bytes.',
  'short-replica': 'A replica does not hold what is below the high watermark.',
  'disordered-replica': 'Within a replica offsets are not dense, or leader epochs go back.',
  // Compacted topics.
  'lost-value': 'The last value of a key is acknowledged, and the key is not there.',
  'stale-value': 'The last value of a key is not the one that was acknowledged last.',
  resurrected: 'A key was deleted, and an older value is there again.',
  // Commits of groups.
  'lost-commit': 'A commit was acknowledged, and whoever asked later was told an earlier one.',
  'commits-out-of-order': 'In the log a commit is before one that was acknowledged before it.',
  'two-owners': 'In one generation two members had one partition.',
  'stale-generation': 'A member committed in a generation after a later one had begun.',
  unprocessed: 'A group has committed beyond a record that none of its members has processed.',
  // Metadata.
  'not-linearizable': 'No order of the operations on a key explains what was answered.',
} as const

export type AnomalyKind = keyof typeof ANOMALIES

const SHOWN_OF_A_KIND = 10

/** What a checker has found so far; bounded. */
export class Found {
  readonly #anomalies: Anomaly[] = []
  readonly #counts = new Map<string, number>()
  readonly #allowed = new Map<string, Allowed>()
  readonly #unknowns = new Set<string>()

  /** `tell` is called for the first few of a kind only. */
  add(kind: AnomalyKind, tell: () => Omit<Anomaly, 'kind'>): void {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    if (count <= SHOWN_OF_A_KIND) this.#anomalies.push({ kind, ...tell() })
  }

  allow(kind: string, because: string): void {
    const count = (this.#allowed.get(kind)?.count ?? 0) + 1
    this.#allowed.set(kind, { kind, count, because })
  }

  unknown(sentence: string): void {
    this.#unknowns.add(sentence)
  }

  get checked(): Checked {
    return {
      anomalies: this.#anomalies,
      counts: Object.fromEntries(this.#counts),
      unknowns: [...this.#unknowns],
      allowed: [...this.#allowed.values()],
    }
  }
}

/** Of several checkers, as if they were one. */
export function merge(all: readonly Checked[]): Checked {
  const counts = new Map<string, number>()
  for (const checked of all)
    for (const [kind, count] of Object.entries(checked.counts))
      counts.set(kind, (counts.get(kind) ?? 0) + count)
  return {
    anomalies: all.flatMap(({ anomalies }) => anomalies),
    counts: Object.fromEntries(counts),
    unknowns: [...new Set(all.flatMap(({ unknowns }) => unknowns))],
    allowed: all.flatMap(({ allowed }) => allowed),
  }
}
