/**
 * Groups 9 and 14: nothing is larger than its bound, and no leader sends more than its window to a
 * replica that does not answer.
 */
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Entry } from '../../../src/raft/entry.ts'
import type { Bounds as Limits, Ready } from '../../../src/raft/types.ts'
import type { Observed } from './observed.ts'
import { check } from './violation.ts'

/** What an entry costs beside its data, as the core counts. */
const ENTRY_OVERHEAD_BYTES = 32
/** After the window: one probe, and one more when the window turns into a probe and back. */
const BESIDE_WINDOW = 2

export class Bounds {
  readonly #limits: Limits
  /** Appends with entries that a leader has sent since it last heard of their receiver. */
  readonly #unanswered = new Map<ReplicaKey, Map<ReplicaKey, number>>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** The sender has heard of `from`, or its driver told it something about it. */
  heard(by: ReplicaKey, from: ReplicaKey): void {
    this.#unanswered.get(by)?.delete(from)
  }

  restarted(key: ReplicaKey): void {
    this.#unanswered.delete(key)
  }

  sent({ key }: Observed, message: Message): void {
    if (message.type !== 'append' || message.entries.length === 0) return
    const { entries } = message
    const { appendEntries, appendBytes, inflightAppends } = this.#limits
    check(
      entries.length <= appendEntries && (entries.length === 1 || bytesOf(entries) <= appendBytes),
      '14-append-size',
      () => `${key} sends ${entries.length} entries of ${bytesOf(entries)} bytes in one append`,
    )
    const counts = this.#unanswered.get(key) ?? new Map<ReplicaKey, number>()
    this.#unanswered.set(key, counts)
    const count = (counts.get(message.to) ?? 0) + 1
    counts.set(message.to, count)
    check(
      count <= inflightAppends + BESIDE_WINDOW,
      '9-window',
      () => `${key} has sent ${count} appends to ${message.to}, which did not answer`,
    )
  }

  entry({ key }: Observed, entry: Entry): void {
    check(
      entry.kind !== 'data' || entry.data.byteLength <= this.#limits.entryBytes,
      '14-entry-size',
      () => `${key} appends an entry above the bound`,
    )
  }

  /** A `Ready` that says nothing is none. */
  ready(replica: Observed, ready: Ready): void {
    const { key, status, applicable } = replica
    const isEmpty =
      ready.batch === null &&
      ready.messages.length + ready.answers.length + ready.snapshots.length === 0 &&
      ready.applicable === applicable &&
      ready.status.role === status.role &&
      ready.status.term === status.term &&
      ready.status.leader === status.leader &&
      ready.status.commit === status.commit
    check(!isEmpty, '14-spinning', () => `${key} is ready with nothing to do`)
  }
}

function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce(
    (bytes, entry) =>
      bytes + ENTRY_OVERHEAD_BYTES + (entry.kind === 'data' ? entry.data.byteLength : 0),
    0,
  )
}
