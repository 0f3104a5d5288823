/**
 * Goal: whatever is commanded in whatever order, the controller's invariants hold after every entry
 * (B1 to B5, B8, B11, B12; SAFETY S3), and a snapshot at any point plus the tail gives what the
 * whole log gives, byte for byte (B13).
 * Method: random command sequences. Non-atomic commands are cut after every record, as if the
 * controller had died there, and may be given again; every entry passes through the codec.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId, type NodeId } from '../../../src/base/ids.ts'
import {
  fenceBroker,
  registerBroker,
  unfenceBroker,
  unregisterBroker,
} from '../../../src/controller/cluster-control.ts'
import { alterConfigs } from '../../../src/controller/alter-configs.ts'
import { foundingRecords } from '../../../src/controller/config-control.ts'
import { electionRecords } from '../../../src/controller/partition-control.ts'
import { allocateProducerIds } from '../../../src/controller/producer-id-control.ts'
import type { ConfigRules } from '../../../src/controller/requests.ts'
import type { CommandResult } from '../../../src/controller/result.ts'
import { createTopics, deleteTopics } from '../../../src/controller/topic-control.ts'
import { decodeRecords, encodeRecords } from '../../../src/metadata/codec.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import { isActive } from '../../../src/metadata/image/cluster.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import type { CommittedEntry, MetadataRecord } from '../../../src/metadata/records.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { imageOf, imageRecords } from '../../../src/metadata/snapshot.ts'
import { nodeIds, uuid } from '../metadata/images.ts'
import { seededRandom } from './seeded-random.ts'

const BROKERS = nodeIds(1, 2, 3)
const TOPICS = ['a', 'b', 'c.d', 'c_d']
const configRules: ConfigRules = {
  check: (_resource, overrides) => ({ overrides }),
  inheritedItems: () => null,
  effective: () => [],
}

type Decide = (image: MetadataImage, world: World) => CommandResult<unknown>

/** What a broker of the world would say of itself. */
const epochOf = (image: MetadataImage, nodeId: NodeId) =>
  image.brokers.get(nodeId)?.brokerEpoch ?? -1

const nodeId = fc.constantFrom(...BROKERS)
const topicName = fc.constantFrom(...TOPICS)

