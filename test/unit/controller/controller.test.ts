/**
 * Goal: a command sees what is pending, is answered only when that is committed (A17), and is
 * dropped with the pending image when leadership goes; what is committed and what every other node
 * makes of the log are the same.
 * Method: a quorum that commits when the test says so; the last test runs over the real quorum.
 */
import { describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { ApplyChangesRequest } from '../../../src/controller/changes.ts'
import { Controller } from '../../../src/controller/controller.ts'
import type { CreatableTopic } from '../../../src/controller/requests.ts'
import { clusterOverrides } from '../../../src/metadata/image/configs.ts'
import { imageRecords } from '../../../src/metadata/snapshot.ts'
import type { MetadataQuorum } from '../../../src/quorum/ports.ts'
import { settle } from '../base/manual-clock.ts'
import { CrashDisk } from '../base/crash-disk.ts'
import { broker, partition, topic, topicId, uuid } from '../metadata/images.ts'
import { QuorumNode } from '../quorum/quorum-node.ts'
import { ManualQuorum } from './manual-quorum.ts'
import { seededRandom } from './seeded-random.ts'

const NODE = asNodeId(1)

/** Every process draws other ids than the one before. */
let controllers = 0

function controllerOver(quorum: MetadataQuorum) {
  const fatal: Error[] = []
  const controller = new Controller({
    quorum,
    random: seededRandom((controllers += 1)),
    logger: silentLogger,
    settings: {
      defaultPartitions: 1,
      defaultReplicationFactor: null,
      foundingConfigs: new Map([['min.insync.replicas', '2']]),
    },
    configRules: {
      check: (_resource, overrides) => ({ overrides }),
      inheritedItems: () => null,
      effective: () => [],
    },
    onFatal: (error) => fatal.push(error),
  })
  return { controller, fatal }
}

const registration = (incarnation: number) => ({
  nodeId: NODE,
  incarnationId: uuid(incarnation),
  directoryId: uuid(500),
  host: 'localhost',
  port: 9092,
  rack: null,
  restart: 'clean' as const,
  previousBrokerEpoch: -1,
})

const creation = (...names: string[]) => ({
  validateOnly: false,
  topics: names.map((name): CreatableTopic => ({
    name,
    partitions: 1,
    replicationFactor: 1,
    assignments: [],
    configs: [],
  })),
})

/** A controller that leads a founded cluster with one broker in service. */
async function serving() {
  const quorum = new ManualQuorum()
  const { controller, fatal } = controllerOver(quorum)
  quorum.lead(1)
  quorum.commit()
  const registered = controller.registerBroker(registration(1))
  await settle()
  quorum.commit()
  const { brokerEpoch } = await registered
  const unfenced = controller.unfenceBroker({ nodeId: NODE, brokerEpoch })
  await settle()
  quorum.commit()
  await unfenced
  return { quorum, controller, fatal, brokerEpoch }
}

/** `pending`, or what a promise came to. */
async function stateOf(promise: Promise<unknown>): Promise<string> {
  const outcome = promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof LograftError ? String(error.code) : String(error)),
  )
  return Promise.race([outcome, settle().then(() => 'pending')])
}

test('a command that is refused half-way may have taken effect', async () => {
  const quorum = new ManualQuorum()
  const { controller, fatal } = controllerOver(quorum)
  const topics = Array.from({ length: 1_001 }, (_, number) => topic(number + 1))
  quorum.receive(1, { type: 'ClusterId', clusterId: uuid(1) }, ...topics)
  quorum.lead(2)
  quorum.room = 1
  const all = [...controller.committedImage.topics.byName.values()]
  const deleted = controller.deleteTopics(all.map(({ topicId }) => ({ name: null, topicId })))
  await expect(deleted).rejects.toMatchObject({
    code: 'REQUEST_TIMED_OUT',
    message: expect.stringContaining('only a part') as unknown,
  })
  quorum.commit()
  expect([controller.committedImage.topics.byName.size, fatal]).toEqual([1, []])
})

