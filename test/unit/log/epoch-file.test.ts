// Goal: `leader-epoch-checkpoint` is a derived file without a checksum (SAFETY S2): whatever it
// says, the log opens, knows the epochs of its batches and no others, and begins the epoch the
// metadata gives it. Batches of an epoch the metadata never gave out are damage: that log alone
// goes offline.
// Method: a real log whose epoch file is overwritten between two starts, clean and unclean ones.
import { expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import type { Log } from '../../../src/log/log.ts'
import { errors } from '../../../src/wire/errors.ts'
import { KeptLogger, append, batchOf, openLog, readAll, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const FILE = `${DIRECTORY}/leader-epoch-checkpoint`
const EPOCHS = [
  { leaderEpoch: 2, startOffset: 0 },
  { leaderEpoch: 4, startOffset: 2 },
]

/** Four records: offsets 0 and 1 in epoch 2, 2 and 3 in epoch 4; everything flushed. */
async function written(): Promise<MemoryDisk> {
  const disk = new MemoryDisk()
  const log = openLog({ disk, directory: DIRECTORY })
  for (const epoch of [2, 4])
    for (const value of ['a', 'b']) append(log, batchOf([value + epoch]), epoch)
  await log.close()
  expect(contentOf(disk)).toBe('0\n2\n2 0\n4 2\n')
  return disk
}

const contentOf = (disk: MemoryDisk) => new TextDecoder().decode(disk.files.get(FILE)?.bytes)

function overwrite(disk: MemoryDisk, text: string): void {
  const file = disk.open(FILE, 'create')
  file.truncate(0)
  file.writeAt([new TextEncoder().encode(text)], 0)
  file.syncNow()
  file.close()
}

const STARTS = [
  { name: 'a clean start', cleanShutdown: true, recoveryPoint: 4 },
  { name: 'an unclean start', cleanShutdown: false, recoveryPoint: 4 },
  { name: 'a scan of everything', cleanShutdown: false, recoveryPoint: 0 },
]
const CONTENTS = [
  '0\n3\n2 0\n4 2\n9 4\n',
  '0\n3\n2 0\n4 2\n2147483647 4\n',
  '0\n3\n2 0\n4 2\n2147483648 4\n',
  '0\n3\n2 0\n4 2\n9007199254740991 4\n',
  '0\n3\n2 0\n4 2\n9 5\n',
  '0\n3\n2 0\n4 2\n9 9007199254740991\n',
  '0\n2\n2 0\n1000 2\n',
  '0\n2\n2 0\n4 3\n',
  '0\n2\n2 0\n4 1\n',
  '0\n2\n3 0\n4 2\n',
  '0\n1\n4 0\n',
  '0\n1\n2 0\n',
  '0\n3\n2 0\n3 1\n4 2\n',
  '0\n2\n2 0\n-4 2\n',
  '0\n2\n2 0\n4 -2\n',
  '0\n2\n-2147483648 0\n4 2\n',
  '0\n2\n99999999999999999999 0\n4 2\n',
  '0\n2\n4 0\n2 2\n',
  '0\n0\n',
  '',
  '\0\0\0\0\0\0\0\0',
  'epochs\n',
]

test.each(STARTS)('$name believes the batches, whatever the file says', async (start) => {
  for (const content of CONTENTS) {
    const disk = await written()
    overwrite(disk, content)
    const log = openLog({ disk, directory: DIRECTORY, ...start })
    expect(log.leaderEpochs, JSON.stringify(content)).toEqual(EPOCHS)
    log.assignEpoch(5)
    expect(append(log, batchOf(['c5']), 5)).toMatchObject({ errorCode: 0, firstOffset: 4 })
    expect(valuesOf(readAll(log))).toEqual(['a2', 'b2', 'a4', 'b4', 'c5'])
    expect(log.offline).toBeNull()
    await log.close()
    expect(contentOf(disk)).toBe('0\n3\n2 0\n4 2\n5 4\n')
  }
})

test('an epoch that a leader began and nobody wrote in does not outlive a restart', async () => {
  const disk = await written()
  const leader = openLog({ disk, directory: DIRECTORY, cleanShutdown: true })
  leader.assignEpoch(6)
  await leader.close()
  // Not worth a write, then: ten thousand idle partitions stop at once.
  expect(contentOf(disk)).toBe('0\n2\n2 0\n4 2\n')
  const next = openLog({ disk, directory: DIRECTORY, cleanShutdown: true })
  expect(next.latestEpoch).toBe(4)
  next.assignEpoch(7)
  expect(next.leaderEpochs).toEqual([...EPOCHS, { leaderEpoch: 7, startOffset: 4 }])
})

test('an empty log does not believe its file either', () => {
  const disk = new MemoryDisk()
  disk.makeDirectory(DIRECTORY)
  overwrite(disk, '0\n1\n1000000 0\n')
  const log = openLog({ disk, directory: DIRECTORY })
  expect(log.leaderEpochs).toEqual([])
  log.assignEpoch(0)
  expect(append(log, batchOf(['a'])).errorCode).toBe(0)
})

test('an empty epoch beyond the one assigned gives way, with a word', () => {
  const logger = new KeptLogger()
  const log = openLog({ disk: new MemoryDisk(), directory: DIRECTORY, logger })
  append(log, batchOf(['a']), 2)
  log.assignEpoch(50)
  log.assignEpoch(3)
  expect(log.leaderEpochs).toEqual([
    { leaderEpoch: 2, startOffset: 0 },
    { leaderEpoch: 3, startOffset: 1 },
  ])
  expect(logger.messages('warn')).toHaveLength(1)
  expect(append(log, batchOf(['b']), 3).errorCode).toBe(0)
})

test('batches beyond the epoch assigned take this log offline, and nothing else', () => {
  const offline: Error[] = []
  const logger = new KeptLogger()
  const log: Log = openLog({
    disk: new MemoryDisk(),
    directory: DIRECTORY,
    logger,
    onOffline: (error) => offline.push(error),
  })
  append(log, batchOf(['a']), 1_000)
  log.assignEpoch(1_001)
  log.assignEpoch(3)
  expect(log.offline).toBeInstanceOf(LograftError)
  expect(log.offline).toMatchObject({ code: 'EPOCH_BEYOND_METADATA' })
  expect(log.offline?.message).toMatch(/leader epoch 1000, and the metadata is only at epoch 3/)
  expect(append(log, batchOf(['b']), 3).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(valuesOf(readAll(log))).toEqual(['a'])
  expect({ offline, told: logger.messages('error') }).toEqual({
    offline: [],
    told: ['log is offline'],
  })
})
