/**
 * Sends records to a topic: gathers batches, one in flight per partition, so that neither a retry
 * nor a split can reorder anything; with acks=all under a producer id, so that a retry is appended
 * once (KIP-98). What waits is bounded by `bufferBytes`, which the caller must respect (`room`).
 * The first batch that cannot be delivered ends everything: what is behind it is not sent, and the
 * summary says exactly what was acknowledged.
 */
import assert from 'node:assert'
import type { Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Codec } from '../records/batch.ts'
import type { RecordToWrite } from '../records/builder.ts'
import { buildBatch } from '../records/builder.ts'
import { loadCodec } from '../records/compression/index.ts'
import type { IncomingResponse } from '../wire/api.ts'
import { produce } from '../wire/apis/00-produce.ts'
import { initProducerId } from '../wire/apis/22-init-producer-id.ts'
import { errors } from '../wire/errors.ts'
import type { PendingBatch } from './batches.ts'
import { BatchQueue, recordBytes } from './batches.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError, isOutcomeUnknown, mayRetry, refuseUnlessNone } from './errors.ts'
import { Partitioner } from './partitioner.ts'
import { retrying } from './retry.ts'

export interface ProducerOptions {
  readonly topic: string
  readonly partitionCount: number
  readonly acks: -1 | 0 | 1
  readonly codec: Codec
  /** With acks −1 only. */
  readonly idempotent: boolean
  readonly batchBytes: number
  /** How long a batch that is not full waits for more. */
  readonly lingerMs: number
  /** How long one batch may be tried. */
  readonly deliveryTimeoutMs: number
  /** Told before a batch is sent again. */
  readonly onRetry?: (error: Error) => void
  /** Told once, when a batch could not be delivered. */
  readonly onFailure?: () => void
}

/** Of a batch that could not be delivered. */
export interface ProduceFailure {
  readonly error: Error
  /** Of the record that was at fault, or of the first one of its batch. */
  readonly ordinal: number
  /** Whether its records may be in the log all the same. */
  readonly mayBeAppended: boolean
}

export interface ProduceSummary {
  /** Records the broker acknowledged; with acks=0 those that were sent. */
  readonly acknowledged: number
  /** Bytes of batches sent and acknowledged, compressed. */
  readonly sentBytes: number
  /** Smallest ordinal that was added and not acknowledged; null when there is none. */
  readonly firstUnacknowledged: number | null
  readonly failure: ProduceFailure | null
}

/** Bytes of records added and not acknowledged: Kafka's `buffer.memory`. */
const BUFFER_BYTES = 32 * 1024 * 1024
/** And how many of them: small ones take many times more memory than bytes. */
const BUFFER_RECORDS = 100_000
/** Kafka's `request.timeout.ms`: what the broker may wait for its replicas. */
const BROKER_TIMEOUT_MS = 30_000
/** Batches of magic 2 only. */
const VERSIONS = [3, produce.versions[1]] as const
const SEQUENCES = 0x8000_0000

type PartitionAnswer = IncomingResponse<
  typeof produce
>['responses'][number]['partitionResponses'][number]

/** One partition's queue, and its place in the sequence. */
interface Lane {
  readonly partition: number
  readonly queue: BatchQueue
  inFlight: boolean
  linger: Timer | null
  nextSequence: number
}

interface ProducerIdentity {
  readonly producerId: number
  readonly producerEpoch: number
}

export class Producer {
  readonly #cluster: Cluster
  readonly #options: ProducerOptions
  readonly #identity: ProducerIdentity | null
  readonly #partitioner: Partitioner
  readonly #lanes: readonly Lane[]
  readonly #deliveries = new Set<Promise<void>>()
  #pendingBytes = 0
  #pendingRecords = 0
  #waiting: (() => void)[] = []
  #flushing = false
  #acknowledged = 0
  #sentBytes = 0
  #firstUnacknowledged: number | null = null
  #failure: ProduceFailure | null = null

