// Goal: what a node hands on of its log is what is committed there: entries as they are stored, the
// epoch before each, and a newer image where entries are held no more.
// Method: a real quorum of one that takes a snapshot every few kilobytes, and restarts; compared
// with what it delivered.
import { expect, test } from 'vitest'
import { hostDisk } from '../../../src/host/disk.ts'
import { decodeRecords } from '../../../src/metadata/codec.ts'
import { QuorumCommittedLog } from '../../../src/quorum/committed-log.ts'
import { eventually } from '../../support/within.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { named, QuorumNode } from './quorum-node.ts'

const WAIT_MS = 20_000

function nodeIn(directory: string) {
  const options = { disk: hostDisk, directory, maxBytesBetweenSnapshots: 2_000 }
  const node = new QuorumNode(options)
  const { quorum, loader } = node
  const log = new QuorumCommittedLog({ quorum, image: () => loader.committedImage })
  quorum.subscribe(log)
  return { node, log }
}

/** Everything that is held, read in small pieces. */
function readAll(log: QuorumCommittedLog, from: number) {
  const entries = []
  for (let offset = from; offset < log.endOffset; offset = from + entries.length)
    for (const { epoch, records } of log.read(offset, 100) ?? [])
      entries.push({ epoch, records: records.byteLength === 0 ? [] : decodeRecords(records) })
  return entries
}

test('entries are handed on as they were delivered, and once', async () => {
  await using temporary = await tempDir()
  const { node, log } = nodeIn(`${temporary.path}/log`)
  expect(log.isReady).toBe(false)
  let changes = 0
  log.subscribe(() => (changes += 1))
  await node.start()
  for (let number = 0; number < 5; number += 1) await node.append(named(`topic-${number}`, number))
  expect(log.endOffset).toBe(node.quorum.commitOffset)
  expect(changes).toBeGreaterThan(5)
  expect(readAll(log, 0)).toEqual(
    node.entries.map(({ epoch, records }) => ({ epoch, records: [...records] })),
  )
  expect(log.leadership.isLeader).toBe(true)
  await node.quorum.close()
  expect(log.isReady).toBe(false)
})

test('the epoch before an entry is known as far as the log goes', async () => {
  await using temporary = await tempDir()
  const directory = `${temporary.path}/log`
  const first = nodeIn(directory)
  await first.node.start()
  await first.node.append(named('one', 1))
  await first.node.quorum.close()
  const { node, log } = nodeIn(directory)
  await node.start()
  const epochs = node.entries.map(({ epoch }) => epoch)
  expect(new Set(epochs).size).toBe(2)
  expect(epochs.map((_, offset) => log.epochBefore(offset + 1))).toEqual(epochs)
  expect(log.epochBefore(0)).toBe(0)
  await node.quorum.close()
})

test('where entries are held no more, there is an image that contains them', async () => {
  await using temporary = await tempDir()
  const { node, log } = nodeIn(`${temporary.path}/log`)
  await node.start()
  let number = 0
  const start = await eventually(WAIT_MS, 'a log that begins later', async () => {
    await node.append(named(`topic-${number}`, number))
    number += 1
    return node.quorum.storage?.startIndex || null
  })
  expect(log.read(start - 1, 1_000)).toBe(null)
  expect(log.epochBefore(start - 1)).toBe(null)
  expect(log.epochBefore(start)).toBe(log.leadership.epoch)
  expect(log.image.metadataOffset).toBe(log.endOffset - 1)
  expect(readAll(log, start)).toHaveLength(log.endOffset - start)
  await node.quorum.close()
})
