// Goal: compaction keeps the last value of each key and everything that must stay beside it
// (invariant D4): the active segment, what is not committed or not stable, tombstones until their
// horizon, the last batch of each producer; offsets never change.
// Method: small logs on a disk in memory, cleaned by the cleaner itself; what is left is compared
// with what was appended.
import { expect, test } from 'vitest'
import type { Log } from '../../../../src/log/log.ts'
import { verifyAgainstScan } from '../../../../src/log/verify.ts'
import { TOPIC_ID, append } from '../fixture.ts'
import { MemoryDisk } from '../memory-disk.ts'
import type { Entry } from './fixture.ts'
import { DIRECTORY, compacted, contentOf, fold, keyed, openLogs } from './fixture.ts'

const PARTITION = { topic: 't', partition: 0 }

function begin(options: Parameters<typeof openLogs>[1] = {}, disk = new MemoryDisk()) {
  const logs = openLogs(disk, options)
  const log = logs.manager.create({
    ...PARTITION,
    topicId: TOPIC_ID,
    config: options.logConfig ?? compacted,
  })
  return { ...logs, disk, log }
}

/** Appends, commits, makes durable; `rolls` leaves it in front of the active segment. */
async function add(log: Log, batches: readonly Uint8Array[], { rolls = true, epoch = 0 } = {}) {
  for (const batch of batches) expect(append(log, batch, epoch).errorCode).toBe(0)
  if (rolls) log.roll()
  await log.flush()
  log.advanceHighWatermark(log.logEndOffset)
}

const one = (key: string, value: string | null, options = {}) => keyed([[key, value]], options)
const left = (log: Log): readonly Entry[] =>
  contentOf(log).records.map(({ key, value }) => [key ?? '', value])

test('the last value of each key stays, at its offset', async () => {
  const { log, clean } = begin()
  await add(log, [
    keyed([
      ['a', '1'],
      ['b', '1'],
    ]),
    keyed([
      ['a', '2'],
      ['c', '1'],
    ]),
  ])
  await add(log, [one('b', '2')], { rolls: false })
  expect(await clean()).toBe(1)
  expect(contentOf(log).records.map(({ offset, key, value }) => [offset, key, value])).toEqual([
    [1, 'b', '1'],
    [2, 'a', '2'],
    [3, 'c', '1'],
    [4, 'b', '2'],
  ])
  expect(log.logEndOffset).toBe(5)
  expect(log.cleaning.cleanedOffset).toBe(4)
})

test('nothing that is compacted away is read from memory any more', async () => {
  const { log, clean, clock } = begin({ tailCacheBytes: 1e6 })
  await add(log, [one('a', '1'), one('b', '1'), one('a', '2'), one('b', null)])
  await add(log, [one('c', '1')], { rolls: false })
  expect(left(log).map(([key]) => key)).toEqual(['a', 'b', 'a', 'b', 'c'])
  await clean()
  expect(left(log)).toEqual([
    ['a', '2'],
    ['b', null],
    ['c', '1'],
  ])
  // Else whoever had the old value of `b` from memory would look in vain for its tombstone.
  clock.advance(2_000)
  await add(log, [one('d', '1')])
  await clean()
  expect(left(log)).toEqual([
    ['a', '2'],
    ['c', '1'],
    ['d', '1'],
  ])
  // And in front of the tail that is in memory still.
  await add(log, [one('a', '3')], { rolls: false })
  expect(left(log).map(([key]) => key)).toEqual(['a', 'c', 'd', 'a'])
})

test('a read in a hole gives the batch behind it', async () => {
  const { log, clean } = begin()
  await add(log, [one('a', '1'), one('a', '2'), one('b', '1'), one('a', '3'), one('b', '2')])
  await clean()
  const read = log.read({
    ...{ fromOffset: 1, upToOffset: Infinity, maxBytes: 1, atLeastOneBatch: true },
  })
  expect(read.errorCode).toBe(0)
  expect(left(log)).toEqual([
    ['a', '3'],
    ['b', '2'],
  ])
})