test('a broker of thousands of partitions is fenced in parts, what it leads first', async () => {
  const quorum = new ManualQuorum()
  const { controller } = controllerOver(quorum)
  const partitions = Array.from({ length: 2_500 }, (_, index) =>
    partition(1, index, index % 2 === 0 ? [2, 1] : [1, 2]),
  )
  const image = [{ type: 'ClusterId', clusterId: uuid(1) } as const, broker(1), broker(2), topic(1)]
  quorum.receive(1, ...image, ...partitions)
  quorum.lead(2)
  const { brokerEpoch = -1 } = controller.committedImage.brokers.get(NODE) ?? {}
  const fenced = controller.fenceBroker({ nodeId: NODE, brokerEpoch })
  await settle()
  expect(quorum.waiting.map(({ length }) => length)).toEqual([1_000, 1_000])
  const led = quorum.waiting.flat().map((record) => 'leader' in record && record.leader === 2)
  expect([led.indexOf(false), led.lastIndexOf(true)]).toEqual([1_250, 1_249])
  quorum.commit()
  await settle()
  expect(quorum.waiting.map(({ length }) => length)).toEqual([501])
  expect(quorum.waiting.at(-1)?.at(-1)).toMatchObject({ fenced: true })
  quorum.commit()
  await fenced
  const after = controller.committedImage.topics.byName.get('t1')?.partitions ?? []
  expect(after.filter(({ leader, isr }) => leader === 2 && isr.length === 1)).toHaveLength(2_500)
})

test('a fence that is not wanted any more goes no further', async () => {
  const quorum = new ManualQuorum()
  const { controller } = controllerOver(quorum)
  const partitions = Array.from({ length: 2_500 }, (_, index) => partition(1, index, [1, 2]))
  const image = [{ type: 'ClusterId', clusterId: uuid(1) } as const, broker(1), broker(2), topic(1)]
  quorum.receive(1, ...image, ...partitions)
  quorum.lead(2)
  const { brokerEpoch = -1 } = controller.committedImage.brokers.get(NODE) ?? {}
  let isWanted = true
  const fenced = controller.fenceBroker({ nodeId: NODE, brokerEpoch }, () => isWanted)
  await settle()
  isWanted = false
  quorum.commit()
  await fenced
  expect(quorum.waiting).toEqual([])
  expect(controller.committedImage.brokers.get(NODE)?.fenced).toBe(false)
})

test('what nobody else can lead has its leader again when its fence is not wanted any more', async () => {
  const quorum = new ManualQuorum()
  const { controller } = controllerOver(quorum)
  const partitions = Array.from({ length: 2_500 }, (_, index) => partition(1, index, [1]))
  quorum.receive(1, { type: 'ClusterId', clusterId: uuid(1) }, broker(1), topic(1), ...partitions)
  quorum.lead(2)
  const { brokerEpoch = -1 } = controller.committedImage.brokers.get(NODE) ?? {}
  let isWanted = true
  const fenced = controller.fenceBroker({ nodeId: NODE, brokerEpoch }, () => isWanted)
  await settle()
  quorum.commit()
  isWanted = false
  await settle()
  quorum.commit()
  await fenced
  const { brokers, topics } = controller.committedImage
  expect(brokers.get(NODE)?.fenced).toBe(false)
  const [led] = topics.byName.values()
  expect(led?.partitions.filter(({ leader }) => leader !== NODE)).toEqual([])
})

test('a fence ends although leaders go on to take the broker back', async () => {
  const quorum = new ManualQuorum()
  const { controller } = controllerOver(quorum)
  const partitions = Array.from({ length: 4_000 }, (_, index) => partition(1, index, [2, 1]))
  const image = [{ type: 'ClusterId', clusterId: uuid(1) } as const, broker(1), broker(2), topic(1)]
  quorum.receive(1, ...image, ...partitions)
  quorum.lead(2)
  const epochOf = (id: number) => controller.committedImage.brokers.get(asNodeId(id))?.brokerEpoch
  const isr = [2, 1].map((id) => ({ nodeId: asNodeId(id), brokerEpoch: epochOf(id) ?? -1 }))
  const leader = { nodeId: asNodeId(2), brokerEpoch: epochOf(2) ?? -1 }
  const isFenced = () => controller.committedImage.brokers.get(NODE)?.fenced === true
  const fenced = controller.fenceBroker({ nodeId: NODE, brokerEpoch: epochOf(1) ?? -1 })
  for (let round = 0; round < 50 && !isFenced(); round += 1) {
    await settle()
    const [led] = controller.committedImage.topics.byName.values()
    const wishes = (led?.partitions ?? []).flatMap((now, index) =>
      now.isr.length === 2
        ? []
        : { topicId: topicId(1), partition: index, ...now, isr, isAskedAgain: false },
    )
    const taken = controller.alterPartition({ ...leader, partitions: wishes })
    await settle()
    quorum.commit()
    await taken
  }
  expect(isFenced()).toBe(true)
  await fenced
  const [led] = controller.committedImage.topics.byName.values()
  expect(led?.partitions.filter(({ isr }) => isr.includes(NODE))).toEqual([])
})

