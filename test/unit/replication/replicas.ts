/**
 * The replicas of one partition on logs in memory, and fetches between them without a network: the
 * leader's `fetch` and the follower's `takeAnswer`, with nothing in between.
 */
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import type { PartitionPorts } from '../../../src/replication/partition.ts'
import type { Acks, ReadResult } from '../../../src/replication/partition-requests.ts'
import type { FetchAnswer, Taken } from '../../../src/replication/follower-answer.ts'
import { comeIntoRange, takeAnswer } from '../../../src/replication/follower-answer.ts'
import { EARLIEST, LATEST } from '../../../src/replication/partition-requests.ts'
import { ManualClock } from '../log/fixture.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

const LIMITLESS = 1 << 30

export class Replicas {
  readonly clock = new ManualClock()
  readonly ids: readonly number[]
  readonly #byId: ReadonlyMap<number, TestPartition>
  leader = 1
  leaderEpoch = 0
  partitionEpoch = 0
  isr: readonly number[]

  constructor(ids: readonly number[] = [1, 2, 3], ports: Partial<PartitionPorts> = {}) {
    this.ids = ids
    this.isr = ids
    this.#byId = new Map(
      ids.map((id) => [
        id,
        openPartition(0, this.clock, {
          nodeId: asNodeId(id),
          broker: () => ({ isActive: true, brokerEpoch: 1 }),
          topicOptions: { 'min.insync.replicas': '1' },
          ...ports,
        }),
      ]),
    )
  }

  at(id: number): TestPartition {
    return this.#byId.get(id) as TestPartition
  }

  partition(id: number) {
    return this.at(id).partition
  }

  /** Metadata, as all of `informed` learn it. */
  elect(leader: number, { informed = this.ids, isr = this.isr } = {}): void {
    Object.assign(this, { leader, isr })
    this.leaderEpoch += 1
    this.partitionEpoch += 1
    for (const id of informed) this.inform(id)
  }

  inform(id: number): void {
    this.at(id).tell({
      ...{ replicas: nodeIds(...this.ids), isr: nodeIds(...this.isr) },
      ...{ leader: asNodeId(this.leader), leaderEpoch: this.leaderEpoch },
      partitionEpoch: this.partitionEpoch,
    })
  }

  /** By whoever `id` is: an old leader that has not heard takes records, too. */
  append(
    value: string,
    {
      id = this.leader,
      count = 1,
      acks = 1,
    }: { readonly id?: number; readonly count?: number; readonly acks?: Acks } = {},
  ) {
    const records = Array.from({ length: count }, (_, at) => ({
      value: new TextEncoder().encode(`${value}.${at}`),
      timestampMs: this.clock.wallMs(),
    }))
    return this.partition(id).append(buildBatch({ records }), { acks, apiVersion: 9 })
  }

  /** What `from` answers to a fetch of `follower` as it is now. */
  ask(
    follower: number,
    { from = this.leader, brokerEpoch = 1, maxBytes = LIMITLESS } = {},
  ): ReadResult {
    const { log, leaderEpoch } = this.partition(follower)
    return this.partition(from).read({
      currentLeaderEpoch: leaderEpoch,
      fetchOffset: log.logEndOffset,
      lastFetchedEpoch: log.latestEpoch,
      ...{ isolation: 'log-end', maxBytes, atLeastOneBatch: true },
      follower: {
        ...{ nodeId: asNodeId(follower), brokerEpoch, flushedOffset: log.flushedOffset },
        logStartOffset: log.logStartOffset,
      },
    })
  }

  take(follower: number, result: ReadResult, leaderEpoch = this.partition(follower).leaderEpoch) {
    return takeAnswer(this.partition(follower), leaderEpoch, answerOf(result), silentLogger)
  }

  /** One fetch, its answer, and what an answer out of range asks for. */
  fetch(follower: number, options: { from?: number; maxBytes?: number } = {}): Taken {
    const taken = this.take(follower, this.ask(follower, options))
    if (taken.type !== 'out of range') return taken
    const leading = this.partition(options.from ?? this.leader)
    const about = { isolation: 'log-end', currentLeaderEpoch: this.leaderEpoch } as const
    const [start, end] = [leading.offsetFor(EARLIEST, about), leading.offsetFor(LATEST, about)]
    const range = { start: start.offset, end: end.offset }
    return comeIntoRange(this.partition(follower), range, silentLogger)
  }

  /** Until nothing moves any more; throws when that never comes. */
  settle(): void {
    const followers = this.ids.filter((id) => id !== this.leader)
    const state = () =>
      JSON.stringify(this.ids.map((id) => [this.bounds(id), this.partition(id).log.latestEpoch]))
    for (let rounds = 0; rounds < 100; rounds += 1) {
      const before = state()
      for (const follower of followers) this.fetch(follower)
      if (state() === before) return
    }
    throw new Error(`not settled: ${state()}`)
  }

  /** Log start, high watermark, log end. */
  bounds(id: number): readonly [number, number, number] {
    const { logStartOffset, highWatermark, logEndOffset } = this.partition(id).log
    return [logStartOffset, highWatermark, logEndOffset]
  }

  /** All bytes of a log, in hexadecimal: what differs is found at once. */
  bytes(id: number, upToOffset = this.partition(id).log.logEndOffset): string {
    const { log } = this.partition(id)
    const fromOffset = log.logStartOffset
    if (fromOffset >= upToOffset) return ''
    const read = log.read({ fromOffset, upToOffset, maxBytes: LIMITLESS, atLeastOneBatch: true })
    return Buffer.concat(read.errorCode === 0 ? read.chunks : []).toString('hex')
  }
}

/** As it looks when it has come over the network. */
function answerOf(result: ReadResult): FetchAnswer {
  const { leaderEpoch: epoch = -1, endOffset = -1 } = result.divergingEpoch ?? {}
  return {
    partitionIndex: 0,
    errorCode: result.errorCode,
    highWatermark: result.highWatermark,
    lastStableOffset: result.lastStableOffset,
    logStartOffset: result.logStartOffset,
    divergingEpoch: { epoch, endOffset },
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
    snapshotId: { endOffset: -1, epoch: -1 },
    abortedTransactions: null,
    preferredReadReplica: -1,
    // Copies: what comes over the network is nobody else's.
    records: result.chunks.map((chunk) => Uint8Array.from(chunk)),
  }
}