test('the active segment is not touched, nor anything beyond the high watermark', async () => {
  const { log, clean } = begin()
  await add(log, [one('a', '1'), one('a', '2')])
  await add(log, [one('a', '3'), one('a', '4')])
  for (const value of ['5', '6']) append(log, one('a', value))
  log.roll()
  await log.flush()
  append(log, one('a', '7'))
  // Committed up to the middle of the third segment.
  log.advanceHighWatermark(5)
  await clean()
  expect(left(log).map(([, value]) => value)).toEqual(['4', '5', '6', '7'])
  expect(log.cleaning.cleanedOffset).toBe(4)
})

test('whoever folds the log holds the cleaner back', async () => {
  const { log, clean, cleaner } = begin()
  await add(log, [one('a', '1'), one('a', '2')])
  await add(log, [one('a', '3'), one('a', '4')])
  let applied = 3
  const release = cleaner.holdBack(PARTITION, () => applied)
  await clean()
  expect(left(log).map(([, value]) => value)).toEqual(['2', '3', '4'])
  applied = 4
  await clean()
  expect(left(log).map(([, value]) => value)).toEqual(['4'])
  release()
})

test('a tombstone stays for delete.retention.ms after it was first cleaned, then goes', async () => {
  const { log, clean, clock } = begin()
  await add(log, [one('a', '1'), one('a', null)])
  await add(log, [one('b', '1')])
  clock.advance(10_000)
  await clean()
  expect(left(log)).toEqual([
    ['a', null],
    ['b', '1'],
  ])
  const [tombstone] = contentOf(log).batches
  expect(tombstone).toMatchObject({ hasDeleteHorizon: true, baseOffset: 1 })
  expect(tombstone?.baseTimestampMs).toBe(clock.wallMs() + 1_000)
  // Its record is still of its own time.
  expect(contentOf(log).records[0]?.timestampMs).toBe(1_700_000_000_000)
  clock.advance(999)
  await add(log, [one('c', '1')])
  await clean()
  expect(left(log).map(([key]) => key)).toEqual(['a', 'b', 'c'])
  clock.advance(1)
  await add(log, [one('d', '1')])
  await clean()
  expect(left(log).map(([key]) => key)).toEqual(['b', 'c', 'd'])
})

test('no tombstone goes before the checkpoint tells that it was cleaned', async () => {
  const disk = new MemoryDisk()
  const { log, clean, clock, manager } = begin({}, disk)
  await add(log, [one('a', '1'), one('a', null)])
  await add(log, [one('b', '1')])
  await clean()
  expect(manager.cleanedOffset(PARTITION)).toBe(3)
  // A crash in front of that checkpoint.
  const found = disk.afterKill()
  found.remove(`${DIRECTORY}/cleaner-offset-checkpoint`)
  clock.advance(5_000)
  const again = openLogs(found, { clock })
  const reopened = again.manager.get('t', 0) as Log
  await add(reopened, [], { rolls: false })
  expect(await again.clean()).toBe(1)
  expect(left(reopened)).toEqual([
    ['a', null],
    ['b', '1'],
  ])
  await add(reopened, [one('c', '1')])
  await again.clean()
  expect(left(reopened).map(([key]) => key)).toEqual(['b', 'c'])
})

test('the last batch of a producer stays, without records, and no other', async () => {
  const disk = new MemoryDisk()
  const { log, clean, clock } = begin({}, disk)
  const of = (value: string, baseSequence: number) =>
    one('a', value, { producerId: 5, producerEpoch: 0, baseSequence })
  await add(log, [of('1', 0), of('2', 1)])
  await add(log, [one('a', '3')])
  await clean()
  const { batches } = contentOf(log)
  expect(batches.map(({ baseOffset, recordCount }) => [baseOffset, recordCount])).toEqual([
    [1, 0],
    [2, 1],
  ])
  expect(batches[0]).toMatchObject({ producerId: 5, baseSequence: 1, lastOffset: 1 })
  // Without a snapshot the batches alone tell.
  const found = disk.afterKill()
  for (const { name } of found.list(`${DIRECTORY}/t-0`))
    if (name.endsWith('.snapshot')) found.remove(`${DIRECTORY}/t-0/${name}`)
  const again = openLogs(found, { clock }).manager.get('t', 0) as Log
  expect(append(again, of('2', 1))).toMatchObject({ duplicate: true, firstOffset: 1 })
  expect(append(again, of('4', 2))).toMatchObject({ errorCode: 0, firstOffset: 3 })
})

