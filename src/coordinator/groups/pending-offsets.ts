/**
 * Offsets that were decided and are not in the committed view yet. Whoever judges the offsets of a
 * group has to see these over what the view says: otherwise the sweep would take an old offset for
 * the present one, and bury the commit that has just been acknowledged. Bounded by what is appended
 * and not applied.
 */
import type { CommittedOffset } from './records.ts'
import type { StoredOffset } from './requests.ts'

interface PendingOffset {
  readonly group: PendingGroup
  readonly key: string
  readonly topic: string
  readonly partition: number
  /** Null: deleted. */
  readonly committed: CommittedOffset | null
  /** Offset of the record in the log; Infinity until it is appended. */
  logOffset: number
  /** Of the same partition, decided before and after. */
  older: PendingOffset | null
  newer: PendingOffset | null
}

interface PendingGroup {
  readonly groupId: string
  /** The newest of each partition. */
  readonly newest: Map<string, PendingOffset>
}

export class PendingOffsets {
  readonly #groups = new Map<string, PendingGroup>()
  /** All of them, in the order of the log. */
  #queue: PendingOffset[] = []
  /** Where in the queue the records begin that are not appended yet. */
  #appended = 0

  add(groupId: string, topic: string, partition: number, committed: CommittedOffset | null): void {
    const group = this.#groups.get(groupId) ?? { groupId, newest: new Map<string, PendingOffset>() }
    if (group.newest.size === 0) this.#groups.set(groupId, group)
    const key = keyOf(topic, partition)
    const older = group.newest.get(key) ?? null
    const entry: PendingOffset = {
      group,
      key,
      topic,
      partition,
      committed,
      logOffset: Infinity,
      older,
      newer: null,
    }
    if (older !== null) older.newer = entry
    group.newest.set(key, entry)
    this.#queue.push(entry)
  }

  /** `places` says at which offsets the entries added since the last call are in the log. */
  appended(places: readonly number[]): void {
    for (const logOffset of places) {
      const entry = this.#queue[this.#appended]
      if (entry === undefined) throw new RangeError('more places than offsets')
      entry.logOffset = logOffset
      this.#appended += 1
    }
  }

  /** Forgets what was added since the last `appended`. */
  refused(): void {
    for (const entry of this.#queue.splice(this.#appended)) this.#remove(entry)
  }

  /** Everything before this offset is in the view. */
  applied(logOffset: number): void {
    let count = 0
    while (count < this.#appended && (this.#queue[count]?.logOffset ?? Infinity) < logOffset)
      count += 1
    if (count === 0) return
    for (const entry of this.#queue.splice(0, count)) this.#remove(entry)
    this.#appended -= count
  }

  #remove({ group, key, older, newer }: PendingOffset): void {
    if (older !== null) older.newer = newer
    if (newer !== null) newer.older = older
    else if (older !== null) group.newest.set(key, older)
    else group.newest.delete(key)
    if (group.newest.size === 0) this.#groups.delete(group.groupId)
  }

  get size(): number {
    return this.#queue.length
  }

  /** The offsets of a group as they will be, `stored` being what the view says. */
  over(groupId: string, stored: readonly StoredOffset[]): readonly StoredOffset[] {
    return this.#over(groupId, stored, (newest) => newest)
  }

  /** The offsets of a group as they are committed below this offset of the log. */
  committedOver(
    logOffset: number,
    groupId: string,
    stored: readonly StoredOffset[],
  ): readonly StoredOffset[] {
    return this.#over(groupId, stored, (newest) => below(logOffset, newest))
  }

  #over(
    groupId: string,
    stored: readonly StoredOffset[],
    which: (newest: PendingOffset) => PendingOffset | null,
  ): readonly StoredOffset[] {
    const group = this.#groups.get(groupId)
    if (group === undefined) return stored
    const newer = new Map<string, PendingOffset>()
    for (const [key, newest] of group.newest) {
      const entry = which(newest)
      if (entry !== null) newer.set(key, entry)
    }
    const all: StoredOffset[] = []
    const take = ({ topic, partition, committed }: PendingOffset) => {
      if (committed !== null) all.push({ topic, partition, committed })
    }
    for (const one of stored) {
      const key = keyOf(one.topic, one.partition)
      const entry = newer.get(key)
      if (entry === undefined) all.push(one)
      else take(entry)
      newer.delete(key)
    }
    newer.forEach(take)
    return all
  }

  /**
   * What was committed below this offset of the log and is not in the view yet: the offset, null
   * where it was deleted, undefined where the view says it all.
   */
  committedBelow(
    logOffset: number,
    { groupId, topic, partition }: { groupId: string; topic: string; partition: number },
  ): CommittedOffset | null | undefined {
    const newest = this.#groups.get(groupId)?.newest.get(keyOf(topic, partition)) ?? null
    return below(logOffset, newest)?.committed
  }
}

function below(logOffset: number, newest: PendingOffset | null): PendingOffset | null {
  let entry = newest
  while (entry !== null && entry.logOffset >= logOffset) entry = entry.older
  return entry
}

const keyOf = (topic: string, partition: number) => `${topic}:${partition}`
