/**
 * Goal: the quorum of one commits what is fsynced and nothing else, delivers it in order before it
 * answers, shares fsyncs, never leads a term twice (A11), snapshots by bytes and forgets the log
 * behind, and stops at the first failed fsync.
 * Method: the real log on a real disk, wrapped to count and to hold or fail its fsyncs.
 */
import fs from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Disk } from '../../../src/base/disk.ts'
import { DiskError } from '../../../src/base/disk.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import {
  NO_QUORUM_STATE,
  readQuorumState,
  writeQuorumState,
} from '../../../src/quorum/quorum-state.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { SnapshotStore } from '../../../src/quorum/snapshot-store.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { topicId, uuid } from '../metadata/images.ts'
import { NODE_ID, named, QuorumNode, started } from './quorum-node.ts'

let temporary: TempDir
let directory: string

beforeEach(async () => {
  temporary = await tempDir()
  // Not there yet: the quorum makes it.
  directory = `${temporary.path}/__cluster_metadata-0`
})
afterEach(() => temporary[Symbol.asyncDispose]())

/** The real disk; `sync` can be held, failed and counted, writes can find it full. */
function watchedDisk() {
  const watched = {
    syncs: 0,
    onSync: () => {},
    failSync: false,
    /** Whether writes to a file find no space. */
    full: (_path: string) => false,
    /** When set, asynchronous fsyncs wait for it. */
    hold: null as Promise<void> | null,
  }
  const disk: Disk = {
    ...hostDisk,
    open(path, mode) {
      const file = hostDisk.open(path, mode)
      return {
        path,
        sizeBytes: () => file.sizeBytes(),
        readAt: (target, bytePosition) => file.readAt(target, bytePosition),
        writeAt: (chunks, bytePosition) =>
          watched.full(path) ? 0 : file.writeAt(chunks, bytePosition),
        truncate: (sizeBytes) => file.truncate(sizeBytes),
        async sync() {
          watched.syncs += 1
          watched.onSync()
          await watched.hold
          if (watched.failSync) throw new DiskError('DISK_FAILED', 'EIO')
          await file.sync()
        },
        syncNow: () => file.syncNow(),
        close: () => file.close(),
      }
    },
  }
  return { disk, watched }
}

describe('a start', () => {
  test('commits an entry of its own term before it leads', async () => {
    const node = await started({ disk: hostDisk, directory })
    expect(node.told).toEqual(['0@1 ', 'caught up', 'leads 1'])
    expect(node.quorum.leadership).toEqual({ epoch: 1, leaderId: NODE_ID, isLeader: true })
    await node.quorum.close()
  })

  test('is refused while others than those it was bound to are named', async () => {
    hostDisk.makeDirectory(directory)
    const founders = [1, 2].map((id) => replicaKey({ nodeId: asNodeId(id), directoryId: uuid(1) }))
    const bound = { ...NO_QUORUM_STATE, founders }
    writeQuorumState(hostDisk, directory, bound)
    await expect(started({ disk: hostDisk, directory })).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    })
    expect(readQuorumState(hostDisk, directory)).toEqual(bound)
  })

  test('that is given up in the middle of the election leads nothing', async () => {
    const { disk, watched } = watchedDisk()
    const node = new QuorumNode({ disk, directory })
    await node.quorum.start()
    // The entry of its term is being written.
    await new Promise<void>((syncs) => {
      watched.onSync = syncs
    })
    await node.quorum.close()
    expect(node.told).toEqual(['0@1 ', 'caught up'])
    expect([node.quorum.leadership.isLeader, node.fatal]).toEqual([false, []])
  })

  test('replays everything, and is a new term', async () => {
    const first = await started({ disk: hostDisk, directory })
    await first.append(named('a', 1))
    await first.append(named('b', 2))
    await first.quorum.close()
    const second = await started({ disk: hostDisk, directory })
    expect(second.told).toEqual(['0@1 ', '1@1 Topic', '2@1 Topic', '3@2 ', 'caught up', 'leads 2'])
    expect(second.topics).toEqual(['a', 'b'])
    await second.quorum.close()
  })

  test('without a stop before it is a new term too', async () => {
    const first = await started({ disk: hostDisk, directory })
    await first.append(named('a', 1))
    const second = await started({ disk: hostDisk, directory })
    expect(second.told.at(-1)).toBe('leads 2')
    expect(second.topics).toEqual(['a'])
    await second.quorum.close()
  })

  test('that died between its hard state and its first entry has used up its term', async () => {
    hostDisk.makeDirectory(directory)
    writeQuorumState(hostDisk, directory, {
      ...NO_QUORUM_STATE,
      term: 5,
      founders: [replicaKey({ nodeId: NODE_ID, directoryId: uuid(1) })],
      founded: true,
    })
    const node = await started({ disk: hostDisk, directory })
    expect(node.told.at(-1)).toBe('leads 6')
    await node.quorum.close()
  })

  test('publishes only once it has caught up', async () => {
    const node = await started({ disk: hostDisk, directory })
    expect(node.loader.publishedImage).toBe(node.loader.committedImage)
    await node.quorum.close()
  })
})

