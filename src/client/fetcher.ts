/**
 * Reads partitions of one topic from given positions: one loop per leader, each with one fetch
 * under way while the records of the one before are handed over, and no more. A partition whose
 * leader moves goes to another loop. Order is kept within a partition, and only there.
 */
import { delay } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { IncomingResponse } from '../wire/api.ts'
import { fetch } from '../wire/apis/01-fetch.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError, mayRetry } from './errors.ts'
import type { ReadableBatch } from './fetched.ts'
import { FetchedDataError, readableBatches } from './fetched.ts'
import { EARLIEST, LATEST, byLeader, findOffsets } from './offsets.ts'
import { retrying } from './retry.ts'

export interface StartPosition {
  readonly partition: number
  /** The first offset wanted. */
  readonly offset: number
  /** Read up to here, exclusive; null: go on for ever. */
  readonly end: number | null
}

export interface FetcherOptions {
  readonly topic: string
  /** Only what is not undecided and not aborted. */
  readonly committed: boolean
  /** How long nothing may be heard of a partition before reading fails. */
  readonly timeoutMs: number
  /** Told when records that were to come next were removed, and reading goes on behind them. */
  readonly onGap?: (gap: { partition: number; from: number; to: number }) => void
  readonly onRetry?: (error: Error) => void
}

/** Takes a batch; the one after it comes when the promise has resolved. `stop` ends everything. */
export type BatchSink = (
  partition: number,
  batch: ReadableBatch,
) => Promise<'go-on' | 'stop'> | 'go-on' | 'stop'

/** Where reading stands in a partition. */
interface Place {
  readonly partition: number
  readonly end: number | null
  offset: number
  /** When its leader last answered for it. */
  heardMs: number
}

type FetchAnswer = IncomingResponse<typeof fetch>
type PartitionAnswer = FetchAnswer['responses'][number]['partitions'][number]

interface Fetched {
  readonly asked: readonly Place[]
  readonly answers: readonly PartitionAnswer[]
  /** Of the whole fetch; it may pass. */
  readonly error: Error | null
}

interface Delivery {
  readonly partition: number
  readonly batches: readonly ReadableBatch[]
}

/** What became of a fetch: for whom it brought something, who is at the end, who must move. */
interface Outcome {
  readonly deliveries: Delivery[]
  readonly ended: Place[]
  readonly moved: { readonly place: Place; readonly error: Error }[]
  readonly outOfRange: Place[]
}

/** Kafka's defaults: `fetch.max.bytes`, `max.partition.fetch.bytes`, `fetch.max.wait.ms`. */
const FETCH_BYTES = 50 * 1024 * 1024
const PARTITION_BYTES = 1024 * 1024
const WAIT_MS = 500
/** Up to here topics go by name; topic ids would need them to be looked up first. */
const VERSIONS = [4, 12] as const
/** Before a partition's leader is looked for again. */
const BACKOFF_MS = 200

/**
 * Resolves when every partition is at its end, the sink says stop, or the signal aborts; rejects
 * with the first failure: BrokerError, ClientError, FetchedDataError, or what the sink threw.
 */
export async function fetchFrom(
  cluster: Cluster,
  options: FetcherOptions,
  positions: readonly StartPosition[],
  sink: BatchSink,
  signal: AbortSignal,
): Promise<void> {
  const heardMs = cluster.clock.monotonicMs()
  const places = positions
    .filter(({ offset, end }) => end === null || offset < end)
    .map((position) => ({ ...position, heardMs }))
  if (places.length > 0 && !signal.aborted)
    await new Fetcher(cluster, options, { sink, count: places.length }).run(places, signal)
}

class Fetcher {
  readonly #cluster: Cluster
  readonly #options: FetcherOptions
  readonly #sink: BatchSink
  /** The partitions of each loop, by leader. */
  readonly #loops = new Map<number, Place[]>()
  readonly #abort = new AbortController()
  /** Partitions that are not at their end. */
  #left: number
  #finish: () => void = () => undefined
  #fail: (error: unknown) => void = () => undefined

  constructor(
    cluster: Cluster,
    options: FetcherOptions,
    { sink, count }: { readonly sink: BatchSink; readonly count: number },
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#sink = sink
    this.#left = count
  }

