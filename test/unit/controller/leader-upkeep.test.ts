/**
 * Goal: preferred leaders lead again soon after they are in sync again, and at every interval at
 * the latest; a partition that nobody leads is swept up; one that power was cut from waits a
 * bounded time. Nothing of that is done by a controller that is not active any more.
 * Method: the real controller over a quorum that commits when the test says so, and a clock that
 * stands still.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { Controller } from '../../../src/controller/controller.ts'
import { LeaderUpkeep } from '../../../src/controller/leader-upkeep.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { NO_LEADER, RECORDS_PER_ENTRY_MAX } from '../../../src/metadata/records.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'
import { broker, config, nodeIds, partition, topic, topicId } from '../metadata/images.ts'
import { ManualQuorum } from './manual-quorum.ts'
import { seededRandom } from './seeded-random.ts'

const REBALANCE_MS = 300_000
const RECOVERY_MS = 60_000
const SWEEP_MS = 500_000

class World {
  readonly clock = new ManualClock()
  readonly quorum = new ManualQuorum()
  readonly controller: Controller
  readonly upkeep: LeaderUpkeep
  readonly #fatal: Error[] = []

  constructor({ rebalances = true }, ...records: MetadataRecord[]) {
    this.controller = new Controller({
      ...{ quorum: this.quorum, random: seededRandom(1), logger: silentLogger },
      settings: {
        ...{ defaultPartitions: 1, defaultReplicationFactor: null },
        foundingConfigs: new Map(),
      },
      configRules: {
        check: (_resource, overrides) => ({ overrides }),
        inheritedItems: () => null,
        effective: () => [],
      },
      onFatal: (error) => this.#fatal.push(error),
    })
    this.upkeep = new LeaderUpkeep({
      ...{ controller: this.controller, clock: this.clock, logger: silentLogger },
      rebalanceIntervalMs: rebalances ? REBALANCE_MS : null,
      sweepIntervalMs: SWEEP_MS,
      recoveryTimeoutMs: RECOVERY_MS,
    })
    this.quorum.subscribe(this.upkeep)
    const founding: MetadataRecord = { type: 'ClusterId', clusterId: 'c' }
    this.quorum.receive(1, founding, ...[1, 2, 3].map((id) => broker(id)), topic(1), ...records)
    this.quorum.lead(2)
    this.quorum.commit()
  }

  /** Time goes by; whatever is appended commits. */
  async advance(ms: number): Promise<this> {
    await this.clock.advance(ms)
    await this.commit()
    return this
  }

  async commit(): Promise<void> {
    await settle()
    this.quorum.commit()
    await settle()
    expect(this.#fatal).toEqual([])
  }

  get partition() {
    return this.controller.committedImage.topics.byName.get('t1')?.partitions[0]
  }

  /** The leader wishes for this ISR, and gets it. */
  async wish(...isr: number[]): Promise<void> {
    const { leader, leaderEpoch, partitionEpoch } = this.partition ?? expect.fail()
    void this.controller.alterPartition({
      ...{ nodeId: asNodeId(leader), brokerEpoch: leader },
      partitions: [
        {
          ...{ topicId: topicId(1), partition: 0, leaderEpoch, partitionEpoch },
          isr: nodeIds(...isr).map((nodeId) => ({ nodeId, brokerEpoch: nodeId })),
        },
      ],
    })
    await this.commit()
    expect(this.partition?.isr).toEqual(isr)
  }

  async tell(nodeId: number, logEndOffset: number): Promise<void> {
    const { partitionEpoch } = this.partition ?? expect.fail()
    const at = { topicId: topicId(1), partition: 0, partitionEpoch, lastEpoch: 0, logEndOffset }
    void this.controller.tellLogEnds({
      ...{ nodeId: asNodeId(nodeId), brokerEpoch: nodeId, partitions: [at] },
    })
    await this.commit()
  }
}

const ledBy2 = partition(1, 0, [1, 2], { leader: asNodeId(2), isr: nodeIds(2) })

