/**
 * Goal: what comes between the turns of an update of metadata (a request, the stop) finds each
 * partition as it was or as it is to be, and one log of it.
 * Method: the real manager over a disk in memory, and a clock on which every look takes so long
 * that each partition has a turn of its own.
 */
import { beforeEach, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { loadNodeConfig } from '../../../src/config/load.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { MetadataDelta } from '../../../src/metadata/delta.ts'
import { EMPTY_IMAGE, type MetadataImage } from '../../../src/metadata/image.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { Partition } from '../../../src/replication/partition.ts'
import { ReplicaManager } from '../../../src/replication/replica-manager.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { FaultyDisk } from '../log/faulty-disk.ts'
import { config } from '../log/fixture.ts'
import { MemoryDisk } from '../log/memory-disk.ts'
import { broker, partition, topic, topicId } from '../metadata/images.ts'

const SELF = asNodeId(1)

class SlowClock extends ManualClock {
  #lookedMs = 0

  override monotonicMs(): number {
    return super.monotonicMs() + (this.#lookedMs += 2_000)
  }
}

let clock: SlowClock
let disk: FaultyDisk
let logs: LogManager
let replicas: ReplicaManager
let image: MetadataImage

beforeEach(async () => {
  clock = new SlowClock()
  disk = new FaultyDisk(new MemoryDisk())
  const fatal = (error: Error) => {
    throw error
  }
  logs = LogManager.open({
    ...{ disk, clock, logger: silentLogger, directory: '/logs', onFatal: fatal },
    random: { next: () => 0, bytes: (count) => new Uint8Array(count) },
    configOf: () => config,
  })
  const nobody = () => Promise.reject(new LograftError('NOT_CONTROLLER', 'nobody is asked'))
  const net = {
    connect: () => {
      throw new Error('nobody is followed')
    },
    listen: nobody,
  }
  replicas = new ReplicaManager(
    { nodeId: SELF, config: loadNodeConfig() },
    {
      ...{ clock, net, logger: silentLogger, logs, fatal, holdsLease: () => true },
      controller: { alterPartition: nobody, tellLogEnds: nobody, leaveIsr: nobody },
    },
  )
  image = EMPTY_IMAGE
  await whole(update(broker(1)))
})

/** Begins to publish what these records say. */
function update(...records: MetadataRecord[]): Promise<void> {
  const delta = new MetadataDelta(image)
  for (const record of records) delta.replay(record)
  image = delta.apply({ offset: image.metadataOffset + 1, epoch: 1 })
  return replicas.onMetadataUpdate(delta, image)
}

async function whole(updated: Promise<void>): Promise<void> {
  const state = { isOver: false }
  const over = updated.finally(() => (state.isOver = true))
  // Disk and clock take turns.
  while (!state.isOver) await clock.advance(0)
  await over
}

const ledAgain = (...indexes: number[]) =>
  indexes.map((index): MetadataRecord => {
    return { type: 'PartitionChange', topicId: topicId(1), partition: index, leader: SELF }
  })

function found(index: number): Partition {
  const hosted = replicas.find('t1', index)
  if (hosted instanceof Partition) return hosted
  throw new Error(`offline: ${hosted}`)
}

test('a log that a request has opened between the turns of an update is that of the partition', async () => {
  disk.rules = [{ at: 'rename', pathEnds: 'partition.metadata', fault: 'full' }]
  await whole(update(topic(1), partition(1, 0, [1]), partition(1, 1, [1])))
  expect([0, 1].map((index) => replicas.find('t1', index))).toEqual([56, 56])
  disk.rules = []
  const records = buildBatch({ records: [{ value: new TextEncoder().encode('x') }] })
  const answers: unknown[] = []
  const request = () => {
    if (!logs.get('t1', 0)) clock.timer(0, request)
    else answers.push(logs.get('t1', 1), found(1).append(records, { acks: 1, apiVersion: 9 }))
  }
  clock.timer(0, request)
  await whole(update(...ledAgain(0, 1)))
  expect(answers).toMatchObject([undefined, { errorCode: 0 }])
  expect(found(1).log).toBe(logs.get('t1', 1))
  expect([found(1).log.logEndOffset, found(1).leaderEpoch]).toEqual([1, 1])
})

test('what comes and goes waits for the disk, and those who are served do not', async () => {
  await whole(update(topic(1), topic(2), partition(1, 0, [1]), partition(2, 0, [1])))
  const records = () => buildBatch({ records: [{ value: new TextEncoder().encode('x') }] })
  const answer = () => found(0).append(records(), { acks: 1, apiVersion: 9 })
  disk.calls.clear()
  disk.holdSyncs()
  const updated = update(
    { type: 'RemoveTopic', topicId: topicId(2) },
    ...[topic(3), partition(3, 0, [1]), partition(3, 1, [1])],
  )
  // The directory of what goes, and the list of what comes.
  while (disk.heldSyncs < 2) await clock.advance(0)
  expect(answer()).toMatchObject({ errorCode: 0 })
  expect([replicas.find('t2', 0), replicas.find('t3', 0)]).toEqual([3, 3])
  disk.release()
  await whole(updated)
  expect(replicas.find('t3', 1)).toBeInstanceOf(Partition)
  expect(answer()).toMatchObject({ errorCode: 0 })
  // File and directory of the list, and the renamed directory: nothing was fsynced twice.
  expect([disk.calls.get('sync'), disk.calls.get('syncDirectory')]).toEqual([1, 2])
})

test('whoever has resigned leads nothing and opens nothing, whatever metadata says next', async () => {
  await whole(update(topic(1), partition(1, 0, [1])))
  replicas.resign()
  await whole(update(...ledAgain(0)))
  expect(found(0).leading).toBeNull()
  await whole(update(topic(2), partition(2, 0, [1])))
  expect(logs.get('t2', 0)).toBeUndefined()
})