  async run(places: readonly Place[], signal: AbortSignal): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
    })
    signal.addEventListener('abort', this.#finish, { once: true })
    this.#assign(places).catch(this.#fail)
    try {
      await done
    } finally {
      signal.removeEventListener('abort', this.#finish)
      this.#abort.abort()
    }
  }

  get #isOver(): boolean {
    return this.#abort.signal.aborted
  }

  /** Gives partitions to the loops of their leaders. */
  async #assign(places: readonly Place[]): Promise<void> {
    const { topic, timeoutMs, onRetry } = this.#options
    const { clock, random } = this.#cluster
    const partitions = places.map(({ partition }) => partition)
    const groups = await retrying(() => byLeader(this.#cluster, topic, partitions), {
      clock,
      random,
      timeoutMs,
      signal: this.#abort.signal,
      onRetry: (error) => {
        this.#cluster.forget(topic)
        onRetry?.(error)
      },
    })
    if (this.#isOver) return
    for (const [leader, led] of groups) {
      const own = places.filter(({ partition }) => led.includes(partition))
      const present = this.#loops.get(leader)
      if (present) present.push(...own)
      else {
        this.#loops.set(leader, own)
        this.#loop(leader, own).catch(this.#fail)
      }
    }
  }

  /** Fetches from one leader while it leads any of the partitions, which others may add to. */
  async #loop(leader: number, places: Place[]): Promise<void> {
    let fetching: Promise<Fetched> | null = null
    while (places.length > 0 && !this.#isOver) {
      const fetched = await (fetching ?? this.#fetch(leader, places))
      if (this.#isOver) return
      const outcome = this.#advance(fetched)
      const leaving = [
        ...outcome.ended,
        ...outcome.outOfRange,
        ...outcome.moved.map(({ place }) => place),
      ]
      for (const place of leaving) places.splice(places.indexOf(place), 1)
      this.#recover(outcome).catch(this.#fail)
      fetching = places.length > 0 ? this.#fetch(leader, places) : null
      if (!(await this.#handOver(outcome.deliveries))) return
      this.#ended(outcome.ended.length)
    }
    this.#loops.delete(leader)
  }

  /** Never rejects with what may pass; that is in the outcome. */
  async #fetch(leader: number, places: readonly Place[]): Promise<Fetched> {
    const { topic, committed } = this.#options
    const asked = [...places]
    const body = {
      maxWaitMs: WAIT_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: committed ? 1 : 0,
      topics: [
        {
          topic,
          partitions: asked.map(({ partition, offset }) => ({
            partition,
            fetchOffset: offset,
            partitionMaxBytes: PARTITION_BYTES,
          })),
        },
      ],
    }
    try {
      const options = { versions: VERSIONS, waitMs: WAIT_MS }
      const { errorCode, responses } = await this.#cluster.call(leader, fetch, body, options)
      if (errorCode !== errors.NONE) throw new BrokerError(errorCode, `fetching from ${topic}`)
      return { asked, answers: responses.flatMap(({ partitions }) => partitions), error: null }
    } catch (thrown) {
      if (mayRetry(thrown)) return { asked, answers: [], error: asError(thrown) }
      throw thrown
    }
  }

  /** Moves the places on, and says what is to be done. */
  #advance({ asked, answers, error }: Fetched): Outcome {
    const outcome: Outcome = { deliveries: [], ended: [], moved: [], outOfRange: [] }
    if (error !== null) {
      for (const place of asked) outcome.moved.push({ place, error })
      return outcome
    }
    for (const answer of answers) {
      const place = asked.find(({ partition }) => partition === answer.partitionIndex)
      if (place) this.#advanceOne(place, answer, outcome)
    }
    return outcome
  }

  #advanceOne(place: Place, answer: PartitionAnswer, outcome: Outcome): void {
    const { topic, committed } = this.#options
    const { partition } = place
    if (answer.errorCode === errors.OFFSET_OUT_OF_RANGE) {
      outcome.outOfRange.push(place)
      return
    }
    if (answer.errorCode !== errors.NONE) {
      const error = new BrokerError(answer.errorCode, `partition ${partition} of ${topic}`)
      if (!mayRetry(error)) throw error
      outcome.moved.push({ place, error })
      return
    }
    place.heardMs = this.#cluster.clock.monotonicMs()
    const [bytes] = answer.records
    if (bytes === undefined) return
    const aborted = committed ? answer.abortedTransactions : null
    const batches = [...readableBatches(bytes, { position: place.offset, end: place.end, aborted })]
    const last = batches.at(-1)
    if (!last)
      throw new FetchedDataError(
        'FETCHED_CORRUPT',
        `partition ${partition} of ${topic}: no whole batch at offset ${place.offset}`,
      )
    place.offset = last.nextOffset
    outcome.deliveries.push({ partition, batches })
    if (place.end !== null && place.offset >= place.end) outcome.ended.push(place)
  }

  /** False: the sink wants no more. */
  async #handOver(deliveries: readonly Delivery[]): Promise<boolean> {
    for (const { partition, batches } of deliveries)
      for (const batch of batches) {
        const verdict = await this.#sink(partition, batch)
        if (this.#isOver) return false
        if (verdict === 'stop') {
          this.#finish()
          return false
        }
      }
    return true
  }

  #ended(count: number): void {
    this.#left -= count
    if (this.#left === 0) this.#finish()
  }

  /** Looks for new leaders, and for what is left of partitions whose records were removed. */
  async #recover({ moved, outOfRange }: Outcome): Promise<void> {
    for (const place of outOfRange) await this.#skipGap(place)
    if (moved.length === 0) return
    const { topic, timeoutMs, onRetry } = this.#options
    const { clock } = this.#cluster
    for (const { place, error } of moved)
      if (clock.monotonicMs() - place.heardMs >= timeoutMs) throw error
    this.#cluster.forget(topic)
    if (moved[0]) onRetry?.(moved[0].error)
    await delay(clock, BACKOFF_MS, this.#abort.signal)
    await this.#assign(moved.map(({ place }) => place))
  }

  async #skipGap(place: Place): Promise<void> {
    const { topic, committed, timeoutMs, onGap } = this.#options
    const { partition, offset, end } = place
    const query = { topic, partitions: [partition], committed, timeoutMs }
    const ask = async (timestamp: number) =>
      (await findOffsets(this.#cluster, { ...query, timestamp })).get(partition) ?? 0
    const [start, latest] = [await ask(EARLIEST), await ask(LATEST)]
    if (offset > latest)
      throw new BrokerError(
        errors.OFFSET_OUT_OF_RANGE,
        `offset ${offset} of partition ${partition} of ${topic}`,
        `it holds offsets ${start} to ${latest} (exclusive).`,
      )
    if (offset < start) {
      onGap?.({ partition, from: offset, to: start })
      place.offset = start
      if (end !== null && start >= end) return this.#ended(1)
    }
    await this.#assign([place])
  }
}