describe('claiming the role', () => {
  test('founds the cluster, once, before anything else', async () => {
    const quorum = new ManualQuorum()
    const { controller } = controllerOver(quorum)
    quorum.lead(1)
    const founded = controller.founded()
    const registered = controller.registerBroker(registration(1))
    expect(await stateOf(founded)).toBe('pending')
    expect(quorum.waiting.map((records) => records[0]?.type)).toEqual([
      'ClusterId',
      'RegisterBroker',
    ])
    quorum.commit()
    const { clusterId } = await founded
    expect(clusterId).toMatch(/^[\w-]{22}$/)
    expect([...clusterOverrides(controller.committedImage.configs)]).toEqual([
      ['min.insync.replicas', '2'],
    ])
    await registered
    quorum.lose(2)
    quorum.lead(3)
    expect(quorum.waiting).toEqual([])
  })

  test('elects where a predecessor was cut short', () => {
    const quorum = new ManualQuorum()
    const { controller } = controllerOver(quorum)
    const leaderless = partition(1, 0, [1], { isr: [], elr: [NODE], leader: -1 })
    quorum.receive(1, { type: 'ClusterId', clusterId: uuid(1) }, broker(1), topic(1), leaderless)
    quorum.lead(2)
    expect(quorum.waiting).toEqual([
      [expect.objectContaining({ type: 'PartitionChange', leader: 1 })],
    ])
    quorum.commit()
    expect(controller.committedImage.topics.byName.get('t1')?.partitions[0]?.leader).toBe(1)
  })

  test('that cannot be written down stops the node', () => {
    const quorum = new ManualQuorum()
    const { fatal } = controllerOver(quorum)
    quorum.refuse = 'disk-full'
    quorum.lead(1)
    expect(fatal).toHaveLength(1)
  })
})

describe('a command', () => {
  test('is refused by a node that does not lead', async () => {
    const { controller } = controllerOver(new ManualQuorum())
    expect(await stateOf(controller.createTopics(creation('a')))).toBe('NOT_CONTROLLER')
  })

  test('is answered when its entry is committed, with its offset', async () => {
    const { quorum, controller } = await serving()
    const creating = controller.createTopics(creation('a'))
    expect(await stateOf(creating)).toBe('pending')
    expect(controller.committedImage.topics.byName.size).toBe(0)
    quorum.commit()
    const { metadataOffset, topics } = await creating
    expect([metadataOffset, topics[0]?.errorCode]).toEqual([quorum.commitOffset - 1, 0])
    expect(controller.committedImage.topics.byName.size).toBe(1)
  })

  test('sees what is pending, and waits for it even when it writes nothing', async () => {
    const { quorum, controller } = await serving()
    const first = controller.createTopics(creation('a'))
    const second = controller.createTopics(creation('a'))
    expect(await stateOf(second)).toBe('pending')
    expect(quorum.waiting).toHaveLength(1)
    quorum.commit()
    expect((await first).topics[0]?.errorCode).toBe(0)
    expect((await second).topics[0]?.errorCode).toBe(36)
  })

  test('whose key is pending is answered with what that one came to', async () => {
    const { quorum, controller } = await serving()
    const change = {
      type: 'create-topic',
      topic: { ...creation('a').topics[0], name: 'a' } as CreatableTopic,
    } as const
    const request: ApplyChangesRequest = {
      changes: [{ change, expects: null }],
      validateOnly: false,
      requestKey: { key: 'k', digest: 'd' },
    }
    const first = controller.applyChanges(request)
    const second = controller.applyChanges(request)
    expect(await stateOf(second)).toBe('pending')
    expect(quorum.waiting).toHaveLength(1)
    quorum.commit()
    expect([(await first).appliedAt, (await second).appliedAt]).toEqual([
      null,
      (await first).metadataOffset,
    ])
  })

  test('does not wait for others before it appends: they share an fsync', async () => {
    const { quorum, controller } = await serving()
    const all = Promise.all(['a', 'b', 'c'].map((name) => controller.createTopics(creation(name))))
    await settle()
    expect(quorum.waiting).toHaveLength(3)
    quorum.commit()
    await all
  })

  test('that is refused by the quorum changes nothing that is pending', async () => {
    const { quorum, controller } = await serving()
    quorum.refuse = 'disk-full'
    expect(await stateOf(controller.createTopics(creation('a')))).toBe('KAFKA_STORAGE_ERROR')
    quorum.refuse = null
    const again = controller.createTopics(creation('a'))
    await settle()
    quorum.commit()
    expect((await again).topics[0]?.errorCode).toBe(0)
  })

  test('that meets a bug stops the node', async () => {
    const { controller, fatal, brokerEpoch } = await serving()
    const broken = controller.createTopics(null as never)
    expect(await stateOf(broken)).not.toBe('answered')
    expect(fatal).toHaveLength(1)
    expect(await stateOf(controller.fenceBroker({ nodeId: NODE, brokerEpoch }))).toBe('pending')
  })

  test('finds a bounded queue', async () => {
    const { quorum, controller, brokerEpoch } = await serving()
    const all = Array.from({ length: 2_000 }, () =>
      controller.allocateProducerIds({ nodeId: NODE, brokerEpoch }),
    )
    const outcomes = Promise.allSettled(all)
    await settle()
    expect(quorum.waiting).toHaveLength(500)
    while (quorum.waiting.length > 0) {
      quorum.commit()
      await settle()
    }
    const settled = await outcomes
    const blocks = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(new Set(blocks.map(({ firstProducerId }) => firstProducerId)).size).toBe(blocks.length)
    const refused = settled.flatMap((one): unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    )
    expect(refused.length).toBe(2_000 - blocks.length)
    expect(refused[0]).toMatchObject({ code: 'OVERLOADED' })
    expect(refused.length).toBeGreaterThan(0)
  })

  test('is refused once the controller closes', async () => {
    const { quorum, controller } = await serving()
    const before = controller.createTopics(creation('a'))
    await settle()
    controller.close()
    expect(await stateOf(controller.createTopics(creation('b')))).toBe('NOT_CONTROLLER')
    quorum.commit()
    expect(await stateOf(before)).toBe('answered')
  })
})

