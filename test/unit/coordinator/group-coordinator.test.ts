/**
 * Goal: what a broker answers for all groups that it coordinates: that something cannot be told is
 * said, in words that clients try again for. Method: the coordinator of one partition, whose three
 * replicas are on logs in memory and fetch by hand.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { loadNodeConfig } from '../../../src/config/load.ts'
import { GroupCoordinator } from '../../../src/coordinator/runtime/group-coordinator.ts'
import { CommittedViews } from '../../../src/coordinator/view/committed-views.ts'
import { MemoryStore } from '../../../src/host/memory-store.ts'
import { MetadataDelta } from '../../../src/metadata/delta.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { imageWith, partition, topic, topicId } from '../metadata/images.ts'
import { Replicas } from '../replication/replicas.ts'
import { at } from './group-bench.ts'

const GROUP = 'g'
const config = loadNodeConfig()

let replicas: Replicas
let groups: GroupCoordinator
beforeEach(async () => {
  replicas = new Replicas()
  replicas.elect(1)
  const fatal = (error: Error) => {
    throw error
  }
  const ports = { clock: replicas.clock, logger: silentLogger }
  const store = MemoryStore.of(await MemoryStore.create())
  const cleaner = { cleanedOffset: () => 0, holdBack: () => () => {} }
  const views = new CommittedViews({ ...ports, store, cleaner, onFatal: fatal })
  groups = new GroupCoordinator(
    { nodeId: asNodeId(1), config },
    {
      ...{ ...ports, fatal, views, holdsLease: () => true },
      random: { next: () => 0, bytes: (count) => new Uint8Array(count) },
      partition: () => replicas.partition(1),
      creator: { createTopic: () => Promise.resolve({ errorCode: errors.NONE, reason: null }) },
    },
  )
})
afterEach(() => groups.close())

/** Lets promises run, and what is to run as soon as others had their turn. */
async function turns(): Promise<void> {
  for (let count = 0; count < 20; count += 1) {
    replicas.clock.advance(0)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const IMAGE = imageWith(
  topic(1, '__consumer_offsets'),
  partition(1, 0, [1, 2, 3]),
  topic(2, 't'),
  partition(2, 0, [1]),
)

/** The coordinator serves, and something is decided that nobody has confirmed. */
async function commitWithoutReplicas(): Promise<void> {
  const image = IMAGE
  const delta = new MetadataDelta(EMPTY_IMAGE)
  delta.replaceBy(image)
  groups.onMetadataUpdate(delta, image)
  await turns()
  void groups.ask({
    api: 'OffsetCommit',
    apiVersion: 8,
    body: {
      ...{ groupId: GROUP, generationIdOrMemberEpoch: -1, memberId: '', groupInstanceId: null },
      ...{ retentionTimeMs: -1, topics: [{ name: 't', partitions: [at(0, 1)] }] },
    },
  })
}

/** What is told when nothing is confirmed for as long as anybody waits. */
async function late<Answer>(asked: Promise<Answer>): Promise<Answer> {
  await turns()
  replicas.clock.advance(config['offsets.commit.timeout.ms'])
  return asked
}

const read = (topics: readonly { name: string; partitionIndexes: number[] }[] | null) =>
  groups.fetchOffsets(8, { groupId: GROUP, topics })

test('a consumer that is here too early is sent to ask who coordinates', async () => {
  const { errorCode } = await read([{ name: 't', partitionIndexes: [0] }])
  expect(errorName(errorCode)).toBe('NOT_COORDINATOR')
})

test('all offsets that cannot be told are not told, in a word that consumers know', async () => {
  await commitWithoutReplicas()
  const { errorCode, topics } = await late(read(null))
  expect([errorName(errorCode), topics]).toEqual(['NOT_COORDINATOR', []])
})

test('a list without the groups of a partition says so', async () => {
  await commitWithoutReplicas()
  const told = await late(groups.list([]))
  expect([errorName(told.errorCode), told.groups]).toEqual(['COORDINATOR_NOT_AVAILABLE', []])
  replicas.settle()
  await turns()
  const again = await groups.list([])
  expect([errorName(again.errorCode), again.groups.map(({ groupId }) => groupId)]).toEqual([
    'NONE',
    [GROUP],
  ])
})

test('offsets of a deleted topic are forgotten, also when the log takes nothing at first', async () => {
  await commitWithoutReplicas()
  await turns()
  replicas.settle()
  await turns()
  const offset = async () => {
    const { topics } = await read([{ name: 't', partitionIndexes: [0] }])
    return topics[0]?.partitions[0]?.committedOffset
  }
  expect(await offset()).toBe(1)

  const led = replicas.partition(1)
  const { config: before } = led
  replicas.isr = [1, 2]
  replicas.partitionEpoch += 1
  replicas.inform(1)
  led.updateConfig({ ...before, 'min.insync.replicas': 3 })
  const delta = new MetadataDelta(IMAGE)
  delta.replay({ type: 'RemoveTopic', topicId: topicId(2) })
  groups.onMetadataUpdate(delta, delta.apply({ offset: IMAGE.metadataOffset + 1, epoch: 1 }))
  await turns()
  expect(await offset()).toBe(1)

  led.updateConfig(before)
  replicas.clock.advance(1_000)
  await turns()
  replicas.settle()
  await turns()
  expect(await offset()).toBe(-1)
})
