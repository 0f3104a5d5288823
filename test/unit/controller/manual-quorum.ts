/**
 * A quorum in memory that commits when the test says so, and can lose its leadership: what the real
 * one does when there is more than one node. It keeps to the port's promises and nothing more.
 */
import { asNodeId } from '../../../src/base/ids.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import type {
  Append,
  AppendOutcome,
  AppendRefusal,
  Leadership,
  MetadataQuorum,
  QuorumListener,
} from '../../../src/quorum/ports.ts'

interface Waiting {
  readonly offset: number
  readonly epoch: number
  readonly records: readonly MetadataRecord[]
  readonly settle: (outcome: AppendOutcome) => void
}

export class ManualQuorum implements MetadataQuorum {
  leadership: Leadership = { epoch: 0, leaderId: null, isLeader: false }
  commitOffset = 0
  /** When set, appends are refused with it. */
  refuse: AppendRefusal | null = null
  /** Entries that may wait. */
  room = Infinity
  readonly #listeners: QuorumListener[] = []
  #waiting: Waiting[] = []

  get nextOffset(): number {
    return this.commitOffset + this.#waiting.length
  }

  get waiting(): readonly (readonly MetadataRecord[])[] {
    return this.#waiting.map(({ records }) => records)
  }

  subscribe(listener: QuorumListener): void {
    this.#listeners.push(listener)
  }

  append(epoch: number, records: readonly MetadataRecord[]): Append {
    if (this.refuse !== null) return { accepted: false, reason: this.refuse }
    if (!this.leadership.isLeader || epoch !== this.leadership.epoch)
      return { accepted: false, reason: 'not-leader' }
    if (this.#waiting.length >= this.room) return { accepted: false, reason: 'overloaded' }
    const offset = this.nextOffset
    const outcome = new Promise<AppendOutcome>((settle) =>
      this.#waiting.push({ offset, epoch, records, settle }),
    )
    return { accepted: true, offset, outcome }
  }

  confirmLeadership(epoch: number): Promise<boolean> {
    return Promise.resolve(this.leadership.isLeader && this.leadership.epoch === epoch)
  }

  /** Commits the oldest `count` entries that wait. */
  commit(count = this.#waiting.length): void {
    const committed = this.#waiting.splice(0, count)
    this.commitOffset += committed.length
    for (const listener of this.#listeners) listener.onCommitted(committed)
    for (const { offset, settle } of committed) settle({ outcome: 'ok', offset })
  }

  lead(epoch: number): void {
    this.leadership = { epoch, leaderId: asNodeId(1), isLeader: true }
    for (const listener of this.#listeners) listener.onLeadership?.(this.leadership)
  }

  /** Somebody else leads; what waits is never committed here, and nobody knows that yet. */
  lose(epoch: number): void {
    const lost = this.#waiting.splice(0)
    this.leadership = { epoch, leaderId: asNodeId(2), isLeader: false }
    for (const listener of this.#listeners) listener.onLeadership?.(this.leadership)
    for (const { settle } of lost) settle({ outcome: 'unknown' })
  }

  /** The disk failed: the node is about to stop. */
  fail(): void {
    this.refuse = 'stopped'
    for (const { settle } of this.#waiting.splice(0)) settle({ outcome: 'unknown' })
  }

  /** An entry of another leader. */
  receive(epoch: number, ...records: MetadataRecord[]): void {
    const entry = { offset: this.commitOffset, epoch, records }
    this.commitOffset += 1
    for (const listener of this.#listeners) listener.onCommitted([entry])
  }
}