test('the end of the log can be reached although all of its records are gone', async () => {
  const { log, clean, clock } = begin()
  await add(log, [one('a', '1'), one('a', null)])
  await clean()
  clock.advance(1_000)
  await add(log, [one('b', '1'), one('b', null)])
  await clean()
  clock.advance(1_000)
  await add(log, [one('c', '1'), one('c', null)])
  await clean()
  const { batches, records } = contentOf(log)
  expect(records).toMatchObject([{ key: 'c', value: null }])
  expect(batches.at(-1)?.nextOffset).toBe(log.logEndOffset)
})

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
  '%s batches are opened and closed',
  async (codec) => {
    const { log, clean } = begin({ logConfig: { ...compacted, 'segment.bytes': 100_000 } })
    const entries = (version: string): Entry[] =>
      Array.from({ length: 50 }, (_, index) => [`key ${index}`, `${version} of ${index}`])
    const later = entries('second').slice(10)
    await add(log, [keyed(entries('first'), { codec }), keyed(later, { codec })])
    await clean()
    const { batches, records } = contentOf(log)
    expect(batches.map((batch) => [batch.codec, batch.recordCount, batch.crcMatches()])).toEqual([
      [codec, 10, true],
      [codec, 40, true],
    ])
    expect(records.map(({ offset }) => offset)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => index),
      ...Array.from({ length: 40 }, (_, index) => 50 + index),
    ])
  },
)

test('keys that do not fit into the map take several passes', async () => {
  const { log, clean } = begin({ mapBytes: 24 * 12 })
  const history: { key: string; value: string | null }[] = []
  for (let round = 0; round < 4; round += 1) {
    for (let key = 0; key < 30; key += 1) {
      append(log, one(`k${key}`, `${round}`))
      history.push({ key: `k${key}`, value: `${round}` })
    }
    log.roll()
  }
  await add(log, [])
  expect(await clean()).toBeGreaterThan(10)
  expect(contentOf(log).records).toHaveLength(30)
  expect(fold(contentOf(log).records)).toEqual(fold(history))
})

test('a batch with more keys than the map takes is told of, and nothing is changed', async () => {
  const { log, clean, failures } = begin({ mapBytes: 24 * 4 })
  const entries = Array.from({ length: 9 }, (_, index): Entry => [`k${index}`, 'v'])
  await add(log, [keyed(entries), keyed(entries)])
  expect(await clean()).toBe(0)
  expect(contentOf(log).records).toHaveLength(18)
  expect(failures).toEqual([])
})

test('records of a transaction stay, and displace nothing', async () => {
  const { log, clean } = begin()
  const producer = { producerId: 9, producerEpoch: 0, baseSequence: 0, isTransactional: true }
  await add(log, [one('a', '1'), one('a', 'perhaps', producer)])
  // Undecided: not beyond the last stable offset.
  await add(log, [one('b', '1'), one('b', '2')])
  await clean()
  expect(contentOf(log).records).toHaveLength(4)
})

test('small segments become one', async () => {
  const { log, clean } = begin({ logConfig: { ...compacted, 'segment.bytes': 10_000 } })
  for (let index = 0; index < 20; index += 1) await add(log, [one(`k${index % 3}`, `${index}`)])
  expect(log.segmentCount).toBe(21)
  await clean()
  expect(log.segmentCount).toBe(2)
  expect(left(log).map(([, value]) => value)).toEqual(['17', '18', '19'])
})

test('epochs are known as before, also after a restart, whose batches are gone', async () => {
  const disk = new MemoryDisk()
  const { log, clean, clock } = begin({}, disk)
  for (const epoch of [1, 3, 4, 7])
    await add(log, [one('a', `${epoch}`), one('a', `${epoch}'`)], { epoch })
  const ends = () => [0, 1, 2, 3, 4, 5, 7].map((epoch) => log.endOffsetForEpoch(epoch))
  const before = ends()
  await clean()
  expect(ends()).toEqual(before)
  for (const found of [disk.afterKill(), disk.afterPowerCut(() => 0.9)]) {
    const again = openLogs(found, { clock }).manager.get('t', 0) as Log
    expect([0, 1, 2, 3, 4, 5, 7].map((epoch) => again.endOffsetForEpoch(epoch))).toEqual(before)
  }
})

