/**
 * Lograft's own producer in a run: it knows at once when a partition takes records again. What is
 * refused or cut off is sent again after 10 ms to whoever leads by then; a request that is not
 * answered is left behind as soon as somebody else leads in a newer epoch. Under a producer id
 * whether it took effect is the broker's to find out (KIP-98); without one it stays unknown.
 */
import { delay } from '../../base/clock.ts'
import type { Cluster } from '../../client/cluster.ts'
import { BrokerError, isOutcomeUnknown } from '../../client/errors.ts'
import { formatHostPort, type HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { buildBatch } from '../../records/builder.ts'
import { produce } from '../../wire/apis/00-produce.ts'
import { initProducerId } from '../../wire/apis/22-init-producer-id.ts'
import { errors, isRetriable } from '../../wire/errors.ts'
import { clusterAt, type Leadership, type LeaderView } from './leader-view.ts'
import type { RecordToSend, Sender } from './open-loop.ts'
import type { Lane } from './protocol.ts'

const RETRY_MS = 10
/** What a broker may wait for its replicas; longer than any failover should take. */
const BROKER_TIMEOUT_MS = 30_000
/** Of one send, over all its attempts; then its outcome is unknown. */
const DELIVERY_TIMEOUT_MS = 120_000
/** Batches of magic 2 only. */
const VERSIONS = [3, produce.versions[1]] as const
const SEQUENCES = 0x8000_0000

export interface ProbingOptions {
  readonly bootstrap: readonly HostPort[]
  readonly clientId: string
  readonly view: LeaderView
  readonly acks: -1 | 1
  readonly idempotent: boolean
  /** Aborts when nothing new is to be asked; what is under way goes on. */
  readonly signal: AbortSignal
}

interface Identity {
  readonly producerId: number
  readonly producerEpoch: number
}

const utf8 = new TextEncoder()
const bytesOf = (text: string | null) => (text === null ? null : utf8.encode(text))

export class ProbingSender implements Sender {
  readonly #options: ProbingOptions
  readonly #identity: Identity | null
  readonly #brokers = new Map<string, Cluster>()
  readonly #sequences = new Map<string, number>()

  private constructor(options: ProbingOptions, identity: Identity | null) {
    this.#options = options
    this.#identity = identity
  }

  /** Gets a producer id, from whichever broker gives one. */
  static async open(options: ProbingOptions): Promise<ProbingSender> {
    if (!options.idempotent) return new ProbingSender(options, null)
    for (;;)
      for (const place of options.bootstrap) {
        const broker = clusterAt(place, options.clientId)
        const asked = { transactionalId: null, transactionTimeoutMs: 0x7fff_ffff }
        const told = await broker.call('any', initProducerId, asked).catch(() => null)
        await broker.close()
        if (told?.errorCode === errors.NONE) return new ProbingSender(options, told)
        if (options.signal.aborted) throw new Error('no broker gave a producer id')
        await delay(hostClock, RETRY_MS)
      }
  }

  async send(lane: Lane, records: readonly RecordToSend[]): Promise<number> {
    const batch = this.#encode(lane, records)
    const deadlineMs = hostClock.monotonicMs() + DELIVERY_TIMEOUT_MS
    const { view } = this.#options
    let last: unknown = new Error('nobody led the partition')
    for (;;) {
      const leading = view.leaderOf(lane.topic, lane.partition)
      try {
        if (leading !== null) return await this.#try(lane, leading, batch)
      } catch (thrown) {
        if (!this.#mayTryAgain(thrown)) throw thrown
        last = thrown
      }
      if (hostClock.monotonicMs() >= deadlineMs) throw last
      await view.urgently(() => delay(hostClock, RETRY_MS))
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#brokers.values()].map((broker) => broker.close()))
  }

  refusal(thrown: unknown): string | null {
    return thrown instanceof BrokerError ? thrown.code : null
  }

  #encode({ topic, partition }: Lane, records: readonly RecordToSend[]): Uint8Array {
    const encoded = records.map(({ key, value }) => ({ key: bytesOf(key), value: bytesOf(value) }))
    const timestampMs = hostClock.wallMs()
    if (this.#identity === null) return buildBatch({ records: encoded, timestampMs })
    const place = `${topic} ${partition}`
    const baseSequence = this.#sequences.get(place) ?? 0
    this.#sequences.set(place, (baseSequence + records.length) % SEQUENCES)
    return buildBatch({ records: encoded, timestampMs, ...this.#identity, baseSequence })
  }

  #mayTryAgain(thrown: unknown): boolean {
    if (thrown instanceof BrokerError && !isRetriable(thrown.errorCode)) return false
    return this.#identity !== null || !(thrown instanceof Abandoned || isOutcomeUnknown(thrown))
  }

  async #try({ topic, partition }: Lane, leading: Leadership, batch: Uint8Array): Promise<number> {
    const body = {
      acks: this.#options.acks,
      timeoutMs: BROKER_TIMEOUT_MS,
      topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
    }
    const answered = this.#broker(leading.leader).call('any', produce, body, {
      ...{ versions: VERSIONS, waitMs: BROKER_TIMEOUT_MS },
    })
    answered.catch(() => undefined)
    const first = await Promise.race([
      answered,
      this.#replaced({ topic, partition }, leading, answered),
    ])
    if (first === null) throw new Abandoned()
    const told = first.responses[0]?.partitionResponses[0]
    const errorCode = told?.errorCode ?? errors.UNKNOWN_SERVER_ERROR
    if (told && errorCode === errors.NONE) return told.baseOffset
    throw new BrokerError(errorCode, `partition ${partition} of ${topic}`)
  }

  /** Null as soon as a newer epoch is known; waits for ever when `answer` comes before. */
  async #replaced(
    { topic, partition }: Lane,
    { leaderEpoch }: Leadership,
    answer: Promise<unknown>,
  ): Promise<null> {
    const { view } = this.#options
    const over = answer.then(
      () => true,
      () => true,
    )
    for (;;) {
      const now = view.leaderOf(topic, partition)
      if (now !== null && now.leaderEpoch > leaderEpoch) return null
      if (await Promise.race([over, view.news().then(() => false)])) return new Promise(() => {})
    }
  }

  #broker(place: HostPort): Cluster {
    const name = formatHostPort(place)
    const known = this.#brokers.get(name) ?? clusterAt(place, this.#options.clientId)
    this.#brokers.set(name, known)
    return known
  }
}

/** Its leader is another one by now, and has not answered. */
class Abandoned extends Error {
  override readonly name = 'Abandoned'
  override readonly message = 'somebody else leads by now, and it was not answered'
}
