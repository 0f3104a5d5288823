/**
 * A consumer of one partition from its beginning on: it reads from whoever leads, as far as that
 * lets it, and asks now and then where the end is. What it is given goes to whoever checks it.
 */
import { delay } from '../../../src/base/clock.ts'
import { LograftError } from '../../../src/base/errors.ts'
import type { Net } from '../../../src/base/net.ts'
import { Connection } from '../../../src/client/connection.ts'
import { fetch } from '../../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../../src/wire/apis/02-list-offsets.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { Process } from '../system/process.ts'
import type { SeenBatch } from './batches.ts'
import { batchesIn } from './batches.ts'
import { readInto, type ReadRecords } from './records.ts'
import { PORT } from './node-config.ts'
import { hostOf } from './wires.ts'

export interface ConsumerTold {
  readonly read: (batch: SeenBatch) => void
  readonly damaged: (offset: number) => void
  /** Of an offset that it was led to. */
  readonly outOfRange: (offset: number) => void
  readonly latest: (offset: number, atLeast: number) => void
}

/** As a client's metadata has it. */
export interface KnownLeader {
  readonly node: number
  readonly leaderEpoch: number
}

export interface ConsumerOptions {
  readonly name: string
  readonly topic: string
  readonly partition: number
  readonly process: Process
  readonly net: Net
  readonly waitMs: number
  readonly maxBytes: number
  readonly leader: () => KnownLeader | null
  readonly told: ConsumerTold
}

const FETCH_VERSION = 12
const LIST_OFFSETS_VERSION = 6
const LATEST = -1
const CONNECT_MS = 400
const BACKOFF_MS = 30
const SLACK_MS = 500
/** Fetches between two questions for the end. */
const FETCHES_PER_QUESTION = 6

export class SimulatedConsumer {
  readonly #of: ConsumerOptions
  position = 0
  /** All records that it was given. */
  readonly records: ReadRecords = { offsets: [], ids: [] }
  #latest = 0
  #isOver = false

  constructor(of: ConsumerOptions) {
    this.#of = of
  }

  get topic(): string {
    return this.#of.topic
  }

  get partition(): number {
    return this.#of.partition
  }

  begin(): void {
    void this.#run()
  }

  end(): void {
    this.#isOver = true
  }

  async #run(): Promise<void> {
    const { process, leader } = this.#of
    while (!this.#isOver) {
      const known = leader()
      if (known !== null) await this.#readFrom(known)
      await delay(process, BACKOFF_MS)
    }
  }

  async #readFrom({ node, leaderEpoch }: KnownLeader): Promise<void> {
    const { net, process: clock, name: clientId } = this.#of
    const address = { host: hostOf(node), port: PORT }
    let connection: Connection | null = null
    try {
      const options = { net, clock, address, clientId, connectTimeoutMs: CONNECT_MS }
      connection = await Connection.open(options)
      for (let fetches = 0; !this.#isOver; fetches += 1) {
        const question = fetches % FETCHES_PER_QUESTION === 0
        if (question && !(await this.#askForEnd(connection, leaderEpoch))) return
        if (!(await this.#fetch(connection, leaderEpoch))) return
      }
    } catch (thrown) {
      if (!(thrown instanceof LograftError)) throw thrown
    } finally {
      connection?.close()
    }
  }

  async #fetch(connection: Connection, currentLeaderEpoch: number): Promise<boolean> {
    const { topic, partition, waitMs, maxBytes, told } = this.#of
    const { position: fetchOffset } = this
    const at = { partition, fetchOffset, currentLeaderEpoch }
    const partitions = [{ ...at, partitionMaxBytes: maxBytes }]
    const request = { maxWaitMs: waitMs, minBytes: 1, topics: [{ topic, partitions }] }
    const limits = { timeoutMs: waitMs + SLACK_MS }
    const response = await connection.request(fetch, FETCH_VERSION, request, limits)
    const answer = response.responses[0]?.partitions[0]
    if (answer === undefined) return false
    if (answer.errorCode === errors.OFFSET_OUT_OF_RANGE) told.outOfRange(fetchOffset)
    if (answer.errorCode !== errors.NONE) return false
    readInto(this.records, answer.records, this.position)
    for (const batch of batchesIn(answer.records, told.damaged)) {
      if (batch.nextOffset <= this.position) continue
      told.read(batch)
      this.position = batch.nextOffset
    }
    return true
  }

  /** C7: it never goes back. */
  async #askForEnd(connection: Connection, currentLeaderEpoch: number): Promise<boolean> {
    const { topic: name, partition: partitionIndex, told } = this.#of
    const partitions = [{ partitionIndex, currentLeaderEpoch, timestamp: LATEST }]
    const request = { replicaId: -1, topics: [{ name, partitions }] }
    const atLeast = Math.max(this.#latest, this.position)
    const limits = { timeoutMs: SLACK_MS }
    const response = await connection.request(listOffsets, LIST_OFFSETS_VERSION, request, limits)
    const answer = response.topics[0]?.partitions[0]
    if (answer === undefined) return false
    if (answer.errorCode === errors.OFFSET_NOT_AVAILABLE) return true
    if (answer.errorCode !== errors.NONE) return false
    told.latest(answer.offset, atLeast)
    this.#latest = Math.max(this.#latest, answer.offset)
    return true
  }
}