describe('losing leadership', () => {
  test('drops what is pending, and what waits is of unknown outcome', async () => {
    const { quorum, controller } = await serving()
    const creating = controller.createTopics(creation('a'))
    await settle()
    quorum.lose(2)
    expect(await stateOf(creating)).toBe('REQUEST_TIMED_OUT')
    expect(controller.isActive).toBe(false)

    quorum.receive(2, topic(9, 'theirs'), partition(9, 0, [1]))
    quorum.lead(3)
    const again = controller.createTopics(creation('a', 'theirs'))
    await settle()
    quorum.commit()
    expect((await again).topics.map(({ errorCode }) => errorCode)).toEqual([0, 36])
  })

  test('to a failed disk leaves the outcome open', async () => {
    const { quorum, controller } = await serving()
    const creating = controller.createTopics(creation('a'))
    await settle()
    quorum.fail()
    expect(await stateOf(creating)).toBe('REQUEST_TIMED_OUT')
  })
})

describe('over the real quorum', () => {
  const DIRECTORY = '/data/__cluster_metadata-0'

  /** Starts, registers and unfences as a node does. */
  async function boot(disk: CrashDisk, incarnation: number) {
    const node = new QuorumNode({ disk, directory: DIRECTORY, maxBytesBetweenSnapshots: 2_000 })
    const { controller, fatal } = controllerOver(node.quorum)
    await node.start()
    const { clusterId } = await controller.founded()
    const { brokerEpoch } = await controller.registerBroker(registration(incarnation))
    const epochs = { nodeId: NODE, brokerEpoch }
    await controller.unfenceBroker(epochs)
    return { node, controller, fatal, clusterId, epochs }
  }

  test('a cluster lives through restarts: same id, leaders in new epochs, ids never twice', async () => {
    const disk = new CrashDisk()
    const clusterIds = new Set<string | null>()
    const firstIds: number[] = []
    for (let life = 1; life <= 5; life += 1) {
      const { node, controller, fatal, clusterId, epochs } = await boot(disk, life)
      clusterIds.add(clusterId)
      await Promise.all(
        Array.from({ length: 10 }, (_, n) => controller.createTopics(creation(`t${life}-${n}`))),
      )
      firstIds.push((await controller.allocateProducerIds(epochs)).firstProducerId)
      const { committedImage } = controller
      expect([...imageRecords(committedImage)]).toEqual([
        ...imageRecords(node.loader.committedImage),
      ])
      expect(committedImage.topics.byName.size).toBe(10 * life)
      for (const { partitions, name } of committedImage.topics.byName.values()) {
        // Each later life ended the old leadership and began a new one.
        const lives = life - Number(name.slice(1, name.indexOf('-')))
        expect(partitions).toEqual([expect.objectContaining({ leader: 1, leaderEpoch: 2 * lives })])
      }
      expect(fatal).toEqual([])
      controller.close()
      // Every other life ends without a stop.
      if (life % 2 === 0) await node.quorum.close()
    }
    expect(clusterIds.size).toBe(1)
    expect(firstIds).toEqual([0, 1_000, 2_000, 3_000, 4_000])
  })
})
