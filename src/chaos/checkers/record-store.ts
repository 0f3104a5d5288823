/**
 * All records of a history, sent or read, in columns: four million of them fit in some hundred
 * megabytes, where an object for each would not. A record is a number here, dense from 1 on; what
 * stands at an offset is a record, too, or `NOBODYS`. Offsets are agreed on while events come: what
 * a reader was given is compared with what the first one was given there, and readers of everything
 * have the last word.
 */
import type { FinalEvent, HistoryEvent, Outcome, PollEvent, SendEvent } from '../history/events.ts'
import { counts, flags, OffsetMap, OffsetSet, times } from './columns.ts'

/** Stands where bytes are that nobody sent. */
export const NOBODYS = -1

/** A reader of everything, in one partition. */
export interface FinalReading {
  readonly logStartOffset: number
  readonly offsets: OffsetSet
}

export interface PartitionRecords {
  readonly topic: TopicRecords
  readonly partition: number
  /** By offset: the record that is there. */
  readonly at: OffsetMap
  /** By offset: which reading saw it first; of the last word, that one. */
  readonly seenBy: OffsetMap
  /** By offset: the record that was acknowledged there. */
  readonly acked: OffsetMap
  /** By reader. */
  readonly finals: Map<string, FinalReading>
  readonly contradicted: OffsetSet
}

export interface TopicRecords {
  readonly name: string
  readonly index: number
  isCompacted: boolean
  /** Records may be deleted: a load for retention writes it. */
  isDeleted: boolean
  /** How many partitions the run says it has; 0: it does not say. */
  partitionCount: number
  readonly partitions: PartitionRecords[]
}

/** Two records at one offset. */
interface Contradiction {
  readonly place: PartitionRecords
  readonly offset: number
  readonly record: number
  readonly reading: number
  readonly before: number
  readonly readingBefore: number
}

/** A record as evidence shows it. */
interface ShownRecord {
  readonly type: 'send'
  readonly id: string
  readonly [field: string]: unknown
}

const OUTCOMES: readonly (Outcome | null)[] = [null, 'ok', 'fail', 'unknown']

export class RecordStore {
  readonly topics = new Map<string, TopicRecords>()
  /** What was read twice at one offset, and was not the same; once for each offset. */
  readonly contradictions: Contradiction[] = []
  /** Records acknowledged where another one was: that one, and this one. */
  readonly shared: {
    readonly place: PartitionRecords
    readonly offset: number
    one: number
    two: number
  }[] = []
  /** Sent twice in one history, which is no history then. */
  readonly repeated: string[] = []
  /** Topics of records whose partition nobody told. */
  readonly unplaced = new Set<string>()
  readonly #topics: TopicRecords[] = []
  readonly #places: PartitionRecords[] = []
  /** One more than the index. */
  readonly #placeIndexes = new Map<PartitionRecords, number>()
  readonly #producers = new Names()
  readonly #processes = new Names()
  readonly #clients = new Names()
  /** By producer: its records by their numbers. */
  readonly #numbers: OffsetMap[] = []
  readonly #errors = new Map<number, string>()
  // By record.
  readonly #producer = counts()
  readonly #number = times()
  /** One more than its place; 0: nobody told; of a topic, the negative of one more than it. */
  readonly #place = counts()
  /** One more than its offset. */
  readonly #offset = times()
  readonly #outcome = flags()
  readonly #idempotent = flags()
  readonly #process = counts()
  readonly #client = counts()
  readonly #due = times()
  readonly #sent = times()
  readonly #done = times()
  // By reading.
  readonly #reader = counts()
  readonly #readMs = times()
  #readings = 0

  constructor() {
    // Record 0 and reading 0 are nobody.
    this.#outcome.push(0)
    this.#reader.push(0)
  }

  /** One more than the last record. */
  get end(): number {
    return this.#outcome.length
  }

  add(event: HistoryEvent): void {
    if (event.type === 'send') this.#addSend(event)
    else if (event.type === 'poll') this.#addPoll(event)
    else if (event.type === 'final') this.#addFinal(event)
    else if (event.type === 'unread')
      this.partition(this.topic(event.topic), event.partition).finals.delete(event.reader)
    else if (event.type === 'run')
      for (const [name, of] of Object.entries(event.topics)) {
        const topic = this.topic(name)
        topic.isCompacted = of.compacted
        topic.partitionCount = of.partitions
      }
  }