describe('a preferred leader', () => {
  test('leads again soon after it is in sync again', async () => {
    const world = await new World({}, ledBy2).advance(10_000)
    await world.wish(1, 2)
    await world.advance(1_999)
    expect(world.partition?.leader).toBe(2)
    await world.advance(1)
    expect(world.partition).toMatchObject({ leader: 1, leaderEpoch: 1 })
  })

  test('leads again soon after a new controller has begun', async () => {
    const inSync = partition(1, 0, [1, 2], { leader: asNodeId(2) })
    const world = await new World({}, inSync).advance(2_000)
    expect(world.partition?.leader).toBe(1)
  })

  test('is looked for at every interval', async () => {
    const world = await new World({}, ledBy2).advance(10_000)
    await world.wish(1, 2)
    world.quorum.refuse = 'overloaded'
    await world.advance(2_000)
    expect(world.partition?.leader).toBe(2)
    world.quorum.refuse = null
    await world.advance(REBALANCE_MS)
    expect(world.partition?.leader).toBe(1)
  })

  test('stays a follower where that is wanted', async () => {
    const world = await new World({ rebalances: false }, ledBy2).advance(10_000)
    await world.wish(1, 2)
    await world.advance(2 * REBALANCE_MS)
    expect(world.partition?.leader).toBe(2)
  })

  test('is nothing to a controller that is not active any more', async () => {
    const world = await new World({}, ledBy2).advance(10_000)
    await world.wish(1, 2)
    world.quorum.lose(3)
    expect(world.clock.timers).toBe(0)
  })
})

test('what nobody leads, and somebody may, is swept up', async () => {
  // More than one entry elects, when the setting comes that allows it.
  const waiting = Array.from({ length: RECORDS_PER_ENTRY_MAX }, (_, index) =>
    partition(1, index, [1, 2], { leader: NO_LEADER, isr: [] }),
  )
  const world = new World({}, ...waiting)
  const leaderless = () =>
    world.controller.committedImage.topics.byName
      .get('t1')
      ?.partitions.filter(({ leader }) => leader === NO_LEADER).length
  const resource = { type: 'topic', name: 't1' } as const
  const operation = { type: 'set', name: 'unclean.leader.election.enable', value: 'true' } as const
  const change = { resource, operations: [operation], replacesAll: false }
  void world.controller.alterConfigs({ changes: [change], validateOnly: false })
  await world.commit()
  expect(leaderless()).toBe(1)
  await world.advance(SWEEP_MS - 1)
  expect(leaderless()).toBe(1)
  await world.advance(1)
  expect(leaderless()).toBe(0)
})

describe('a partition that power was cut from', () => {
  const lost = partition(1, 0, [1, 2, 3], {
    ...{ leader: NO_LEADER, isr: [], lastKnownElr: nodeIds(2, 3) },
  })
  const minIsr = config('', 'min.insync.replicas', '2')

  test('is led by the farthest log once all have told', async () => {
    const world = new World({}, minIsr, lost)
    await world.tell(1, 7)
    await world.tell(2, 9)
    expect(world.partition?.leader).toBe(NO_LEADER)
    await world.tell(3, 8)
    expect(world.partition).toMatchObject({ leader: 2, isr: [2] })
  })

  test('waits for the others a bounded time', async () => {
    const world = new World({}, minIsr, lost)
    await world.tell(3, 8)
    await world.advance(RECOVERY_MS - 1)
    expect(world.partition?.leader).toBe(NO_LEADER)
    await world.advance(1)
    expect(world.partition?.leader).toBe(3)
  })

  test('is led as soon as one of the last tells, when the time is over', async () => {
    const world = new World({}, minIsr, lost)
    await world.tell(1, 9)
    await world.advance(RECOVERY_MS)
    expect(world.partition?.leader).toBe(NO_LEADER)
    await world.tell(2, 8)
    expect(world.partition?.leader).toBe(1)
  })

  test('waits anew under a new controller, which is told again', async () => {
    const world = new World({}, minIsr, lost)
    await world.tell(3, 8)
    await world.advance(RECOVERY_MS - 1)
    world.quorum.lose(3)
    world.quorum.lead(4)
    await world.commit()
    await world.advance(1)
    expect(world.partition?.leader).toBe(NO_LEADER)
    await world.tell(3, 8)
    await world.advance(RECOVERY_MS)
    expect(world.partition?.leader).toBe(3)
  })
})
