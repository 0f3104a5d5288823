/**
 * Whether consumers were given everything, once, in order, while the cluster was hurt. Without
 * transactions and compaction the offsets of a log are dense; still a jump counts only when in the
 * end something stands where it went over. What a consumer decides itself is in position events.
 */
import type { PollEvent, PositionEvent } from '../history/events.ts'
import { ALLOWED } from './allow-list.ts'
import type { AnomalyKind, Found } from './anomalies.ts'
import { counts, times } from './columns.ts'
import { at, logStartOf, nameOf } from './log-contents.ts'
import type { PartitionRecords, RecordStore } from './record-store.ts'

/** A consumer in a partition. */
interface Cursor {
  /** What it must be given next; −1: whatever comes. */
  next: number
  /** What it was given last; −1: nothing. */
  last: number
  /** Since then it was given other partitions. */
  isRebalanced: boolean
}

export class PollOrder {
  readonly #store: RecordStore
  readonly #found: Found
  readonly #cursors = new Map<string, Map<PartitionRecords, Cursor>>()
  // Jumps forward, to be judged when it is known what is there.
  readonly #from = times()
  readonly #to = times()
  readonly #atMs = times()
  readonly #place = counts()
  readonly #who = counts()
  readonly #isWithin = counts()
  readonly #names: string[] = []

  constructor(store: RecordStore, found: Found) {
    this.#store = store
    this.#found = found
  }

  /** After the store has it. */
  addPoll(event: PollEvent): void {
    const [first] = event.offsets
    if (first === undefined) return
    const place = this.#store.partition(this.#store.topic(event.topic), event.partition)
    const cursor = this.#cursor(event.process, place)
    this.#between(event, place, cursor, first)
    let before = first
    for (let index = 1; index < event.offsets.length; index += 1) {
      const offset = event.offsets[index] ?? 0
      if (offset <= before) this.#wentBack('int-nonmonotonic-poll', event, place, before, offset)
      else if (offset > before + 1) this.#jumped(event, place, before + 1, offset, true)
      before = offset
    }
    Object.assign(cursor, { next: before + 1, last: before, isRebalanced: false })
  }

  addPosition(event: PositionEvent): void {
    const place = this.#store.partition(this.#store.topic(event.topic), event.partition)
    const cursor = this.#cursor(event.process, place)
    if (event.why === 'crashed') cursor.last = -1
    if (event.why === 'assigned' || event.why === 'revoked') cursor.isRebalanced = true
    cursor.next = event.why === 'seek' ? (event.offset ?? -1) : -1
  }

  finish(): void {
    const logStarts = new Map(this.#store.places.map((place) => [place, logStartOf(place)]))
    for (let jump = 0; jump < this.#from.length; jump += 1) {
      const place = this.#store.places[this.#place.at(jump)]
      if (place) this.#judge(jump, place, logStarts.get(place) ?? 0)
    }
  }

  #cursor(process: string, place: PartitionRecords): Cursor {
    const known = this.#cursors.get(process)
    const places = known ?? new Map<PartitionRecords, Cursor>()
    if (!known) this.#cursors.set(process, places)
    const cursor = places.get(place) ?? { next: -1, last: -1, isRebalanced: false }
    places.set(place, cursor)
    return cursor
  }

  #between(event: PollEvent, place: PartitionRecords, cursor: Cursor, first: number): void {
    const { next, last, isRebalanced } = cursor
    if (isRebalanced && event.mode === 'subscribe') {
      const isSkip = last >= 0 && first > last + 1
      const isBack = last >= 0 && first <= last
      if (isSkip) this.#allow('poll-skip-after-rebalance')
      if (isBack) this.#allow('nonmonotonic-poll-after-rebalance')
      return
    }
    if (next < 0 || first === next) return
    if (first < next && event.mode === 'subscribe') this.#allow('nonmonotonic-poll-uncommitted')
    else if (first < next) this.#wentBack('nonmonotonic-poll', event, place, next - 1, first)
    else this.#jumped(event, place, next, first, false)
  }

  #allow(kind: keyof typeof ALLOWED): void {
    this.#found.allow(kind, ALLOWED[kind])
  }

  #wentBack(
    kind: AnomalyKind,
    { process, client, mode, atMs }: PollEvent,
    place: PartitionRecords,
    before: number,
    offset: number,
  ): void {
    this.#found.add(kind, () => ({
      ...at(place),
      sentence: `${nameOf(place)}: ${process} was given offset ${offset} after ${before}`,
      ...{ fromMs: atMs, toMs: atMs },
      evidence: [{ type: 'poll', process, client, mode, ...at(place), atMs, before, offset }],
    }))
  }

  #jumped(
    { process, atMs }: PollEvent,
    place: PartitionRecords,
    from: number,
    to: number,
    isWithin: boolean,
  ): void {
    if (place.topic.isCompacted) return
    const jump = this.#from.length
    this.#from.set(jump, from)
    this.#to.set(jump, to)
    this.#atMs.set(jump, atMs)
    this.#place.set(jump, this.#store.places.indexOf(place))
    this.#isWithin.set(jump, isWithin ? 1 : 0)
    if (this.#names.at(-1) !== process) this.#names.push(process)
    this.#who.set(jump, this.#names.length - 1)
  }

  #judge(jump: number, place: PartitionRecords, logStart: number): void {
    const from = this.#from.at(jump)
    const to = this.#to.at(jump)
    const process = this.#names[this.#who.at(jump)] ?? '?'
    const atMs = this.#atMs.at(jump)
    const finals = [...place.finals.values()]
    const isThere = (offset: number) => finals.some(({ offsets }) => offsets.has(offset))
    const missed = place.at.find(Math.max(from, logStart), to, isThere)
    if (missed === null) {
      if (from < logStart) this.#allow('poll-skip-of-deleted')
      return
    }
    const record = place.at.get(missed)
    this.#found.add(this.#isWithin.at(jump) ? 'int-poll-skip' : 'poll-skip', () => ({
      ...at(place),
      sentence:
        `${nameOf(place)}: ${process} was given offset ${to} where ${from} was next, ` +
        `and ${this.#store.id(record)} is at ${missed}`,
      ...{ fromMs: atMs, toMs: atMs },
      evidence: [
        { type: 'poll', process, ...at(place), atMs, expected: from, offset: to },
        this.#store.showReading(place.seenBy.get(missed), place, missed, record),
      ],
    }))
  }
}
