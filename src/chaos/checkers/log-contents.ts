/**
 * What stands in the logs in the end, offset by offset: who is there twice, in another order, by
 * nobody's hand, or was read and is gone. Says where each record is, for `promises.ts`. Partitions
 * that nobody read in the end are left out; `completeness.ts` says so.
 */
import { ALLOWED } from './allow-list.ts'
import type { Found } from './anomalies.ts'
import { counts, times, type Column } from './columns.ts'
import { NOBODYS, type PartitionRecords, type RecordStore } from './record-store.ts'

/** Where each record is; of several places the first. */
export class Placement {
  readonly #place: Column<Int32Array> = counts()
  readonly #offset: Column<Float64Array> = times()
  readonly #places: readonly PartitionRecords[]

  constructor(places: readonly PartitionRecords[]) {
    this.#places = places
  }

  /** False when it is somewhere already. */
  put(record: number, place: number, offset: number): boolean {
    if (this.#place.at(record) !== 0) return false
    this.#place.set(record, place + 1)
    this.#offset.set(record, offset)
    return true
  }

  placeOf(record: number): PartitionRecords | null {
    return this.#places[this.#place.at(record) - 1] ?? null
  }

  offsetOf(record: number): number {
    return this.#offset.at(record)
  }
}

/** What of the log is gone by retention is below it; of several readers, the last word. */
export function logStartOf({ finals }: PartitionRecords): number {
  return Math.max(0, ...[...finals.values()].map(({ logStartOffset }) => logStartOffset))
}

export function checkContents(store: RecordStore, found: Found): Placement {
  const placement = new Placement(store.places)
  for (const [index, place] of store.places.entries())
    if (place.finals.size > 0) new Contents(store, place, found).check(placement, index)
  for (const { place, offset, record, reading, before, readingBefore } of store.contradictions)
    found.add('inconsistent-offset', () => ({
      ...at(place),
      sentence:
        `${nameOf(place)}: at offset ${offset} ${store.readerOf(readingBefore)} read ` +
        `${store.id(before)}, and ${store.readerOf(reading)} read ${store.id(record)}`,
      ...span(store.readMs(readingBefore), store.readMs(reading)),
      evidence: [
        store.showReading(readingBefore, place, offset, before),
        store.showReading(reading, place, offset, record),
        ...[before, record].filter((one) => one !== NOBODYS).map((one) => store.show(one)),
      ],
    }))
  return placement
}

export const nameOf = ({ topic, partition }: PartitionRecords) => `${topic.name}-${partition}`

export const at = ({ topic, partition }: PartitionRecords) => ({ topic: topic.name, partition })

/** Times that are not known are left out. */
export function span(fromMs: number, toMs: number): { fromMs?: number; toMs?: number } {
  return { ...(!Number.isNaN(fromMs) && { fromMs }), ...(!Number.isNaN(toMs) && { toMs }) }
}

/** Of one partition. */
class Contents {
  readonly #store: RecordStore
  readonly #place: PartitionRecords
  readonly #found: Found
  /** By producer: the last of its records that was met; zero: none. */
  readonly #last = counts()

  constructor(store: RecordStore, place: PartitionRecords, found: Found) {
    this.#store = store
    this.#place = place
    this.#found = found
  }

  check(placement: Placement, index: number): void {
    const { at: there, finals, topic } = this.#place
    const logStart = logStartOf(this.#place)
    const readings = [...finals.values()]
    there.forEach((offset, record) => {
      const isThere = readings.some(({ offsets }) => offsets.has(offset))
      const isCompacted = topic.isCompacted && offset >= logStart
      if (!isThere && offset >= logStart && !isCompacted) return this.#gone(offset, record)
      if (record === NOBODYS) {
        // Of a compacted topic: a tombstone.
        if (!topic.isCompacted) this.#strange(offset, record)
        return
      }
      const outcome = this.#store.outcome(record)
      if (outcome === null) return this.#strange(offset, record)
      if (!placement.put(record, index, offset)) return this.#again(offset, record, placement)
      if (outcome === 'unknown')
        this.#found.allow('unknown-but-there', ALLOWED['unknown-but-there'])
      this.#inOrder(offset, record)
    })
  }

  #gone(offset: number, record: number): void {
    const { finals, seenBy } = this.#place
    const reading = seenBy.get(offset)
    this.#found.add('read-before-commit', () => ({
      ...at(this.#place),
      sentence:
        `${nameOf(this.#place)}: ${this.#store.readerOf(reading)} read ${this.#store.id(record)} ` +
        `at offset ${offset}, where nothing is in the end`,
      ...span(this.#store.readMs(reading), Number.NaN),
      evidence: [
        this.#store.showReading(reading, this.#place, offset, record),
        ...(record === NOBODYS ? [] : [this.#store.show(record)]),
        ...[...finals].map(([reader, { logStartOffset, offsets }]) => {
          return { type: 'final', reader, logStartOffset, records: offsets.size }
        }),
      ],
    }))
  }

  #strange(offset: number, record: number): void {
    const reading = this.#place.seenBy.get(offset)
    const what =
      record === NOBODYS ? 'what nobody sent' : `${this.#store.id(record)}, which nobody sent`
    this.#found.add('out-of-nowhere', () => ({
      ...at(this.#place),
      sentence: `${nameOf(this.#place)}: ${this.#store.readerOf(reading)} read ${what}, at offset ${offset}`,
      ...span(this.#store.readMs(reading), Number.NaN),
      evidence: [this.#store.showReading(reading, this.#place, offset, record)],
    }))
  }

  #again(offset: number, record: number, placement: Placement): void {
    const store = this.#store
    if (!store.isIdempotent(record)) {
      const kind = 'duplicate-without-idempotence'
      return this.#found.allow(kind, ALLOWED[kind])
    }
    const first = placement.placeOf(record) ?? this.#place
    const firstOffset = placement.offsetOf(record)
    this.#found.add('duplicate', () => ({
      ...at(this.#place),
      sentence:
        `${store.id(record)} is there twice: in ${nameOf(first)} at offset ${firstOffset} ` +
        `and in ${nameOf(this.#place)} at offset ${offset}`,
      ...span(store.sentMs(record), store.doneMs(record)),
      evidence: [
        store.show(record),
        store.showReading(first.seenBy.get(firstOffset), first, firstOffset, record),
        store.showReading(this.#place.seenBy.get(offset), this.#place, offset, record),
      ],
    }))
  }

  /** Producers number their records in the order in which they send them. */
  #inOrder(offset: number, record: number): void {
    const store = this.#store
    const producer = store.producer(record)
    const before = this.#last.at(producer)
    if (before === 0 || store.number(before) < store.number(record))
      return this.#last.set(producer, record)
    if (!store.isIdempotent(record)) {
      const kind = 'reordering-without-idempotence'
      return this.#found.allow(kind, ALLOWED[kind])
    }
    this.#found.add('reordering', () => ({
      ...at(this.#place),
      sentence:
        `${nameOf(this.#place)}: ${store.id(record)} is at offset ${offset}, ` +
        `behind ${store.id(before)}, which was sent after it`,
      ...span(store.sentMs(record), store.doneMs(before)),
      evidence: [
        store.show(record),
        store.show(before),
        store.showReading(this.#place.seenBy.get(offset), this.#place, offset, record),
      ],
    }))
  }
}
