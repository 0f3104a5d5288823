// Goal: what is said to be durable is so, also where a process that was killed had left it
// half way: names of segments and renamed checkpoints that no fsync of their directory followed.
// Method: a kill, a restart that says "durable", and a power cut that takes all it may.
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { ManualClock, TOPIC_ID, append, batchOf, config } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const T0 = { topic: 't', partition: 0 }
const settings = { ...config, 'segment.bytes': 100 }

const open = (disk: MemoryDisk) =>
  LogManager.open({
    ...{ disk, clock: new ManualClock(), logger: silentLogger, directory: '/logs' },
    random: { next: () => 0, bytes: (count) => new Uint8Array(count) },
    configOf: () => settings,
    onFatal: (error) => {
      throw error
    },
  })

/** All that was not made durable is gone. */
const powerCut = (disk: MemoryDisk) => disk.afterPowerCut(() => 0)

test('segments that a killed process began are as durable as what is flushed in them', async () => {
  const disk = new MemoryDisk()
  const log = open(disk).create({ ...T0, topicId: TOPIC_ID, config: settings })
  // The leader epoch reaches its file, and with that the directory the disk, now and not later.
  append(log, batchOf(['value 0']), 0)
  await log.flush()
  for (let offset = 1; offset < 4; offset += 1) append(log, batchOf([`value ${offset}`]), 0)
  expect(log.segmentCount).toBe(4)

  const killed = disk.afterKill()
  const again = open(killed).get('t', 0)
  await again?.flush()
  expect(again?.flushedOffset).toBe(4)

  expect(open(powerCut(killed)).get('t', 0)?.logEndOffset).toBe(4)
})