  private constructor(
    cluster: Cluster,
    options: ProducerOptions,
    identity: ProducerIdentity | null,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#identity = identity
    this.#partitioner = new Partitioner(cluster.random, options.partitionCount)
    this.#lanes = Array.from({ length: options.partitionCount }, (_, partition) => ({
      partition,
      queue: new BatchQueue(options),
      inFlight: false,
      linger: null,
      nextSequence: 0,
    }))
  }

  /** Loads the codec and, if need be, gets a producer id. */
  static async open(cluster: Cluster, options: ProducerOptions): Promise<Producer> {
    await loadCodec(options.codec)
    const identity = options.idempotent ? await newIdentity(cluster, options) : null
    return new Producer(cluster, options, identity)
  }

  /** Set once a batch could not be delivered: nothing more is sent then. */
  get failure(): ProduceFailure | null {
    return this.#failure
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  /** Whether the caller must wait for `room` before it adds anything. */
  get isFull(): boolean {
    return this.#pendingBytes >= BUFFER_BYTES || this.#pendingRecords >= BUFFER_RECORDS
  }

  /** Resolves when there is room again, or there never will be. */
  room(): Promise<void> {
    if (!this.isFull || this.#failure !== null) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Takes a record; ordinals ascend. After a failure it is counted as not acknowledged. */
  add(record: RecordToWrite, ordinal: number, partition?: number): void {
    if (this.#failure !== null) return this.#giveUp(ordinal)
    const { key } = record
    const lane = this.#lane(partition ?? this.#partitioner.partitionOf(key))
    const sizeBytes = recordBytes(record)
    this.#pendingBytes += sizeBytes
    this.#pendingRecords += 1
    const filled = lane.queue.add(record, ordinal, sizeBytes)
    if (filled && partition === undefined) this.#partitioner.batchFull(lane.partition)
    if (!lane.inFlight) this.#sendOrLinger(lane)
  }

  /** Sends what waits; resolves when everything was acknowledged or has failed. */
  async finish(): Promise<ProduceSummary> {
    this.#flushing = true
    for (const lane of this.#lanes) if (!lane.inFlight) this.#send(lane)
    while (this.#deliveries.size > 0) await Promise.race(this.#deliveries)
    for (const { queue } of this.#lanes)
      for (let batch = queue.take(); batch !== null; batch = queue.take())
        this.#giveUp(batch.ordinals[0] ?? 0)
    return {
      acknowledged: this.#acknowledged,
      sentBytes: this.#sentBytes,
      firstUnacknowledged: this.#firstUnacknowledged,
      failure: this.#failure,
    }
  }

  #lane(partition: number): Lane {
    const lane = this.#lanes[partition]
    assert(lane, `there is a partition ${partition}`)
    return lane
  }

  #sendOrLinger(lane: Lane): void {
    if (lane.queue.hasFull) return this.#send(lane)
    lane.linger ??= this.#cluster.clock.timer(this.#options.lingerMs, () => this.#send(lane))
  }

  /** Begins the next delivery of a lane that has none under way. */
  #send(lane: Lane): void {
    lane.linger?.cancel()
    lane.linger = null
    if (this.#failure !== null) return
    const batch = lane.queue.take()
    if (batch === null) return
    lane.inFlight = true
    if (this.#identity !== null && batch.baseSequence === null) {
      batch.baseSequence = lane.nextSequence
      lane.nextSequence = (lane.nextSequence + batch.records.length) % SEQUENCES
    }
    const delivery = this.#deliver(lane, batch).finally(() => {
      this.#deliveries.delete(delivery)
      lane.inFlight = false
      if (lane.queue.hasFull || this.#flushing) this.#send(lane)
      else if (!lane.queue.isEmpty) this.#sendOrLinger(lane)
    })
    this.#deliveries.add(delivery)
  }

  /** Never rejects. */
  async #deliver(lane: Lane, batch: PendingBatch): Promise<void> {
    // One attempt of unknown outcome makes it unknown, whatever the last one says.
    let mayBeAppended = false
    const note = (thrown: unknown) => (mayBeAppended ||= isOutcomeUnknown(thrown))
    try {
      const bytes = this.#encode(batch)
      const answer = await this.#deliverBytes(lane, bytes, note)
      if (isTooLarge(answer?.errorCode) && batch.records.length > 1)
        return lane.queue.putBackHalved(batch)
      if (answer !== null) refuse(answer, `partition ${lane.partition} of ${this.#options.topic}`)
      this.#acknowledged += batch.records.length
      this.#sentBytes += bytes.byteLength
      this.#release(batch)
    } catch (thrown) {
      note(thrown)
      this.#fail(batch, thrown, mayBeAppended)
    }
  }

  #encode({ records, baseSequence }: PendingBatch): Uint8Array {
    const { codec } = this.#options
    if (this.#identity === null || baseSequence === null) return buildBatch({ records, codec })
    return buildBatch({ records, codec, ...this.#identity, baseSequence })
  }

  /** The partition's answer, refusals that are final included; null with acks=0. */
  #deliverBytes(
    lane: Lane,
    bytes: Uint8Array,
    note: (failed: Error) => void,
  ): Promise<PartitionAnswer | null> {
    const { topic, acks, deliveryTimeoutMs, onRetry } = this.#options
    const { clock, random } = this.#cluster
    const body = {
      acks,
      timeoutMs: BROKER_TIMEOUT_MS,
      topicData: [{ name: topic, partitionData: [{ index: lane.partition, records: bytes }] }],
    }
    return retrying(
      async () => {
        const leader = await this.#cluster.leaderOf(topic, lane.partition)
        if (acks === 0) {
          await this.#cluster.notify(leader, produce, body, { versions: VERSIONS })
          return null
        }
        const options = { versions: VERSIONS, waitMs: BROKER_TIMEOUT_MS }
        const { responses } = await this.#cluster.call(leader, produce, body, options)
        const answer = responses[0]?.partitionResponses[0]
        assert(answer, 'an answer for the partition that was asked')
        if (isRetriableAnswer(answer)) refuse(answer, `partition ${lane.partition} of ${topic}`)
        return answer
      },
      {
        clock,
        random,
        timeoutMs: deliveryTimeoutMs,
        onRetry: (error) => {
          note(error)
          this.#cluster.forget(topic)
          onRetry?.(error)
        },
      },
    )
  }

  #release(batch: PendingBatch): void {
    this.#pendingBytes -= batch.sizeBytes
    this.#pendingRecords -= batch.records.length
    this.#wake()
  }

  #wake(): void {
    if (this.isFull && this.#failure === null) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const go of waiting) go()
  }

  #fail(batch: PendingBatch, thrown: unknown, mayBeAppended: boolean): void {
    const [first = 0] = batch.ordinals
    this.#giveUp(first)
    const index = thrown instanceof RecordsRefused ? thrown.batchIndex : 0
    const ordinal = batch.ordinals[index] ?? first
    if (this.#failure === null) {
      this.#failure = { error: asError(thrown), ordinal, mayBeAppended }
      this.#options.onFailure?.()
    }
    this.#wake()
  }

  #giveUp(ordinal: number): void {
    this.#firstUnacknowledged = Math.min(this.#firstUnacknowledged ?? Infinity, ordinal)
  }
}