describe('an append', () => {
  test('is committed only after its fsync, and answered only after it was delivered', async () => {
    const { disk, watched } = watchedDisk()
    const node = await started({ disk, directory })
    let release = () => {}
    watched.hold = new Promise((resolve) => {
      release = resolve
    })
    const outcome = node.append(named('a', 1))
    let answered = false
    void outcome.then(() => {
      answered = true
      expect(node.topics).toEqual(['a'])
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect([answered, node.topics, node.quorum.commitOffset]).toEqual([false, [], 1])
    expect(node.quorum.nextOffset).toBe(2)
    release()
    expect(await outcome).toEqual({ outcome: 'ok', offset: 1 })
    expect(node.log?.highWatermark).toBe(2)
    await node.quorum.close()
  })

  test('shares its fsync with those that come while one runs', async () => {
    const { disk, watched } = watchedDisk()
    const node = await started({ disk, directory })
    const before = watched.syncs
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, number) => node.append(named(`t${number}`, number))),
    )
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array<string>(50).fill('ok'))
    expect(watched.syncs - before).toBeLessThanOrEqual(2)
    expect(node.topics).toHaveLength(50)
    await node.quorum.close()
  })

  test('in another epoch, or after the stop, is refused', async () => {
    const node = await started({ disk: hostDisk, directory })
    expect(node.quorum.append(7, [])).toEqual({ accepted: false, reason: 'not-leader' })
    await node.quorum.close()
    expect(node.quorum.append(1, [])).toEqual({ accepted: false, reason: 'stopped' })
  })

  test('beyond the bounds is refused, and leaves no trace', async () => {
    const node = await started({ disk: hostDisk, directory })
    const many = Array.from({ length: 10_001 }, () => ({ type: 'NoOp' }) as const)
    const large = named('x'.repeat(8 * 1024 * 1024), 1)
    for (const records of [many, [large]])
      expect(node.quorum.append(1, records)).toEqual({ accepted: false, reason: 'too-large' })
    expect(node.quorum.nextOffset).toBe(1)
    await node.quorum.close()
  })

  test('is refused when too many wait', async () => {
    const { disk, watched } = watchedDisk()
    const node = await started({ disk, directory })
    let release = () => {}
    watched.hold = new Promise((resolve) => {
      release = resolve
    })
    const waiting = Array.from({ length: 1_000 }, () => node.append({ type: 'NoOp' }))
    expect(() => node.append({ type: 'NoOp' })).toThrow('overloaded')
    release()
    await Promise.all(waiting)
    await node.append({ type: 'NoOp' })
    await node.quorum.close()
  })

  test('on a full disk is refused, and works again when there is space', async () => {
    const { disk, watched } = watchedDisk()
    const node = await started({ disk, directory })
    const foundFull = new Promise<void>((resolve) => {
      watched.full = () => {
        resolve()
        return true
      }
    })
    // The first one finds it out, and waits for space: nobody can say yet what becomes of it.
    const first = node.append(named('a', 1))
    await foundFull
    await new Promise((resolve) => setImmediate(resolve))
    expect(() => node.append(named('b', 2))).toThrow('disk-full')
    watched.full = () => false
    expect(await first).toEqual({ outcome: 'ok', offset: 1 })
    expect(await node.append(named('c', 3))).toEqual({ outcome: 'ok', offset: 2 })
    await node.quorum.close()
    const again = await started({ disk: hostDisk, directory })
    expect([again.topics, node.fatal]).toEqual([['a', 'c'], []])
    await again.quorum.close()
  })

  test('whose fsync fails is of unknown outcome, and the node must stop', async () => {
    const { disk, watched } = watchedDisk()
    const node = await started({ disk, directory })
    watched.failSync = true
    const outcomes = [node.append(named('a', 1)), node.append(named('b', 2))]
    expect(await Promise.all(outcomes)).toEqual([{ outcome: 'unknown' }, { outcome: 'unknown' }])
    expect(node.fatal).toHaveLength(1)
    expect(node.topics).toEqual([])
    // Not even when fsync would work again: the page cache may have dropped what it could not
    // write.
    watched.failSync = false
    expect(() => node.append(named('c', 3))).toThrow('stopped')
    await node.quorum.close().catch(() => {})
  })

  test('that a listener cannot apply stops the node, and is not called a success', async () => {
    const node = await started({ disk: hostDisk, directory })
    const unknown = { type: 'RemoveTopic', topicId: topicId(1) } as const
    expect(await node.append(unknown)).toEqual({ outcome: 'unknown' })
    expect(node.fatal.map(({ name }) => name)).toEqual(['AssertionError'])
    await node.quorum.close()
  })
})

