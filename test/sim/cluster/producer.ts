/**
 * An idempotent producer of one partition, as clients of Kafka work: up to five batches unanswered
 * on a connection, in the order of their sequences; after any trouble everything that is not
 * acknowledged is sent again, in order, to whoever leads by then. It remembers every answer.
 */
import { delay } from '../../../src/base/clock.ts'
import { LograftError } from '../../../src/base/errors.ts'
import type { Net } from '../../../src/base/net.ts'
import { Connection } from '../../../src/client/connection.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { initProducerId } from '../../../src/wire/apis/22-init-producer-id.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import type { ErrorCode } from '../../../src/wire/errors.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import type { Process } from '../system/process.ts'
import type { KnownLeader } from './consumer.ts'
import { sequenceKey } from './batches.ts'
import { textOf, type SentRecord } from './records.ts'
import { hostOf } from './wires.ts'
import { PORT } from './node-config.ts'

export interface ProducerTold {
  /** An answer that says that the batch is there. */
  readonly acknowledged: (sequence: string, baseOffset: number) => void
  /** An answer that says that nothing was written. */
  readonly refused: (sequence: string, errorCode: ErrorCode, isFirstAttempt: boolean) => void
  /** S21: two that were sent in this order, on one connection, once each, are where they are. */
  readonly inOrder: (baseOffset: number, nextBaseOffset: number) => void
  /** The log says that it lost batches that were acknowledged. */
  readonly outOfOrder: (sequence: string, errorCode: ErrorCode) => void
  readonly producerId: (id: number) => void
  readonly note: (text: string) => void
}

export interface ProducerOptions {
  readonly name: string
  readonly topic: string
  readonly partition: number
  /** With 1 it is not idempotent either. */
  readonly acks: -1 | 1
  readonly process: Process
  readonly net: Net
  readonly timeoutMs: number
  readonly valueBytes: number
  /** Where the leader is, as somebody knows it; null for nobody. */
  readonly leader: () => KnownLeader | null
  /** Some node. */
  readonly anybody: () => number
  /** A record, by its number; not given: one without a key. */
  readonly record?: (ordinal: number) => {
    readonly key: Uint8Array
    readonly value: Uint8Array | null
  }
  readonly told: ProducerTold
}

interface Batch {
  /** Counts the batches of this producer. */
  readonly ordinal: number
  readonly sequence: number
  readonly count: number
  /** The number of its first record. */
  readonly first: number
  readonly bytes: Uint8Array
  attempts: number
  isInFlight: boolean
}

const VERSION = 9
const IN_FLIGHT_MAX = 5
/** Batches that are not acknowledged: no more are made. */
const OPEN_MAX = 15
const CONNECT_MS = 400
const BACKOFF_MS = 20
/** Beyond what the broker may take by itself. */
const SLACK_MS = 300

export class SimulatedProducer {
  readonly #of: ProducerOptions
  #producerId = -1
  #epoch = 0
  #sequence = 0
  #made = 0
  #ordinal = 0
  /** Not acknowledged, in order. */
  readonly #batches: Batch[] = []
  #wake: (() => void) | null = null
  #isOver = false
  /** Of the batch before, on this connection. */
  #lastBaseOffset = -1
  acknowledged = 0
  /** Every record, by its number: where it was acknowledged. */
  readonly #offsets: (number | null)[] = []

  constructor(of: ProducerOptions) {
    this.#of = of
  }

  get topic(): string {
    return this.#of.topic
  }

  get partition(): number {
    return this.#of.partition
  }

  /** Records that are not acknowledged yet. */
  get open(): number {
    return this.#batches.length
  }

