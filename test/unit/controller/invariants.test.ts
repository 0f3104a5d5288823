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
import type { Random } from '../../../src/base/random.ts'
import {
  fenceBroker,
  registerBroker,
  unfenceBroker,
  unregisterBroker,
} from '../../../src/controller/cluster-control.ts'
import { alterPartition } from '../../../src/controller/alter-partition.ts'
import { alterReassignments } from '../../../src/controller/alter-reassignments.ts'
import { alterConfigs } from '../../../src/controller/alter-configs.ts'
import { foundingRecords } from '../../../src/controller/config-control.ts'
import { electLeaders } from '../../../src/controller/elect-leaders.ts'
import { balanceLeaders } from '../../../src/controller/leader-balance.ts'
import { leaveIsr } from '../../../src/controller/leave-isr.ts'
import { LogEnds, lostPartitions } from '../../../src/controller/log-ends.ts'
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

/** Some of the brokers, in any order. */
const replicas = fc.uniqueArray(nodeId, { minLength: 1 })
/** One of the partitions there are. */
const index = fc.nat(30)
const NOTHING: CommandResult<unknown> = { records: [], reply: null, atomic: true }

function partitionAt({ topics }: MetadataImage, at: number) {
  const all = [...topics.byName.values()].flatMap(({ name: topic, topicId, partitions }) =>
    partitions.map((registration, partition) => ({ topic, topicId, partition, registration })),
  )
  return all[at % Math.max(1, all.length)]
}

/** The leader wishes for those of these that are replicas, and itself. */
function wish(image: MetadataImage, at: number, wanted: readonly NodeId[]) {
  const found = partitionAt(image, at)
  if (!found || found.registration.leader === NO_LEADER) return NOTHING
  const { topicId, partition, registration } = found
  const { leader, leaderEpoch, partitionEpoch } = registration
  const isr = registration.replicas.filter((id) => id === leader || wanted.includes(id))
  return alterPartition(image, {
    ...{ nodeId: asNodeId(leader), brokerEpoch: epochOf(image, asNodeId(leader)) },
    partitions: [
      {
        ...{ topicId, partition, leaderEpoch, partitionEpoch },
        isr: isr.map((id) => ({ nodeId: id, brokerEpoch: epochOf(image, id) })),
      },
    ],
  })
}

/** Of every partition that nobody is known to hold. */
function tellLogEnds(
  image: MetadataImage,
  told: readonly { readonly id: NodeId; readonly end: number }[],
): CommandResult<unknown> {
  const ends = new LogEnds()
  const lost = lostPartitions(image)
  for (const { id, end } of told)
    ends.tell(image, {
      ...{ nodeId: id, brokerEpoch: epochOf(image, id) },
      partitions: lost.map(({ topicId, partition }) => {
        const was = image.topics.byId.get(topicId)?.partitions[partition]
        const partitionEpoch = was?.partitionEpoch ?? -1
        return { topicId, partition, partitionEpoch, lastEpoch: 0, logEndOffset: end }
      }),
    })
  ends.giveUpWaiting(lost)
  return { records: ends.elections(image, lost), reply: null, atomic: false }
}

function createTopic(
  image: MetadataImage,
  topic: { readonly name: string; readonly partitions: number; readonly replicationFactor: number },
  random: Random,
) {
  const configs = [{ name: 'x', value: 'y' }]
  return createTopics(
    image,
    { topics: [{ ...topic, assignments: [], configs }], validateOnly: false },
    { settings: { defaultPartitions: 1, defaultReplicationFactor: null }, configRules, random },
  )
}