  // --- What a record is

  outcome(record: number): Outcome | null {
    return OUTCOMES[this.#outcome.at(record)] ?? null
  }

  isIdempotent(record: number): boolean {
    return this.#idempotent.at(record) !== 0
  }

  producer(record: number): number {
    return this.#producer.at(record)
  }

  number(record: number): number {
    return this.#number.at(record)
  }

  process(record: number): string {
    return this.#processes.name(this.#process.at(record))
  }

  client(record: number): string {
    return this.#clients.name(this.#client.at(record))
  }

  dueMs(record: number): number {
    return this.#due.at(record)
  }

  sentMs(record: number): number {
    return this.#sent.at(record)
  }

  /** NaN: it was never answered. */
  doneMs(record: number): number {
    return this.#done.at(record)
  }

  error(record: number): string | null {
    return this.#errors.get(record) ?? null
  }

  /** Where it was sent to; null: nobody told. */
  place(record: number): PartitionRecords | null {
    return this.#places[this.#place.at(record) - 1] ?? null
  }

  /** Also when its partition is not known. */
  topicOf(record: number): TopicRecords | undefined {
    const place = this.#place.at(record)
    if (place > 0) return this.#places[place - 1]?.topic
    return this.#topics[-place - 1]
  }

  /** Where it was acknowledged; −1: nobody told. */
  offset(record: number): number {
    return this.#offset.at(record) - 1
  }

  id(record: number): string {
    if (record === NOBODYS) return 'what nobody sent'
    return `${this.#producers.name(this.#producer.at(record))}:${this.#number.at(record)}`
  }

  /** For evidence. */
  show(record: number): ShownRecord {
    const offset = this.offset(record)
    const doneMs = this.doneMs(record)
    const error = this.error(record)
    return {
      ...{ type: 'send', id: this.id(record), outcome: this.outcome(record) },
      ...{ process: this.process(record), client: this.client(record) },
      ...{ topic: this.topicOf(record)?.name, partition: this.place(record)?.partition ?? null },
      ...{ offset: offset < 0 ? null : offset, sentMs: this.sentMs(record) },
      ...{ doneMs: Number.isNaN(doneMs) ? null : doneMs, ...(error !== null && { error }) },
    }
  }

  /** For evidence: who read a record where. */
  showReading(reading: number, place: PartitionRecords, offset: number, record: number): object {
    const atMs = this.#readMs.at(reading)
    return {
      ...{ type: Number.isNaN(atMs) ? 'final' : 'poll', reader: this.readerOf(reading) },
      ...{ topic: place.topic.name, partition: place.partition, offset, id: this.id(record) },
      ...(Number.isNaN(atMs) ? {} : { atMs }),
    }
  }

  readerOf(reading: number): string {
    return this.#processes.name(this.#reader.at(reading))
  }

  /** NaN: in the end. */
  readMs(reading: number): number {
    return this.#readMs.at(reading)
  }

  // --- Places

  topic(name: string): TopicRecords {
    const known = this.topics.get(name)
    if (known) return known
    const flagged = { isCompacted: false, isDeleted: false, partitionCount: 0 }
    const topic = { name, index: this.topics.size, ...flagged, partitions: [] }
    this.topics.set(name, topic)
    this.#topics.push(topic)
    return topic
  }

  partition(topic: TopicRecords, partition: number): PartitionRecords {
    const known = topic.partitions[partition]
    if (known) return known
    const place: PartitionRecords = {
      ...{ topic, partition, at: new OffsetMap(), seenBy: new OffsetMap() },
      ...{ acked: new OffsetMap(), finals: new Map(), contradicted: new OffsetSet() },
    }
    this.#places.push(place)
    this.#placeIndexes.set(place, this.#places.length)
    topic.partitions[partition] = place
    return place
  }

  get places(): readonly PartitionRecords[] {
    return this.#places
  }

  // --- Events

  #addSend(event: SendEvent): void {
    const record = this.#record(event.producer, event.number)
    if (this.#outcome.at(record) !== 0) return void this.repeated.push(this.id(record))
    const topic = this.topic(event.topic)
    if (event.workload === 'retention') topic.isDeleted = true
    const place = event.partition === null ? null : this.partition(topic, event.partition)
    if (!place) this.unplaced.add(topic.name)
    this.#place.set(record, place ? (this.#placeIndexes.get(place) ?? 0) : -topic.index - 1)
    this.#offset.set(record, (event.offset ?? -1) + 1)
    this.#outcome.set(record, OUTCOMES.indexOf(event.outcome))
    this.#idempotent.set(record, event.idempotent ? 1 : 0)
    this.#process.set(record, this.#processes.index(event.process))
    this.#client.set(record, this.#clients.index(event.client))
    this.#due.set(record, event.dueMs)
    this.#sent.set(record, event.sentMs)
    this.#done.set(record, event.doneMs ?? Number.NaN)
    if (event.error !== undefined && event.outcome === 'fail') this.#errors.set(record, event.error)
    if (event.outcome === 'ok' && place && event.offset !== null)
      this.#acknowledge(place, event.offset, record)
  }

  #acknowledge(place: PartitionRecords, offset: number, record: number): void {
    const before = place.acked.get(offset)
    if (before === 0) place.acked.set(offset, record)
    else this.shared.push({ place, offset, one: before, two: record })
  }