  /** All that it ever made, under its number. */
  get sent(): readonly SentRecord[] {
    const of = { producer: this.#of.name, isIdempotent: this.#isIdempotent }
    return this.#offsets.map((offset, index) => ({ ...of, number: index + 1, offset }))
  }

  begin(): void {
    void this.#run()
  }

  end(): void {
    this.#isOver = true
    this.#wake?.()
  }

  /** One more batch of so many records; nothing before it has its id. */
  send(count: number): void {
    if (!this.isReady || this.#batches.length >= OPEN_MAX) return
    const { process, name, valueBytes, record } = this.#of
    const records = Array.from({ length: count }, () => {
      this.#ordinal += 1
      this.#offsets.push(null)
      const text = textOf({ producer: name, number: this.#ordinal })
      const value = Buffer.from(text.padEnd(valueBytes, '.'))
      return { value, ...record?.(this.#ordinal), timestampMs: process.wallMs() }
    })
    const sequence = this.#sequence
    this.#sequence += count
    const id = { producerId: this.#producerId, producerEpoch: this.#epoch, baseSequence: sequence }
    const bytes = buildBatch({ ...(this.#isIdempotent && id), records })
    this.#made += 1
    this.#batches.push({
      ordinal: this.#made,
      sequence,
      count,
      first: this.#ordinal - count + 1,
      bytes,
      attempts: 0,
      isInFlight: false,
    })
    this.#wake?.()
  }

  get isReady(): boolean {
    return this.#producerId >= 0 || !this.#isIdempotent
  }

  get #isIdempotent(): boolean {
    return this.#of.acks === -1
  }

  async #run(): Promise<void> {
    const { process } = this.#of
    while (!this.#isOver && !this.isReady) {
      await this.#withConnection(this.#of.anybody(), (connection) => this.#askForId(connection))
      if (!this.isReady) await delay(process, BACKOFF_MS)
    }
    while (!this.#isOver) {
      if (this.#batches.length === 0) await this.#news()
      const leader = this.#of.leader()
      if (leader !== null)
        await this.#withConnection(leader.node, (connection) => this.#sendAll(connection))
      if (!this.#isOver) await delay(process, BACKOFF_MS)
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null
        resolve()
      }
    })
  }

  async #withConnection(
    node: number,
    use: (connection: Connection) => Promise<void>,
  ): Promise<void> {
    const { net, process: clock, name: clientId } = this.#of
    const address = { host: hostOf(node), port: PORT }
    let connection: Connection | null = null
    try {
      const options = { net, clock, address, clientId, connectTimeoutMs: CONNECT_MS }
      connection = await Connection.open(options)
      await use(connection)
    } catch (thrown) {
      if (!(thrown instanceof LograftError)) throw thrown
      this.#of.told.note(`node ${node + 1}: ${thrown.message}`)
    } finally {
      connection?.close()
    }
  }

  async #askForId(connection: Connection): Promise<void> {
    const request = { transactionalId: null, transactionTimeoutMs: 60_000 }
    const limits = { timeoutMs: 1_000 }
    const { errorCode, producerId, producerEpoch } = await connection.request(
      initProducerId,
      1,
      request,
      limits,
    )
    if (errorCode !== errors.NONE) return
    this.#of.told.producerId(producerId)
    this.#producerId = producerId
    this.#epoch = producerEpoch
  }

  /** Until there is trouble, and every answer to what was sent is there. */
  async #sendAll(connection: Connection): Promise<void> {
    let hasTrouble = false
    this.#lastBaseOffset = -1
    const inFlight = new Set<Promise<void>>()
    while (!hasTrouble && !this.#isOver) {
      const next = this.#next()
      if (next === undefined && inFlight.size === 0) await this.#news()
      else if (inFlight.size >= this.#inFlightMax) await Promise.race(inFlight)
      else if (next === undefined) await Promise.race([...inFlight, this.#news()])
      else {
        const sent = this.#sendOne(connection, next).then((isFine) => {
          next.isInFlight = false
          hasTrouble ||= !isFine
          inFlight.delete(sent)
        })
        inFlight.add(sent)
      }
    }
    await Promise.all(inFlight)
  }

  /** A broker remembers five batches: the first that is open must be among them. */
  #next(): Batch | undefined {
    const first = this.#batches[0]?.ordinal ?? 0
    const next = this.#batches.find(({ isInFlight }) => !isInFlight)
    return next && next.ordinal - first < IN_FLIGHT_MAX ? next : undefined
  }

  /** A broker takes any first sequence: until one is acknowledged, no other follows. */
  get #inFlightMax(): number {
    return this.acknowledged === 0 ? 1 : IN_FLIGHT_MAX
  }

  /** False when everything from here on is to be sent again. */
  async #sendOne(connection: Connection, batch: Batch): Promise<boolean> {
    const { topic: name, partition: index, acks, timeoutMs } = this.#of
    batch.isInFlight = true
    batch.attempts += 1
    const { attempts } = batch
    const partitionData = [{ index, records: batch.bytes.slice() }]
    const request = { transactionalId: null, acks, timeoutMs, topicData: [{ name, partitionData }] }
    try {
      const limits = { timeoutMs: timeoutMs + SLACK_MS }
      const response = await connection.request(produce, VERSION, request, limits)
      const answer = response.responses[0]?.partitionResponses[0]
      if (answer === undefined) throw new Error('an answer for the partition asked for')
      return this.#answered(batch, attempts, answer)
    } catch (thrown) {
      if (!(thrown instanceof LograftError)) throw thrown
      this.#of.told.note(`sequence ${batch.sequence}: ${thrown.message}`)
      return false
    }
  }

  #answered(
    batch: Batch,
    attempts: number,
    { errorCode, baseOffset }: { readonly errorCode: ErrorCode; readonly baseOffset: number },
  ): boolean {
    const { told, acks } = this.#of
    const sequence = sequenceKey(this.#producerId, this.#epoch, batch.sequence)
    if (errorCode === errors.NONE) {
      // It may have been acknowledged over another connection meanwhile.
      const at = this.#batches.indexOf(batch)
      if (at >= 0) this.#batches.splice(at, 1)
      this.acknowledged += batch.count
      for (let index = 0; index < batch.count; index += 1)
        this.#offsets[batch.first - 1 + index] = baseOffset + index
      if (!this.#isIdempotent && attempts === 1) {
        told.inOrder(this.#lastBaseOffset, baseOffset)
        this.#lastBaseOffset = baseOffset
      }
      told.acknowledged(sequence, baseOffset)
      return true
    }
    told.note(`sequence ${batch.sequence}: ${errorName(errorCode)}`)
    if (NOTHING_WRITTEN.includes(errorCode)) told.refused(sequence, errorCode, attempts === 1)
    const isHead = this.#batches[0] === batch
    if (isHead && OUT_OF_ORDER.includes(errorCode)) {
      if (acks === -1) told.outOfOrder(sequence, errorCode)
      this.#beginNewEpoch()
    }
    return false
  }

  /** What was acknowledged by the leader alone is gone: everything else gets new sequences. */
  #beginNewEpoch(): void {
    this.#epoch += 1
    const counts = this.#batches.map(({ count }) => count)
    this.#batches.length = 0
    this.#sequence = 0
    for (const count of counts) this.send(count)
  }

  describe(): string {
    const [head] = this.#batches
    return `${this.#of.name}: ${this.#batches.length} open, head ${head?.sequence ?? 'none'}`
  }
}

const NOTHING_WRITTEN: readonly ErrorCode[] = [errors.NOT_ENOUGH_REPLICAS]
const OUT_OF_ORDER: readonly ErrorCode[] = [
  errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
  errors.INVALID_PRODUCER_EPOCH,
  errors.UNKNOWN_PRODUCER_ID,
]