/** A refusal that names the record at fault (KIP-467). */
class RecordsRefused extends BrokerError {
  readonly batchIndex: number

  constructor(errorCode: number, what: string, reason: string | null, batchIndex: number) {
    super(errorCode, what, reason)
    this.batchIndex = batchIndex
  }
}

/** Throws unless the batch is in the log. */
function refuse({ errorCode, errorMessage, recordErrors }: PartitionAnswer, what: string): void {
  // Older brokers say "duplicate" where newer ones repeat the first answer.
  if (errorCode === errors.NONE || errorCode === errors.DUPLICATE_SEQUENCE_NUMBER) return
  const [first] = recordErrors
  const reason = first?.batchIndexErrorMessage ?? errorMessage
  throw new RecordsRefused(errorCode, what, reason, first?.batchIndex ?? 0)
}

function isRetriableAnswer({ errorCode }: PartitionAnswer): boolean {
  return errorCode !== errors.NONE && mayRetry(new BrokerError(errorCode, ''))
}

function isTooLarge(errorCode: number | undefined): boolean {
  return errorCode === errors.MESSAGE_TOO_LARGE || errorCode === errors.RECORD_LIST_TOO_LARGE
}

async function newIdentity(
  cluster: Cluster,
  { deliveryTimeoutMs, onRetry }: ProducerOptions,
): Promise<ProducerIdentity> {
  const { clock, random } = cluster
  const again = { clock, random, timeoutMs: deliveryTimeoutMs, ...(onRetry && { onRetry }) }
  return retrying(async () => {
    const body = { transactionalId: null, transactionTimeoutMs: 0x7fff_ffff }
    const answer = await cluster.call('any', initProducerId, body)
    refuseUnlessNone(answer.errorCode, 'a producer id')
    const { producerId, producerEpoch } = answer
    return { producerId, producerEpoch }
  }, again)
}
