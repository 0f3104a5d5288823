// Goal: an fsync that fails stops the node, whatever it was for (SAFETY S18), also where its caller
// can go on without one partition.
// Method: the real manager; of every thing it does at once, and of a start, each fsync fails in
// turn: the node is told to stop, or does not start.
import { expect, test } from 'vitest'
import { DiskError } from '../../../src/base/disk.ts'
import { asTopicId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { SyncFailed } from '../../../src/log/sync-failed.ts'
import type { Fault, FaultPoint } from './faulty-disk.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { ManualClock, TOPIC_ID, append, batchOf, config } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const OTHER_ID = asTopicId('BBBBBBBBBBBBBBBBBBBBBA')
const names = [0, 1].map((partition) => ({ topic: 't', partition }))
const requests = (topicId = TOPIC_ID) => names.map((name) => ({ ...name, topicId, config }))

/** One fsync fails, of those from now on. */
class FailingDisk extends FaultyDisk {
  #left = Infinity
  hasFailed = false

  failSync(index: number): void {
    this.#left = index
  }

  override due(at: FaultPoint, path: string): Fault | null {
    if (at !== 'sync' && at !== 'syncDirectory') return super.due(at, path)
    this.#left -= 1
    if (this.#left !== -1) return super.due(at, path)
    this.hasFailed = true
    // Bytes that were written and found no space are lost like any others.
    return 'full'
  }
}

/** Those that one time or another it was told to stop for. */
let fatal: Error[] = []

function open(disk: FaultyDisk): LogManager {
  return LogManager.open({
    ...{ disk, clock: new ManualClock(), logger: silentLogger, directory: '/logs' },
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill(7) },
    configOf: () => config,
    onFatal: (error) => fatal.push(error),
  })
}

/** Two logs with records in them that the checkpoints know of. */
async function begun(memory: MemoryDisk): Promise<LogManager> {
  const manager = open(new FaultyDisk(memory))
  manager.createAll(requests())
  for (const { log } of manager.logs()) append(log, batchOf(['one']))
  await Promise.all(Array.from(manager.logs(), ({ log }) => log.flush()))
  await manager.checkpointHighWatermarks()
  await manager.checkpointRecoveryPoints()
  return manager
}

const ACTIONS: Record<string, (manager: LogManager) => void | Promise<void>> = {
  'creating logs': (manager) => {
    manager.createAll(requests().map((request) => ({ ...request, topic: 'other' })))
  },
  'creating logs in place of deleted ones': async (manager) => {
    await manager.deleteAll(names)
    manager.createAll(requests(OTHER_ID))
  },
  'preparing logs, and creating them all the same': async (manager) => {
    const others = requests().map((request) => ({ ...request, topic: 'other' }))
    await manager.prepare(others)
    manager.createAll(others)
  },
  'setting logs aside': (manager) => manager.setAllAside(names),
  'a flush': async (manager) => {
    for (const { log } of manager.logs()) {
      append(log, batchOf(['two']))
      await log.flush()
    }
  },
  'checkpoints, and identities that become durable with them': async (manager) => {
    manager.createAll(requests().map((request) => ({ ...request, topic: 'other' })))
    for (const { log } of manager.logs()) log.advanceHighWatermark(log.logEndOffset)
    await manager.checkpointHighWatermarks()
    await manager.checkpointRecoveryPoints()
  },
}

test.each(Object.entries(ACTIONS))('%s', async (_, act) => {
  for (let index = 0; ; index += 1) {
    const memory = new MemoryDisk()
    await begun(memory)
    const disk = new FailingDisk(memory.afterKill())
    const manager = open(disk)
    fatal = []
    disk.failSync(index)
    try {
      await act(manager)
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
    }
    if (!disk.hasFailed) return expect(index).toBeGreaterThan(0)
    expect(
      fatal.map((error) => error instanceof SyncFailed),
      `fsync ${index}`,
    ).toEqual([true])
  }
})

/** What a start has to mend. */
const STARTS: Record<string, (memory: MemoryDisk, manager: LogManager) => MemoryDisk> = {
  'a torn tail': (memory, manager) => {
    for (const { log } of manager.logs()) append(log, batchOf(['torn']))
    const found = memory.afterKill()
    const file = found.open('/logs/t-0/00000000000000000000.log', 'write')
    file.truncate(file.sizeBytes() - 1)
    return found
  },
  'a creation that a power cut ended': (memory, manager) => {
    manager.createAll(requests().map((request) => ({ ...request, topic: 'other' })))
    return memory.afterPowerCut(() => 0)
  },
}

test.each(Object.entries(STARTS))('a start that mends %s', async (_, leave) => {
  for (let index = 0; ; index += 1) {
    const memory = new MemoryDisk()
    const disk = new FailingDisk(leave(memory, await begun(memory)))
    fatal = []
    disk.failSync(index)
    let hasStarted = true
    try {
      open(disk)
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      hasStarted = false
    }
    if (!disk.hasFailed) return expect(index).toBeGreaterThan(1)
    expect(!hasStarted || fatal.length === 1, `fsync ${index}`).toBe(true)
  }
})
