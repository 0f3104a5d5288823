/**
 * What a compacted partition has promised: every record below the greatest high watermark that any
 * replica ever had, as it was before anybody compacted it. Replicas, views and clients are compared
 * with it. A partition that lost records by permission is tainted, and promises nothing any more.
 */
import { check } from '../invariants/violation.ts'
import type { SeenRecord } from './records.ts'
import { isSameValue, told } from './records.ts'

/** A record, and when it was seen to be committed. */
export interface CommittedRecord extends SeenRecord {
  readonly sinceUs: number
}

export class CommittedLog {
  readonly name: string
  readonly records: CommittedRecord[] = []
  readonly #byKey = new Map<string, CommittedRecord[]>()
  /** Everything below is promised. */
  end = 0
  /** Some record below was gone once: of those before it the latest of a key may be missing. */
  compactedBelow = 0
  tombstonesDropped = 0
  taintedBy: string | null = null

  constructor(name: string) {
    this.name = name
  }

  taint(why: string): void {
    this.taintedBy ??= why
  }

  check(holds: boolean, invariant: string, message: () => string): void {
    if (this.taintedBy === null) check(holds, invariant, () => `${this.name}: ${message()}`)
  }

  /** Somebody's high watermark has come so far. Returns what is new. */
  publish(
    found: readonly SeenRecord[],
    { end, now }: { readonly end: number; readonly now: number },
  ): readonly CommittedRecord[] {
    const fresh = found.map((record) => ({ ...record, sinceUs: now }))
    for (const record of fresh) {
      this.records.push(record)
      const same = this.#byKey.get(record.key)
      if (same) same.push(record)
      else this.#byKey.set(record.key, [record])
    }
    this.end = end
    return fresh
  }

  get keys(): Iterable<string> {
    return this.#byKey.keys()
  }

  /** All records of a key, the oldest first. */
  of(key: string): readonly CommittedRecord[] {
    return this.#byKey.get(key) ?? []
  }

  /** The last record of the key below an offset. */
  lastBefore(key: string, offset: number): CommittedRecord | undefined {
    return this.of(key).findLast((record) => record.offset < offset)
  }

  /** The first record of the key from an offset on. */
  firstFrom(key: string, offset: number): CommittedRecord | undefined {
    return this.of(key).find((record) => record.offset >= offset)
  }

  /**
   * D4, C3: `found` is what a replica has of [from, end): the promised records, at their offsets,
   * but those that a later one replaces, and tombstones that were there long enough. Whoever
   * copied a compacted log may not have what replaces a record yet.
   */
  compare(
    found: readonly SeenRecord[],
    range: { readonly from: number; readonly end: number },
    { who, now, deleteRetentionUs }: { who: string; now: number; deleteRetentionUs: number },
  ): void {
    const left = new Map(found.map((record) => [record.offset, record]))
    for (const record of this.records) {
      if (record.offset < range.from || record.offset >= range.end) continue
      const held = left.get(record.offset)
      left.delete(record.offset)
      if (held) this.#isSame(record, held, who)
      else this.#mayBeGone(record, { who, now, deleteRetentionUs })
    }
    const [stranger] = left.values()
    this.check(stranger === undefined, 'D4-order', () => {
      return `${who} has ${stranger ? told(stranger) : ''}, which was never written there`
    })
  }

  #isSame(record: SeenRecord, held: SeenRecord, who: string): void {
    const isSame =
      record.key === held.key &&
      record.leaderEpoch === held.leaderEpoch &&
      isSameValue(record.value, held.value)
    this.check(isSame, 'D4-changed', () => `${who} has ${told(held)}; written was ${told(record)}`)
  }

  #mayBeGone(
    record: CommittedRecord,
    { who, now, deleteRetentionUs }: { who: string; now: number; deleteRetentionUs: number },
  ): void {
    const later = this.firstFrom(record.key, record.offset + 1)
    if (later !== undefined) {
      this.compactedBelow = Math.max(this.compactedBelow, later.offset + 1)
      return
    }
    this.check(record.value === null, 'D4-latest-lost', () => {
      return `${who} does not have ${told(record)}, the latest of its key`
    })
    const age = now - record.sinceUs
    this.check(age >= deleteRetentionUs, 'D4-tombstone-early', () => {
      return `${who} dropped ${told(record)} after ${age} µs`
    })
    this.compactedBelow = Math.max(this.compactedBelow, record.offset + 1)
    this.tombstonesDropped += 1
  }

  /** The records from an offset on, below another one. */
  between(from: number, end: number): readonly CommittedRecord[] {
    let first = this.records.length
    while ((this.records[first - 1]?.offset ?? -1) >= from) first -= 1
    const found = this.records.slice(first)
    return (found.at(-1)?.offset ?? -1) < end ? found : found.filter(({ offset }) => offset < end)
  }
}
