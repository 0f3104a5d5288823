/**
 * Load while the node may die at any moment: writers that pipeline, one reader that follows. A
 * writer keeps what was not acknowledged, in order, and sends it again to the next incarnation of
 * the node; a plain one (not idempotent) forgets it. They report; judging belongs to the ledger.
 */
import { errors } from '../src/wire/errors.ts'
import { fetch } from '../src/wire/apis/01-fetch.ts'
import { produce } from '../src/wire/apis/00-produce.ts'
import { CODECS } from '../src/records/batch.ts'
import { buildBatch } from '../src/records/builder.ts'
import { batchesIn, fetchBody, joined, newProducerId, only } from '../test/support/calls.ts'
import { Client, ConnectionClosed, type Address } from '../test/support/client.ts'
import type { Dice } from '../test/support/log-text.ts'
import { recordsOf, type Ledger, type SentBatch, type Writer } from './ledger.ts'

/** Kafka's bound for an idempotent producer: what the broker remembers per partition. */
const IN_FLIGHT_MAX = 5
const REFUSALS_MAX = 200
const BATCH_RECORDS_MAX = 12

/** Answers after which a client tries again. */
const RETRIABLE: ReadonlySet<number> = new Set([
  errors.NOT_LEADER_OR_FOLLOWER,
  errors.LEADER_NOT_AVAILABLE,
  errors.UNKNOWN_TOPIC_OR_PARTITION,
  errors.REQUEST_TIMED_OUT,
])

export interface Topic {
  readonly name: string
  readonly ledgers: readonly Ledger[]
}

export interface LoadEvents {
  fault(sentence: string): void
}

/** One producer; it outlives the node's incarnations. */
export class LoadWriter implements Writer {
  readonly id: number
  readonly idempotent: boolean
  readonly acks: -1 | 1
  readonly #random: Dice
  readonly #topic: Topic
  readonly #events: LoadEvents
  #identity: { producerId: number; producerEpoch: number } | null = null
  /** Requests not wholly acknowledged, in order: each a batch of several partitions. */
  #outstanding: SentBatch[][] = []
  /** Set when a batch was refused: those behind it are refused too, until all have come back. */
  #draining = false
  #refusals = 0

  constructor(
    { id, idempotent, acks }: { id: number; idempotent: boolean; acks: -1 | 1 },
    world: { topic: Topic; random: Dice; events: LoadEvents },
  ) {
    this.id = id
    this.idempotent = idempotent
    this.acks = acks
    this.#topic = world.topic
    this.#random = world.random
    this.#events = world.events
  }

  /**
   * Produces to this incarnation until it dies or `signal` aborts; then everything sent is
   * answered, or remembered as unknown.
   */
  async run(address: Address, signal: AbortSignal): Promise<void> {
    if (!this.idempotent) this.#outstanding = []
    const client = await connected(address)
    if (!client) return
    try {
      if (this.idempotent) this.#identity ??= await newProducerId(client)
      await this.#produce(client, signal)
    } catch (thrown) {
      if (!(thrown instanceof ConnectionClosed)) throw thrown
    } finally {
      await client.close()
    }
  }

