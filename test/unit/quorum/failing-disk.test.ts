/**
 * Goal: a failed fsync stops the node whatever it was for, and a full disk does not (S18): neither
 * when a leader sends a snapshot, nor while the quorum is founded (S1). What a killed process left
 * in the page cache counts once it is durable (S8).
 * Method: the parts that have no driver behind them are called as a transport calls them, on a disk
 * that fails, or is full, when told to.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostRandom } from '../../../src/host/random.ts'
import { MetadataLoader } from '../../../src/metadata/loader.ts'
import { entryLogs } from '../../../src/node/metadata-log.ts'
import type { FoundingPeers, Introduction } from '../../../src/quorum/ports.ts'
import { Quorum } from '../../../src/quorum/quorum.ts'
import {
  NO_QUORUM_STATE,
  readQuorumState,
  writeQuorumState,
} from '../../../src/quorum/quorum-state.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { SnapshotStore } from '../../../src/quorum/snapshot-store.ts'
import { SnapshotReceiver } from '../../../src/quorum/snapshot-transfer.ts'
import { Crash, CrashDisk } from '../base/crash-disk.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { uuid } from '../metadata/images.ts'
import { NO_PEERS } from './no-peers.ts'

const DIRECTORY = '/data/__cluster_metadata-0'
const keyOf = (nodeId: number) =>
  replicaKey({ nodeId: asNodeId(nodeId), directoryId: uuid(nodeId) })

test('a failed fsync of a snapshot that a leader sends stops the node', async () => {
  const disk = new CrashDisk()
  const snapshots = new SnapshotStore({ disk, directory: DIRECTORY })
  const id = { endOffset: 7, epoch: 2 }
  const configuration = { voters: [keyOf(1)], outgoing: [], learners: [] }
  await snapshots.write(id, { configuration, records: [] })
  const bytes = new Uint8Array(disk.sizeBytes(snapshots.pathOf(id)) ?? 0)
  disk.open(snapshots.pathOf(id), 'read').readAt(bytes, 0)

  const failures: Error[] = []
  const failed = (error: Error) => failures.push(error)
  const receiver = new SnapshotReceiver({ disk, clock: hostClock, snapshots, failed })
  const offer = { from: keyOf(1), ...id, sizeBytes: bytes.byteLength }
  const incoming = receiver.receive(offer)
  incoming?.write(bytes, 0)
  disk.failSync = true
  await expect(incoming?.finish()).rejects.toThrow('EIO')
  expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining('EIO')])
  expect(receiver.has(id)).toBe(false)
})

/** Node 1 of two; what it is asked, and what it asks, go by the test. */
function founder(introduce: FoundingPeers['introduce']) {
  const disk = new CrashDisk()
  const clock = new ManualClock()
  const fatal: Error[] = []
  const asked: { answer: Answer | null } = { answer: null }
  const quorum = new Quorum({
    ...{ disk, clock, random: hostRandom, logger: silentLogger, directory: DIRECTORY },
    self: { nodeId: asNodeId(1), directoryId: uuid(1) },
    incarnationId: uuid(9),
    voters: [1, 2].map((nodeId) => ({ nodeId: asNodeId(nodeId), host: 'localhost', port: 1 })),
    openLog: entryLogs({
      ...{ disk, clock, logger: silentLogger },
      fatal: (error) => fatal.push(error),
    }),
    transport: NO_PEERS,
    foundingPeers: { introduce, onIntroduction: (answer) => (asked.answer = answer) },
    snapshotSource: new MetadataLoader({ publishers: [], onFault: () => undefined }),
    maxBytesBetweenSnapshots: Infinity,
    electionTimeoutMs: 1_000,
    onFatal: (error) => fatal.push(error),
  })
  return { disk, clock, fatal, asked, quorum }
}

type Answer = Parameters<FoundingPeers['onIntroduction']>[0]

const OTHER: Introduction = {
  replica: keyOf(2),
  incarnationId: uuid(8),
  clusterId: null,
  founders: null,
  founded: false,
}

describe('a founder that is asked to be bound', () => {
  test('stops when the fsync fails', async () => {
    const { disk, fatal, asked, quorum } = founder(NO_PEERS.introduce)
    await quorum.start()
    disk.failSync = true
    expect(() => asked.answer?.(OTHER, [keyOf(1), keyOf(2)])).toThrow('EIO')
    expect(fatal.map(({ message }) => message)).toEqual([expect.stringContaining('EIO')])
    await quorum.close()
  })

  test('refuses while there is no space, and is bound when there is', async () => {
    const { disk, fatal, asked, quorum } = founder(NO_PEERS.introduce)
    await quorum.start()
    disk.writeBytesMax = 10
    expect(() => asked.answer?.(OTHER, [keyOf(1), keyOf(2)])).toThrow('wrote 10 of')
    disk.writeBytesMax = Infinity
    const answer = asked.answer?.(OTHER, [keyOf(1), keyOf(2)])
    expect(answer?.founders).toEqual([keyOf(1), keyOf(2)])
    expect(fatal).toEqual([])
    await quorum.close()
  })
})

test('what a killed process had renamed counts once it is durable', async () => {
  const { disk, quorum } = founder(NO_PEERS.introduce)
  const founders = [keyOf(1), keyOf(2)]
  const state = { ...NO_QUORUM_STATE, founders, founded: true }
  writeQuorumState(disk, DIRECTORY, { ...state, term: 1 })
  // Killed behind the rename, before the directory was synced.
  disk.crashAt = disk.operations + 5
  expect(() => writeQuorumState(disk, DIRECTORY, { ...state, term: 2 })).toThrow(Crash)
  disk.crashAt = Infinity
  const durable = () => disk.afterCrash({ entries: 'durable', contents: 'durable' })
  expect(readQuorumState(durable(), DIRECTORY)?.term).toBe(1)
  await quorum.start()
  expect(quorum.driver?.raft.status.term).toBe(2)
  expect(readQuorumState(durable(), DIRECTORY)?.term).toBe(2)
  await quorum.close()
})

test('a founder that is to bind itself waits for space', async () => {
  const founders = [keyOf(1), keyOf(2)]
  const introduce = () => Promise.resolve({ ...OTHER, founders })
  const { disk, clock, fatal, quorum } = founder(introduce)
  await quorum.start()
  disk.writeBytesMax = 10
  await clock.advance(3_000)
  expect(quorum.driver).toBeNull()
  disk.writeBytesMax = Infinity
  await clock.advance(3_000)
  expect(quorum.driver?.raft.configuration.voters).toEqual(founders)
  expect(fatal).toEqual([])
  await quorum.close()
})