const commands: fc.Arbitrary<Decide> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        nodeId,
        incarnation: fc.nat(3),
        directory: fc.integer({ min: 0, max: 9 }),
        restart: fc.constantFrom('clean', 'killed', 'unclean', 'unclean'),
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
    weight: 9,
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
            createTopic(image, topic, random),
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
    weight: 3,
    arbitrary: fc
      .record({ index, replicas: fc.option(replicas, { freq: 4 }) })
      .map(({ index: at, replicas: wanted }): Decide => (image) => {
        const found = partitionAt(image, at)
        if (!found) return NOTHING
        const { topic, partition } = found
        return alterReassignments(image, [{ topic, partition, replicas: wanted }])
      }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ index, wanted: replicas }).map(
      ({ index: at, wanted }): Decide =>
        (image) =>
          wish(image, at, wanted),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ index, id: nodeId }).map(({ index: at, id }): Decide => (image) => {
      const found = partitionAt(image, at)
      if (!found) return NOTHING
      const { topicId, partition, registration } = found
      const { leaderEpoch } = registration
      return leaveIsr(image, {
        ...{ nodeId: id, brokerEpoch: epochOf(image, id) },
        partitions: [{ topicId, partition, leaderEpoch, reason: 'full-disk' }],
      })
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant((image: MetadataImage) =>
      electLeaders(image, { type: 'preferred', partitions: null }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant((image: MetadataImage): CommandResult<unknown> => ({
      ...{ records: balanceLeaders(image), reply: null, atomic: false },
    })),
  },
  {
    weight: 6,
    arbitrary: fc.array(fc.record({ id: nodeId, end: fc.nat(3) })).map(
      (told): Decide =>
        (image) =>
          tellLogEnds(image, told),
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
    this.#checkTopics(was, entry)
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

  #checkTopics(was: MetadataImage, { records }: CommittedEntry): void {
    const { byName, byId } = this.image.topics
    expect(byName.size).toBe(byId.size)
    for (const id of was.topics.byId.keys()) if (!byId.has(id)) this.#deletedTopics.add(id)
    for (const topic of byName.values()) {
      expect(byId.get(topic.topicId)).toBe(topic)
      expect(this.#deletedTopics.has(topic.topicId)).toBe(false)
      const before = was.topics.byId.get(topic.topicId)
      for (const [index, partition] of topic.partitions.entries())
        this.#checkPartition(`${topic.topicId}-${index}`, before?.partitions[index], partition, {
          isRisky: records.some(
            (record) =>
              record.type === 'PartitionChange' &&
              record.topicId === topic.topicId &&
              record.partition === index &&
              record.mayLoseRecords === true,
          ),
        })
    }
  }

  #checkPartition(
    place: string,
    before: PartitionRegistration | undefined,
    now: PartitionRegistration,
    { isRisky }: { readonly isRisky: boolean },
  ): void {
    const { leader, leaderEpoch, partitionEpoch, isr } = now
    const known = this.#leaders.get(`${place}/${leaderEpoch}`)
    if (known !== undefined) expect(leader).toBe(known)
    this.#leaders.set(`${place}/${leaderEpoch}`, leader)
    for (const id of isr) expect(isActive(this.image.brokers.get(id))).toBe(true)
    if (before !== undefined && before !== now) {
      expect(partitionEpoch).toBe(before.partitionEpoch + 1)
      const isNamed = leader !== before.leader || isRemoved(before, now)
      if (isNamed) expect(leaderEpoch - before.leaderEpoch).toBe(1)
      else expect(leaderEpoch - before.leaderEpoch).toBeLessThanOrEqual(1)
      // With a word about it, and only where nobody holds everything (S11).
      if (isRisky) expect([before.isr, before.elr, isr]).toEqual([[], [], [leader]])
      // Eligible ones lead only when nobody is left in the ISR; then they are the ISR (B4). The
      // leader may have taken in others in the entry that ends a reassignment and moves it.
      else if (leader !== NO_LEADER && !before.isr.includes(leader) && !isRemoved(before, now)) {
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

const isRemoved = (before: PartitionRegistration, now: PartitionRegistration) =>
  before.replicas.some((id) => !now.replicas.includes(id))

const bytesOf = (image: MetadataImage) =>
  Buffer.from(encodeRecords([...imageRecords(image)])).toString('hex')

/** All an image says, told without the snapshot's own code. */
const stateOf = ({ clusterId, features, brokers, topics, configs, producerIds }: MetadataImage) =>
  JSON.stringify([
    [clusterId, [...features], [...brokers], producerIds],
    [[...topics.byId], [...topics.byName.keys()], [...topics.byCollisionKey]],
    [...configs.byResource].map(([resource, overrides]) => [resource, [...overrides]]),
  ])

/** Three brokers in service with a topic on all of them. */
const SETTING_OUT: readonly Decide[] = [
  ...BROKERS.flatMap((id): Decide[] => [
    (image, { nextOffset }) =>
      registerBroker(
        image,
        {
          ...{ nodeId: id, incarnationId: uuid(100 * id + 50), directoryId: uuid(1_000 + id) },
          ...{ host: 'localhost', port: 9092, rack: null },
          restart: 'clean',
          previousBrokerEpoch: -1,
        },
        nextOffset,
      ),
    (image) => unfenceBroker(image, { nodeId: id, brokerEpoch: epochOf(image, id) }),
  ]),
  (image, { random }) =>
    createTopic(image, { name: 'a', partitions: 2, replicationFactor: 3 }, random),
]

const whole = (decisions: readonly Decide[]) => decisions.map((decide) => ({ decide, cut: 1_000 }))

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
  for (const { decide, cut } of [...whole(SETTING_OUT), ...steps]) {
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
  { minLength: 30, maxLength: 90 },
)

describe('any sequence of commands', () => {
  test('keeps the invariants, and replays from any snapshot to the same bytes', () => {
    let partitions = 0
    let elections = 0
    const seen = { risky: 0, reassigned: 0, shrunk: 0 }
    fc.assert(
      fc.property(steps, (sequence) => {
        const { log, image } = run(sequence)
        const [expected, state] = [bytesOf(image), stateOf(image)]
        let replayed = EMPTY_IMAGE
        for (const entry of log) {
          replayed = applyEntry(replayed, entry)
          // Every third point, another third each time: all of them take their time.
          if (entry.offset % 3 !== sequence.length % 3) continue
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
        for (const { records } of log)
          for (const record of records) {
            if (record.type !== 'PartitionChange') continue
            elections += record.leader === undefined ? 0 : 1
            seen.risky += record.mayLoseRecords ? 1 : 0
            seen.reassigned += record.replicas ? 1 : 0
            seen.shrunk += record.isr && record.leader === undefined ? 1 : 0
          }
      }),
      { numRuns: 100 },
    )
    // The sequences must not all be refusals.
    expect(partitions).toBeGreaterThan(100)
    expect(elections).toBeGreaterThan(100)
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(2)
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