const commands: fc.Arbitrary<Decide> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        nodeId,
        incarnation: fc.nat(3),
        directory: fc.integer({ min: 0, max: 9 }),
        restart: fc.constantFrom('clean', 'killed', 'unclean'),
        knowsEpoch: fc.boolean(),
      })
      .map(
        ({ nodeId: id, incarnation, directory, restart, knowsEpoch }): Decide =>
          (image, world) =>
            registerBroker(
              image,
              {
                nodeId: id,
                incarnationId: uuid(100 * id + incarnation),
                // Now and then a disk is replaced, or swapped with another broker's.
                directoryId: uuid(directory < 8 ? 1_000 + id : 1_000 + directory - 7),
                host: 'localhost',
                port: 9092,
                rack: null,
                restart,
                previousBrokerEpoch: knowsEpoch ? epochOf(image, id) : -1,
              },
              world.nextOffset,
            ),
      ),
  },
  {
    weight: 5,
    arbitrary: nodeId.map(
      (id): Decide =>
        (image) =>
          unfenceBroker(image, { nodeId: id, brokerEpoch: epochOf(image, id) }),
    ),
  },
  {
    weight: 2,
    arbitrary: nodeId.map(
      (id): Decide =>
        (image) =>
          fenceBroker(image, { nodeId: id, brokerEpoch: epochOf(image, id) }),
    ),
  },
  {
    weight: 1,
    arbitrary: nodeId.map(
      (id): Decide =>
        (image) =>
          unregisterBroker(image, id),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        name: topicName,
        partitions: fc.integer({ min: 1, max: 3 }),
        replicationFactor: fc.integer({ min: 1, max: 3 }),
      })
      .map(
        (topic): Decide =>
          (image, { random }) =>
            createTopics(
              image,
              {
                topics: [{ ...topic, assignments: [], configs: [{ name: 'x', value: 'y' }] }],
                validateOnly: false,
              },
              {
                settings: {
                  defaultPartitions: 1,
                  defaultReplicationFactor: null,
                },
                configRules,
                random,
              },
            ),
      ),
  },
  {
    weight: 1,
    arbitrary: topicName.map(
      (name): Decide =>
        (image) =>
          deleteTopics(image, [{ name, topicId: null }]),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        name: fc.oneof(topicName, fc.constant('')),
        minIsr: fc.constantFrom('1', '2', '3'),
      })
      .map(
        ({ name, minIsr }): Decide =>
          (image) =>
            alterConfigs(
              image,
              {
                changes: [
                  {
                    resource: { type: name === '' ? 'broker' : 'topic', name },
                    operations: [
                      minIsr === null
                        ? { type: 'delete', name: 'min.insync.replicas' }
                        : { type: 'set', name: 'min.insync.replicas', value: minIsr },
                    ],
                    replacesAll: false,
                  },
                ],
                validateOnly: false,
              },
              configRules,
            ),
      ),
  },
  {
    weight: 1,
    arbitrary: nodeId.map(
      (id): Decide =>
        (image) =>
          allocateProducerIds(image, { nodeId: id, brokerEpoch: epochOf(image, id) }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant((image: MetadataImage): CommandResult<unknown> => ({
      records: electionRecords(image),
      reply: null,
      atomic: false,
    })),
  },
)

/** The log, and what must be remembered over its whole length. */
class World {
  image: MetadataImage = EMPTY_IMAGE
  /** One for all commands, or two topics would draw one id. */
  readonly random = seededRandom(1)
  readonly log: CommittedEntry[] = []
  /** Leader by topic id, partition and leader epoch, for ever (B3). */
  readonly #leaders = new Map<string, NodeId | typeof NO_LEADER>()
  /** Offset of the entry that elected the present leader, by topic id and partition (S3). */
  readonly #electedAt = new Map<string, number>()
  readonly #deletedTopics = new Set<string>()

  get nextOffset(): number {
    return this.log.length
  }

  append(records: readonly MetadataRecord[]): void {
    const was = this.image
    const entry = {
      offset: this.nextOffset,
      epoch: 1,
      records: decodeRecords(encodeRecords(records)),
    }
    this.log.push(entry)
    this.image = applyEntry(was, entry)
    this.#checkTopics(was)
    this.#checkBrokers(was)
    expect(this.image.producerIds.nextProducerId).toBeGreaterThanOrEqual(
      was.producerIds.nextProducerId,
    )
  }

  #checkBrokers(was: MetadataImage): void {
    const brokers = [...this.image.brokers.values()]
    expect(new Set(brokers.map(({ directoryId }) => directoryId)).size).toBe(brokers.length)
    for (const { nodeId: id, brokerEpoch } of brokers)
      expect(brokerEpoch).toBeGreaterThanOrEqual(epochOf(was, id))
  }

  #checkTopics(was: MetadataImage): void {
    const { byName, byId } = this.image.topics
    expect(byName.size).toBe(byId.size)
    for (const id of was.topics.byId.keys()) if (!byId.has(id)) this.#deletedTopics.add(id)
    for (const topic of byName.values()) {
      expect(byId.get(topic.topicId)).toBe(topic)
      expect(this.#deletedTopics.has(topic.topicId)).toBe(false)
      const before = was.topics.byId.get(topic.topicId)
      for (const [index, partition] of topic.partitions.entries())
        this.#checkPartition(`${topic.topicId}-${index}`, before?.partitions[index], partition)
    }
  }

  #checkPartition(
    place: string,
    before: PartitionRegistration | undefined,
    now: PartitionRegistration,
  ): void {
    const { leader, leaderEpoch, partitionEpoch, isr } = now
    const known = this.#leaders.get(`${place}/${leaderEpoch}`)
    if (known !== undefined) expect(leader).toBe(known)
    this.#leaders.set(`${place}/${leaderEpoch}`, leader)
    for (const id of isr) expect(isActive(this.image.brokers.get(id))).toBe(true)
    if (before !== undefined && before !== now) {
      expect(partitionEpoch).toBe(before.partitionEpoch + 1)
      expect(leaderEpoch - before.leaderEpoch).toBe(leader === before.leader ? 0 : 1)
      // Eligible ones lead only when nobody is left in the ISR; then they are the ISR (B4).
      if (leader !== NO_LEADER && !before.isr.includes(leader)) {
        expect(before.elr).toContain(leader)
        // One broker leaves at a time, so at most the last one just left.
        expect(before.isr.length).toBeLessThanOrEqual(1)
        expect(isr).toEqual([leader])
      }
    }
    if (before?.leaderEpoch !== leaderEpoch) this.#electedAt.set(place, this.nextOffset - 1)
    if (leader !== NO_LEADER)
      expect(this.#electedAt.get(place)).toBeGreaterThan(epochOf(this.image, leader))
  }
}