  async #produce(client: Client, signal: AbortSignal): Promise<void> {
    // What the last incarnation left comes first, in its order.
    let resend = this.#outstanding.length
    this.#draining = false
    const inFlight = new Set<Promise<void>>()
    for (;;) {
      const done = signal.aborted && resend === 0
      if (done && inFlight.size === 0) return
      if (this.#draining && inFlight.size === 0) {
        this.#draining = false
        resend = this.#outstanding.length
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      const hasRoom = inFlight.size < IN_FLIGHT_MAX && !this.#draining
      if (hasRoom && !done) {
        const request =
          resend > 0 ? this.#outstanding[this.#outstanding.length - resend] : this.#newRequest()
        if (resend > 0) resend -= 1
        const answer = this.#send(client, request as SentBatch[]).finally(() => {
          inFlight.delete(answer)
        })
        // One that breaks the connection breaks them all; the race below reports the first.
        answer.catch(() => undefined)
        inFlight.add(answer)
      } else await Promise.race(inFlight)
      if (client.isClosed) {
        await Promise.allSettled(inFlight)
        return
      }
    }
  }

  /** Invents a request: one batch for some of the partitions. */
  #newRequest(): SentBatch[] {
    const { ledgers } = this.#topic
    const chosen = ledgers.filter(() => this.#random.next() < 0.5)
    const targets = chosen.length > 0 ? chosen : [this.#random.pick(ledgers)]
    const request = targets.map((ledger) =>
      ledger.send(this.id, this.#random.int(1, BATCH_RECORDS_MAX)),
    )
    this.#outstanding.push(request)
    return request
  }

  async #send(client: Client, request: SentBatch[]): Promise<void> {
    const open = request.filter((batch) => batch.acknowledgedAt === null)
    const response = await client.request(produce, this.#random.int(7, 11), {
      transactionalId: null,
      acks: this.acks,
      timeoutMs: 30_000,
      topicData: [
        {
          name: this.#topic.name,
          partitionData: open.map((batch) => ({
            index: batch.partition,
            records: this.#bytesOf(batch),
          })),
        },
      ],
    })
    for (const { index, errorCode, baseOffset } of only(response.responses).partitionResponses) {
      const batch = open.find(({ partition }) => partition === index) as SentBatch
      if (errorCode === 0) this.#acknowledged(batch, baseOffset)
      else this.#refused(batch, errorCode)
    }
    if (request.every((batch) => batch.acknowledgedAt !== null) || !this.idempotent) {
      this.#outstanding = this.#outstanding.filter((other) => other !== request)
    }
  }

  #bytesOf(batch: SentBatch): Uint8Array {
    // A repeat must be the same batch, not the same bytes: its codec may differ.
    const codec = this.#random.next() < 0.5 ? 'none' : this.#random.pick(CODECS)
    const identity = this.#identity && { ...this.#identity, baseSequence: batch.firstNumber }
    return buildBatch({ ...identity, codec, records: recordsOf(batch) })
  }

  #acknowledged(batch: SentBatch, offset: number): void {
    this.#refusals = 0
    const ledger = this.#topic.ledgers[batch.partition] as Ledger
    const fault = ledger.acknowledge(batch, offset)
    if (fault) this.#events.fault(fault)
  }

  #refused(batch: SentBatch, errorCode: number): void {
    this.#refusals += 1
    // Behind a refused batch the next ones are out of order; ahead of all others, none may be.
    const follows = errorCode === errors.OUT_OF_ORDER_SEQUENCE_NUMBER && this.#draining
    if ((!RETRIABLE.has(errorCode) && !follows) || this.#refusals > REFUSALS_MAX) {
      this.#events.fault(
        `writer ${this.id}: batch ${batch.firstNumber} for partition ${batch.partition} ` +
          `was refused with error ${errorCode} (${this.#refusals} in a row)`,
      )
    }
    this.#draining = true
  }
}

/** Follows all partitions as a consumer would, noting what it was given. */
export async function follow(
  topic: Topic,
  { address, signal, events }: { address: Address; signal: AbortSignal; events: LoadEvents },
): Promise<void> {
  const client = await connected(address)
  if (!client) return
  const positions = topic.ledgers.map(() => 0)
  try {
    while (!signal.aborted) {
      const body = fetchBody({ topic: topic.name, offset: 0, minBytes: 1, maxWaitMs: 50 })
      const response = await client.request(fetch, 12, {
        ...body,
        topics: [
          {
            topic: topic.name,
            partitions: positions.map((fetchOffset, partition) => ({
              partition,
              currentLeaderEpoch: -1,
              fetchOffset,
              lastFetchedEpoch: -1,
              logStartOffset: -1,
              partitionMaxBytes: 1 << 20,
            })),
          },
        ],
      })
      for (const partition of only(response.responses).partitions) {
        const ledger = topic.ledgers[partition.partitionIndex] as Ledger
        if (RETRIABLE.has(partition.errorCode)) continue
        if (partition.errorCode !== 0) {
          events.fault(`fetching partition ${ledger.partition}: error ${partition.errorCode}`)
          return
        }
        ledger.noteHighWatermark(partition.highWatermark)
        for (const batch of batchesIn(joined(partition.records))) {
          const fault = ledger.consume(batch)
          if (fault) events.fault(fault)
          positions[ledger.partition] = batch.nextOffset
        }
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof ConnectionClosed)) throw thrown
  } finally {
    await client.close()
  }
}

/** A connection, or null when the node is gone already. */
async function connected(address: Address): Promise<Client | null> {
  try {
    return await Client.connect(address)
  } catch {
    return null
  }
}