  #addPoll(event: PollEvent): void {
    const place = this.partition(this.topic(event.topic), event.partition)
    const reading = this.#reading(event.process, event.atMs)
    for (const [index, offset] of event.offsets.entries()) {
      const record = this.#recordOf(event.ids[index] ?? null)
      const before = place.at.get(offset)
      if (before === 0) this.#see(place, offset, record, reading)
      else if (before !== record) this.#contradict(place, offset, record, reading)
    }
  }

  #addFinal(event: FinalEvent): void {
    const topic = this.topic(event.topic)
    const place = this.partition(topic, event.partition)
    // While it is asked where a log begins, and read, more of it may be deleted.
    const logStartOffset = topic.isDeleted
      ? (event.offsets[0] ?? event.logStartOffset)
      : event.logStartOffset
    const reading = this.#reading(event.reader, Number.NaN)
    let final = place.finals.get(event.reader)
    if (!final) {
      final = { logStartOffset, offsets: new OffsetSet() }
      place.finals.set(event.reader, final)
    }
    for (const [index, offset] of event.offsets.entries()) {
      const record = this.#recordOf(event.ids[index] ?? null)
      const before = place.at.get(offset)
      if (before !== 0 && before !== record) this.#contradict(place, offset, record, reading)
      final.offsets.add(offset)
      this.#see(place, offset, record, reading)
    }
  }

  #see(place: PartitionRecords, offset: number, record: number, reading: number): void {
    place.at.set(offset, record)
    place.seenBy.set(offset, reading)
  }

  #contradict(place: PartitionRecords, offset: number, record: number, reading: number): void {
    if (!place.contradicted.add(offset)) return
    const before = place.at.get(offset)
    const readingBefore = place.seenBy.get(offset)
    this.contradictions.push({ place, offset, record, reading, before, readingBefore })
  }

  #reading(reader: string, atMs: number): number {
    this.#readings += 1
    this.#reader.set(this.#readings, this.#processes.index(reader))
    this.#readMs.set(this.#readings, atMs)
    return this.#readings
  }

  #recordOf(id: string | null): number {
    if (id === null) return NOBODYS
    const colon = id.lastIndexOf(':')
    const number = Number(id.slice(colon + 1))
    if (colon <= 0 || !Number.isSafeInteger(number) || number < 0) return NOBODYS
    return this.#record(id.slice(0, colon), number)
  }

  #record(producer: string, number: number): number {
    const index = this.#producers.index(producer)
    const numbers = (this.#numbers[index] ??= new OffsetMap())
    const known = numbers.get(number)
    if (known !== 0) return known
    const record = this.#outcome.length
    this.#outcome.push(0)
    this.#producer.set(record, index)
    this.#number.set(record, number)
    numbers.set(number, record)
    return record
  }
}

/** Names as numbers, in the order in which they come. */
class Names {
  readonly #names: string[] = []
  readonly #indexes = new Map<string, number>()

  index(name: string): number {
    const known = this.#indexes.get(name)
    if (known !== undefined) return known
    this.#indexes.set(name, this.#names.length)
    this.#names.push(name)
    return this.#names.length - 1
  }

  name(index: number): string {
    return this.#names[index] ?? '?'
  }
}