const bytesOf = (image: MetadataImage) =>
  Buffer.from(encodeRecords([...imageRecords(image)])).toString('hex')

/** All an image says, told without the snapshot's own code. */
const stateOf = ({ clusterId, features, brokers, topics, configs, producerIds }: MetadataImage) =>
  JSON.stringify([
    [clusterId, [...features], [...brokers], producerIds],
    [[...topics.byId], [...topics.byName.keys()], [...topics.byCollisionKey]],
    [...configs.byResource].map(([resource, overrides]) => [resource, [...overrides]]),
  ])

/** Runs the commands; each one may be cut short after `cuts` of its entries. */
function run(steps: readonly { decide: Decide; cut: number }[]): World {
  const world = new World()
  world.append(
    foundingRecords(
      uuid(1),
      new Map([
        ['min.insync.replicas', '2'],
        ['unclean.leader.election.enable', 'false'],
      ]),
    ),
  )
  for (const { decide, cut } of steps) {
    let result: CommandResult<unknown>
    try {
      result = decide(world.image, world)
    } catch (thrown) {
      if (thrown instanceof LograftError) continue
      throw thrown
    }
    const { records, atomic } = result
    if (records.length === 0) continue
    const entries = atomic ? [records] : records.map((record) => [record])
    for (const entry of entries.slice(0, cut)) world.append(entry)
  }
  return world
}

const steps = fc.array(
  fc.record({
    decide: commands,
    // Mostly whole.
    cut: fc.oneof({ weight: 4, arbitrary: fc.constant(1_000) }, fc.integer({ min: 1, max: 3 })),
  }),
  { minLength: 20, maxLength: 60 },
)

describe('any sequence of commands', () => {
  test('keeps the invariants, and replays from any snapshot to the same bytes', () => {
    let partitions = 0
    let elections = 0
    fc.assert(
      fc.property(steps, (sequence) => {
        const { log, image } = run(sequence)
        const [expected, state] = [bytesOf(image), stateOf(image)]
        let replayed = EMPTY_IMAGE
        for (const entry of log) {
          replayed = applyEntry(replayed, entry)
          const snapshot = {
            endOffset: entry.offset + 1,
            epoch: 1,
            records: [...imageRecords(replayed)],
          }
          let resumed = imageOf(snapshot)
          for (const later of log.slice(entry.offset + 1)) resumed = applyEntry(resumed, later)
          expect(bytesOf(resumed)).toBe(expected)
          expect(stateOf(resumed)).toBe(state)
        }
        partitions += [...image.topics.byId.values()].flatMap((topic) => topic.partitions).length
        elections += log
          .flatMap(({ records }) => records)
          .filter(
            (record) => record.type === 'PartitionChange' && record.leader !== undefined,
          ).length
      }),
      { numRuns: 100 },
    )
    // The sequences must not all be refusals.
    expect(partitions).toBeGreaterThan(100)
    expect(elections).toBeGreaterThan(100)
  })

  test('leaves every partition led that has somebody eligible in service (B14)', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { image } = run(sequence)
        const healed = applyEntry(image, {
          offset: 9_999,
          epoch: 1,
          records: electionRecords(image),
        })
        for (const { partitions } of healed.topics.byId.values())
          for (const { leader, isr, elr } of partitions)
            if (leader === NO_LEADER)
              for (const id of isr.length > 0 ? isr : elr)
                expect(isActive(healed.brokers.get(asNodeId(id)))).toBe(false)
      }),
      { numRuns: 100 },
    )
  })
})