describe('snapshots', () => {
  const SMALL = { maxBytesBetweenSnapshots: 1_500, disk: hostDisk }
  const files = async () => (await fs.readdir(directory)).filter((name) => !name.includes('index'))

  /** Appends one topic at a time, letting snapshots happen. */
  async function appendTopics(node: QuorumNode, from: number, to: number) {
    for (let number = from; number < to; number += 1) {
      await node.append(named(`t${number}`, number))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  test('are taken by bytes; two are kept, and the log behind the older one goes', async () => {
    const node = await started({ ...SMALL, directory })
    await appendTopics(node, 0, 100)
    await node.quorum.close()
    const snapshots = new SnapshotStore({ disk: hostDisk, directory }).list()
    expect(snapshots).toHaveLength(2)
    const [older] = snapshots
    expect(node.log?.logStartOffset).toBe(older?.endOffset)
    const [oldestSegment] = (await files()).filter((name) => name.endsWith('.log'))
    expect(Number(oldestSegment?.slice(0, 20))).toBe(older?.endOffset)

    const again = await started({ ...SMALL, directory })
    expect(again.told[0]).toBe(`snapshot ${snapshots[1]?.endOffset}@1`)
    expect(again.topics).toHaveLength(100)
    await again.quorum.close()
  })

  test('survive the loss of the newest one', async () => {
    const node = await started({ ...SMALL, directory })
    await appendTopics(node, 0, 100)
    await node.quorum.close()
    const store = new SnapshotStore({ disk: hostDisk, directory })
    const [older, newest] = store.list()
    if (older === undefined || newest === undefined) throw new Error('two were kept')
    await fs.truncate(store.pathOf(newest), 200)
    const again = await started({ ...SMALL, directory })
    expect(again.told[0]).toBe(`snapshot ${older.endOffset}@1`)
    expect(again.topics).toHaveLength(100)
    await again.quorum.close()
  })

  test('that a trimmed log needs and that are gone refuse the start', async () => {
    const node = await started({ ...SMALL, directory })
    await appendTopics(node, 0, 100)
    await node.quorum.close()
    const store = new SnapshotStore({ disk: hostDisk, directory })
    for (const id of store.list()) await fs.truncate(store.pathOf(id), 200)
    const before = await files()
    await expect(started({ ...SMALL, directory })).rejects.toThrow(
      expect.objectContaining({
        code: 'METADATA_UNUSABLE',
        message: expect.stringMatching(/begins at offset \d+.*damaged at byte.*learner/) as string,
      }) as Error,
    )
    expect(await files()).toEqual(before)
  })

  test('of a full disk are given up; the node goes on', async () => {
    const { disk, watched } = watchedDisk()
    const node = await started({ ...SMALL, disk, directory })
    await appendTopics(node, 0, 10)
    watched.full = (path) => path.includes('.checkpoint')
    const outcome = node.append(...Array.from({ length: 20 }, (_, n) => named(`u${n}`, 1_000 + n)))
    expect((await outcome).outcome).toBe('ok')
    await new Promise((resolve) => setImmediate(resolve))
    watched.full = () => false
    await appendTopics(node, 10, 20)
    expect(node.fatal).toEqual([])
    await node.quorum.close()
    const again = await started({ ...SMALL, directory })
    expect(again.topics).toHaveLength(40)
    await again.quorum.close()
  })
})

describe('what cannot be rebuilt', () => {
  test.each([
    ['missing', (path: string) => fs.rm(path)],
    ['empty', (path: string) => fs.truncate(path, 0)],
    ['garbled', (path: string) => fs.writeFile(path, '{"leaderEpoch":1}')],
  ])('a quorum-state that is %s beside a log refuses the start', async (_what, harm) => {
    const node = await started({ disk: hostDisk, directory })
    await node.append(named('a', 1))
    await node.quorum.close()
    await harm(`${directory}/quorum-state`)
    await expect(started({ disk: hostDisk, directory })).rejects.toThrow(
      expect.objectContaining({
        code: 'METADATA_UNUSABLE',
        message: expect.stringContaining('under a new directory id') as string,
      }) as Error,
    )
  })

  test('a log that lost its end, though it was closed cleanly, refuses the start', async () => {
    const node = await started({ disk: hostDisk, directory })
    await node.append(named('a', 1))
    await node.quorum.close()
    await fs.rm(`${directory}/00000000000000000000.log`)
    await expect(started({ disk: hostDisk, directory })).rejects.toThrow(
      expect.objectContaining({ code: 'METADATA_UNUSABLE' }) as Error,
    )
  })
})
