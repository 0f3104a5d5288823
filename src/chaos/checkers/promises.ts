/**
 * What producers were promised against where their records are: what was acknowledged is there for
 * ever, where it was said; what was refused for certain is nowhere. Values of compacted topics are
 * `compacted.ts`'s.
 */
import { ALLOWED } from './allow-list.ts'
import type { AnomalyKind, Found } from './anomalies.ts'
import { at, logStartOf, nameOf, span, type Placement } from './log-contents.ts'
import type { PartitionRecords, RecordStore, TopicRecords } from './record-store.ts'

export function checkPromises(store: RecordStore, placement: Placement, found: Found): void {
  const promises = new Promises(store, placement, found)
  for (let record = 1; record < store.end; record += 1) {
    const outcome = store.outcome(record)
    if (outcome === 'ok') promises.acknowledged(record)
    else if (outcome === 'fail') promises.refused(record)
  }
  for (const { place, offset, one, two } of store.shared)
    found.add('shared-offset', () => ({
      ...at(place),
      sentence:
        `${nameOf(place)}: ${store.id(one)} and ${store.id(two)} were both acknowledged ` +
        `at offset ${offset}`,
      ...span(store.sentMs(one), store.doneMs(two)),
      evidence: [store.show(one), store.show(two)],
    }))
}

class Promises {
  readonly #store: RecordStore
  readonly #placement: Placement
  readonly #found: Found
  readonly #logStarts: ReadonlyMap<PartitionRecords, number>

  constructor(store: RecordStore, placement: Placement, found: Found) {
    this.#store = store
    this.#placement = placement
    this.#found = found
    this.#logStarts = new Map(store.places.map((place) => [place, logStartOf(place)]))
  }

  acknowledged(record: number): void {
    const store = this.#store
    const topic = store.topicOf(record)
    if (!topic || topic.isCompacted) return
    const wanted = store.place(record)
    const there = this.#placement.placeOf(record)
    if (!there || (wanted && there !== wanted)) {
      if (!wanted && !isAllRead(topic)) return
      if (wanted && wanted.finals.size === 0) return
      return there ? this.#moved(record, there) : this.#missing(record, topic, wanted)
    }
    const offset = store.offset(record)
    if (offset >= 0 && there.at.get(offset) !== record) return this.#moved(record, there)
    this.#unseen(record, there)
  }

  refused(record: number): void {
    const there = this.#placement.placeOf(record)
    if (there)
      this.#add('refused-but-there', record, there, (id) => {
        const why = this.#store.error(record) ?? 'an error'
        return `${id} was refused with ${why}, and is at offset ${this.#placement.offsetOf(record)}`
      })
  }

  #missing(record: number, topic: TopicRecords, wanted: PartitionRecords | null): void {
    const offset = this.#store.offset(record)
    const logStart = wanted
      ? (this.#logStarts.get(wanted) ?? 0)
      : Math.max(...topic.partitions.map((place) => this.#logStarts.get(place) ?? 0))
    // A client that does not tell an offset does not tell whether it is above the log start.
    if (topic.isDeleted && offset < logStart) {
      const kind = 'deleted-by-retention'
      return this.#found.allow(kind, ALLOWED[kind])
    }
    const where = offset < 0 ? '' : ` at offset ${offset}`
    const gone = offset >= 0 && offset < logStart ? `, and the log begins at ${logStart}` : ''
    this.#add('lost-write', record, wanted, (id) => {
      return `${id} was acknowledged${where}, and is not there${gone}`
    })
  }

  #moved(record: number, there: PartitionRecords): void {
    const offset = this.#store.offset(record)
    this.#add('moved-write', record, this.#store.place(record) ?? there, (id) => {
      const where = offset < 0 ? '' : ` at offset ${offset}`
      const place = `${nameOf(there)} at offset ${this.#placement.offsetOf(record)}`
      return `${id} was acknowledged${where}, and is in ${place}`
    })
  }

  /** One of those who read everything was not given it, though another was. */
  #unseen(record: number, there: PartitionRecords): void {
    if (there.finals.size < 2) return
    const offset = this.#placement.offsetOf(record)
    for (const [reader, { logStartOffset, offsets }] of there.finals)
      if (offset >= logStartOffset && !offsets.has(offset))
        this.#add('unseen', record, there, (id) => {
          return `${id} is there at offset ${offset}, and ${reader} was not given it`
        })
  }

  #add(
    kind: AnomalyKind,
    record: number,
    place: PartitionRecords | null,
    tell: (id: string) => string,
  ): void {
    const store = this.#store
    this.#found.add(kind, () => ({
      ...(place ? at(place) : { topic: store.topicOf(record)?.name ?? '?' }),
      sentence: `${place ? `${nameOf(place)}: ` : ''}${tell(store.id(record))}`,
      ...span(store.sentMs(record), store.doneMs(record)),
      evidence: [store.show(record), ...this.#around(record, place)],
    }))
  }

  /** What is in its place, and who says that that is all. */
  #around(record: number, place: PartitionRecords | null): object[] {
    if (!place) return []
    const offset = this.#store.offset(record)
    const instead = offset < 0 ? 0 : place.at.get(offset)
    const readings = [...place.finals].map(([reader, { logStartOffset, offsets }]) => {
      return { type: 'final', reader, ...at(place), logStartOffset, records: offsets.size }
    })
    if (instead === 0 || instead === record) return readings
    const reading = place.seenBy.get(offset)
    return [this.#store.showReading(reading, place, offset, instead), ...readings]
  }
}

/** Where a client does not tell partitions, a record may be in any. */
function isAllRead({ partitionCount, partitions }: TopicRecords): boolean {
  const there = partitions.filter((place) => place.finals.size > 0).length
  return there > 0 && there === Math.max(partitionCount, partitions.length)
}
