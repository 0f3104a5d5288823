/**
 * Whether the replicas of a partition are one log. Below the high watermark every replica must hold
 * the same bytes: the CRC covers all of a batch but its base offset and leader epoch, which are
 * compared beside it. Above it they may differ, and below the latest log start, for retention is
 * each replica's own. Of compacted topics only the order within a replica is looked at: each is
 * cleaned by itself.
 */
import type { HistoryEvent, ReplicaEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { Checked } from './verdict.ts'

const FIELDS = 5

/** Batches in one row: base offset, last offset, leader epoch, size in bytes, CRC. */
class ReplicaLog {
  readonly node: number
  readonly logStartOffset: number
  readonly #fields: Float64Array
  readonly length: number

  constructor({ node, logStartOffset, batches }: ReplicaEvent) {
    this.node = node
    this.logStartOffset = logStartOffset
    this.length = batches.length
    this.#fields = new Float64Array(batches.length * FIELDS)
    for (const [index, batch] of batches.entries()) this.#fields.set(batch, index * FIELDS)
  }

  baseOffset(index: number): number {
    return this.#fields[index * FIELDS] ?? Number.NaN
  }

  lastOffset(index: number): number {
    return this.#fields[index * FIELDS + 1] ?? Number.NaN
  }

  leaderEpoch(index: number): number {
    return this.#fields[index * FIELDS + 2] ?? Number.NaN
  }

  get endOffset(): number {
    return this.length === 0 ? this.logStartOffset : this.lastOffset(this.length - 1) + 1
  }

  isSame(index: number, other: ReplicaLog, otherIndex: number): boolean {
    for (let field = 0; field < FIELDS; field += 1)
      if (this.#fields[index * FIELDS + field] !== other.#fields[otherIndex * FIELDS + field])
        return false
    return true
  }

  /** The first batch that reaches to `offset` or above it. */
  firstFrom(offset: number): number {
    let from = 0
    let to = this.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.lastOffset(middle) < offset) from = middle + 1
      else to = middle
    }
    return from
  }

  tell(index: number): string {
    if (index >= this.length) return 'no batch there'
    const [base, last, epoch, bytes, crc] = this.#fields.slice(index * FIELDS)
    return `offsets ${base} to ${last}, epoch ${epoch}, ${bytes} bytes, crc ${crc}`
  }
}

interface Partition {
  readonly topic: string
  readonly partition: number
  highWatermark: number
  readonly replicas: ReplicaLog[]
}

export class ReplicasChecker implements Checker {
  readonly #found = new Found()
  readonly #partitions = new Map<string, Partition>()
  readonly #topics = new Map<string, { replicationFactor: number; compacted: boolean }>()

  add(event: HistoryEvent): void {
    if (event.type === 'run')
      for (const [name, topic] of Object.entries(event.topics)) this.#topics.set(name, topic)
    else if (event.type === 'replica') this.#addReplica(event)
    else if (event.type === 'final')
      this.#addEnd(event.topic, event.partition, event.offsets.at(-1))
  }

  finish(): Checked {
    for (const partition of this.#partitions.values())
      if (partition.replicas.length > 0) this.#judge(partition)
    return this.#found.checked
  }

  #partition(topic: string, partition: number): Partition {
    const key = `${topic}-${partition}`
    const known = this.#partitions.get(key) ?? { topic, partition, highWatermark: 0, replicas: [] }
    this.#partitions.set(key, known)
    return known
  }

  #addReplica(event: ReplicaEvent): void {
    const partition = this.#partition(event.topic, event.partition)
    partition.highWatermark = Math.max(partition.highWatermark, event.highWatermark)
    partition.replicas.push(new ReplicaLog(event))
  }

  /** Whatever a reader was given was below the high watermark. */
  #addEnd(topic: string, index: number, lastOffset: number | undefined): void {
    const partition = this.#partition(topic, index)
    if (lastOffset !== undefined)
      partition.highWatermark = Math.max(partition.highWatermark, lastOffset + 1)
  }

  #judge(partition: Partition): void {
    const { topic, replicas, highWatermark } = partition
    const name = `${topic}-${partition.partition}`
    const place = { topic, partition: partition.partition }
    const of = this.#topics.get(topic)
    const isCompacted = of?.compacted ?? false
    if (of && replicas.length < of.replicationFactor)
      this.#found.unknown(
        `${name}: ${replicas.length} of ${of.replicationFactor} replicas were looked at`,
      )
    for (const replica of replicas) {
      this.#order(replica, { name, place, isCompacted })
      const end = replica.endOffset
      if (end >= highWatermark) continue
      this.#found.add('short-replica', () => ({
        ...place,
        sentence: `${name} on node ${replica.node} ends at ${end}, the high watermark is ${highWatermark}`,
        evidence: [{ type: 'replica', node: replica.node, ...place, end, highWatermark }],
      }))
    }
    if (!isCompacted) this.#compare(partition, name)
  }

  /** Offsets are dense, epochs never go back. */
  #order(
    replica: ReplicaLog,
    of: { name: string; place: { topic: string; partition: number }; isCompacted: boolean },
  ): void {
    for (let index = 1; index < replica.length; index += 1) {
      const base = replica.baseOffset(index)
      const wanted = replica.lastOffset(index - 1) + 1
      const isDense = of.isCompacted ? base >= wanted : base === wanted
      const epochs = [replica.leaderEpoch(index - 1), replica.leaderEpoch(index)] as const
      if (isDense && epochs[1] >= epochs[0]) continue
      const what = isDense
        ? `epoch ${epochs[1]} at offset ${base} follows on epoch ${epochs[0]}`
        : `offset ${base} follows on ${wanted - 1}`
      this.#found.add('disordered-replica', () => ({
        ...of.place,
        sentence: `${of.name} on node ${replica.node}: ${what}`,
        evidence: [replica.tell(index - 1), replica.tell(index)].map((batch) => {
          return { type: 'replica', node: replica.node, ...of.place, batch }
        }),
      }))
    }
  }

  /** The first difference of each replica to the first of them. */
  #compare({ topic, partition, replicas, highWatermark }: Partition, name: string): void {
    const [first, ...others] = replicas
    if (!first) return
    for (const other of others) {
      const from = Math.max(first.logStartOffset, other.logStartOffset)
      let one = first.firstFrom(from)
      let two = other.firstFrom(from)
      while (one < first.length && first.baseOffset(one) < highWatermark) {
        if (!first.isSame(one, other, two)) break
        one += 1
        two += 1
      }
      if (one >= first.length || first.baseOffset(one) >= highWatermark) continue
      const [held, there] = [first.tell(one), other.tell(two)]
      this.#found.add('unlike-replicas', () => ({
        ...{ topic, partition },
        sentence: `${name}: node ${first.node} holds ${held}, node ${other.node} ${there}`,
        evidence: [
          { type: 'replica', node: first.node, topic, partition, batch: held },
          { type: 'replica', node: other.node, topic, partition, batch: there },
        ],
      }))
    }
  }
}