test('truncation into a hole ends the log with the batch in front of it', async () => {
  const disk = new MemoryDisk()
  const { log, clean, clock, manager } = begin({}, disk)
  await add(log, [one('a', '1'), one('b', '1'), one('b', '2'), one('b', '3'), one('c', '1')])
  await clean()
  expect(left(log).map(([, value]) => value)).toEqual(['1', '3', '1'])
  log.truncateTo(2)
  expect(log.logEndOffset).toBe(1)
  expect(log.cleaning.cleanedOffset).toBe(1)
  expect(manager.cleanedOffset(PARTITION)).toBe(1)
  const again = openLogs(disk.afterKill(), { clock }).manager
  expect(again.failures).toEqual([])
  expect(left(again.get('t', 0) as Log)).toEqual([['a', '1']])
})

test('what is truncated, closed, or not to be compacted any more is left alone at once', async () => {
  const interruptions: readonly ((log: Log) => void)[] = [
    (log) => log.truncateTo(3),
    (log) => log.updateConfig({ ...compacted, 'cleanup.policy': ['delete'] }),
    (log) => log.abandon(),
  ]
  for (const interrupt of interruptions)
    for (let turns = 0; turns < 60; turns += 1) {
      const { log, clean, disk, failures } = begin()
      for (let index = 0; index < 12; index += 1) append(log, one(`k${index % 4}`, `${index}`))
      await add(log, [])
      const cleaning = clean()
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      interrupt(log)
      const { logEndOffset } = log
      await cleaning
      expect(failures).toEqual([])
      const names = disk.list(`${DIRECTORY}/t-0`).map(({ name }) => name)
      expect(names.filter((name) => name.endsWith('.cleaned'))).toEqual([])
      expect(log.logEndOffset).toBe(logEndOffset)
      const again = openLogs(disk.afterKill(), {}).manager
      expect(again.failures).toEqual([])
      const { records } = contentOf(again.get('t', 0) as Log)
      const all = Array.from({ length: logEndOffset }, (_, index) => ({
        key: `k${index % 4}`,
        value: `${index}`,
      }))
      expect(fold(records)).toEqual(fold(all))
    }
})

test('stopping ends it with nothing left behind', async () => {
  const { log, clean, disk } = begin()
  await add(log, [one('a', '1'), one('a', '2'), one('a', '3'), one('a', '4'), one('a', '5')])
  const abort = new AbortController()
  const cleaning = clean(abort)
  await Promise.resolve()
  abort.abort()
  expect(await cleaning).toBe(0)
  expect(contentOf(log).records).toHaveLength(5)
  const names = disk.list(`${DIRECTORY}/t-0`).map(({ name }) => name)
  expect(names.filter((name) => /cleaned|swap/.test(name))).toEqual([])
})

test('a damaged batch is reported, and nothing is rewritten', async () => {
  const { log, clean, disk } = begin()
  await add(log, [one('a', '1'), one('a', '2'), one('a', '3')])
  const file = disk.open(`${DIRECTORY}/t-0/00000000000000000000.log`, 'write')
  file.writeAt([new Uint8Array([255])], 100)
  file.close()
  let told = 0
  log.onDamageFound = () => (told += 1)
  expect(await clean()).toBe(0)
  expect(log.damagedAt).toBe(1)
  expect(told).toBe(1)
  expect(await clean()).toBe(0)
})

test('what is left is whole, with its indexes and its epochs', async () => {
  const disk = new MemoryDisk()
  const { log, clean, manager } = begin({}, disk)
  for (let index = 0; index < 200; index += 1)
    append(log, one(`k${index % 40}`, `${index}`, { timestampMs: 1_700_000_000_000 + index }))
  await add(log, [])
  await clean()
  await manager.close({ brokerEpoch: 1 })
  expect(verifyAgainstScan(disk, `${DIRECTORY}/t-0`, { gaps: true })).toEqual([])
})
