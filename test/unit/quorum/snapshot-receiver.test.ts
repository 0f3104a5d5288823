/**
 * Goal: a received snapshot that a batch on its way to the disk names stays until that batch is
 * written, whatever else is offered (S8); then the next one may come.
 * Method: the receiver on a disk in memory, called in the order in which transport and driver do.
 * (Two snapshots within one slow write are too rare for the simulator.)
 */
import { expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { SnapshotStore } from '../../../src/quorum/snapshot-store.ts'
import { SnapshotReceiver } from '../../../src/quorum/snapshot-transfer.ts'
import { CrashDisk } from '../base/crash-disk.ts'
import { uuid } from '../metadata/images.ts'

const LEADER = replicaKey({ nodeId: asNodeId(1), directoryId: uuid(1) })

test('a named snapshot is not replaced before it is adopted', async () => {
  const disk = new CrashDisk()
  const snapshots = new SnapshotStore({ disk, directory: '/data' })
  const failed = (error: Error) => {
    throw error
  }
  const receiver = new SnapshotReceiver({ disk, clock: hostClock, snapshots, failed })
  const [named, newer] = [
    { endOffset: 7, epoch: 2 },
    { endOffset: 9, epoch: 2 },
  ] as const
  const bytes = await bytesOf(named)
  const offer = { from: LEADER, sizeBytes: bytes.byteLength }

  const incoming = receiver.receive({ ...offer, ...named })
  incoming?.write(bytes, 0)
  await incoming?.finish()
  expect(receiver.has(named)).toBe(true)
  receiver.keepUntilAdopted()
  expect(receiver.receive({ ...offer, ...newer })).toBeNull()
  expect(receiver.has(named)).toBe(true)
  snapshots.adopt(named)
  expect(snapshots.list()).toEqual([named])
  expect(receiver.receive({ ...offer, ...newer })?.receivedBytes).toBe(0)
  expect(snapshots.list()).toEqual([named])
})

/** Of a snapshot as a leader would send it. */
async function bytesOf(id: { endOffset: number; epoch: number }): Promise<Uint8Array> {
  const disk = new CrashDisk()
  const snapshots = new SnapshotStore({ disk, directory: '/data' })
  const configuration = { voters: [LEADER], outgoing: [], learners: [] }
  await snapshots.write(id, { configuration, records: [] })
  const bytes = new Uint8Array(disk.sizeBytes(snapshots.pathOf(id)) ?? 0)
  disk.open(snapshots.pathOf(id), 'read').readAt(bytes, 0)
  return bytes
}
