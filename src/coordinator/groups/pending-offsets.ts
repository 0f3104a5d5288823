/**
 * Offsets that were decided and are not in the committed view yet. Whoever judges the offsets of a
 * group has to see these over what the view says: otherwise the sweep would take an old offset for
 * the present one, and bury the commit that has just been acknowledged. Bounded by what is appended
 * and not applied.
 */
import type { CommittedOffset } from './records.ts'
import type { StoredOffset } from './requests.ts'

interface PendingOffset {
  readonly topic: string
  readonly partition: number
  /** Null: deleted. */
  readonly committed: CommittedOffset | null
  /** Offset of the record in the log; Infinity until it is appended. */
  logOffset: number
}

export class PendingOffsets {
  /** By group, then by partition; the newest last. */
  readonly #groups = new Map<string, Map<string, PendingOffset[]>>()
  /** All of them, in the order of the log. */
  #queue: { readonly groupId: string; readonly key: string; readonly entry: PendingOffset }[] = []
  /** Where in the queue the records begin that are not appended yet. */
  #appended = 0

  add(groupId: string, topic: string, partition: number, committed: CommittedOffset | null): void {
    const key = `${topic}:${partition}`
    const entry = { topic, partition, committed, logOffset: Infinity }
    const group = this.#groups.get(groupId) ?? new Map<string, PendingOffset[]>()
    this.#groups.set(groupId, group)
    const entries = group.get(key)
    if (entries === undefined) group.set(key, [entry])
    else entries.push(entry)
    this.#queue.push({ groupId, key, entry })
  }

  /** `places` says at which offsets the entries added since the last call are in the log. */
  appended(places: readonly number[]): void {
    for (const logOffset of places) {
      const queued = this.#queue[this.#appended]
      if (queued === undefined) throw new RangeError('more places than offsets')
      queued.entry.logOffset = logOffset
      this.#appended += 1
    }
  }

  /** Forgets what was added since the last `appended`. */
  refused(): void {
    for (const { groupId, key, entry } of this.#queue.splice(this.#appended))
      this.#remove(groupId, key, entry)
  }

  /** Everything before this offset is in the view. */
  applied(logOffset: number): void {
    let count = 0
    while (count < this.#appended && (this.#queue[count]?.entry.logOffset ?? Infinity) < logOffset)
      count += 1
    for (const { groupId, key, entry } of this.#queue.splice(0, count))
      this.#remove(groupId, key, entry)
    this.#appended -= count
  }

  #remove(groupId: string, key: string, entry: PendingOffset): void {
    const group = this.#groups.get(groupId)
    const entries = group?.get(key)
    if (group === undefined || entries === undefined) return
    const at = entries.indexOf(entry)
    if (at >= 0) entries.splice(at, 1)
    if (entries.length === 0) group.delete(key)
    if (group.size === 0) this.#groups.delete(groupId)
  }

  get size(): number {
    return this.#queue.length
  }

  /** The offsets of a group as they will be, `stored` being what the view says. */
  over(groupId: string, stored: readonly StoredOffset[]): readonly StoredOffset[] {
    const group = this.#groups.get(groupId)
    if (group === undefined) return stored
    const kept = stored.filter(({ topic, partition }) => !group.has(`${topic}:${partition}`))
    for (const entries of group.values()) {
      const last = entries.at(-1)
      if (last !== undefined && last.committed !== null)
        kept.push({ topic: last.topic, partition: last.partition, committed: last.committed })
    }
    return kept
  }

  /**
   * What was committed below this offset of the log and is not in the view yet: the offset, null
   * where it was deleted, undefined where the view says it all.
   */
  committedBelow(
    logOffset: number,
    { groupId, topic, partition }: { groupId: string; topic: string; partition: number },
  ): CommittedOffset | null | undefined {
    const entries = this.#groups.get(groupId)?.get(`${topic}:${partition}`)
    return entries?.findLast((entry) => entry.logOffset < logOffset)?.committed
  }
}
