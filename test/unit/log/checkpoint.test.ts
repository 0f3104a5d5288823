// Goal: checkpoint files are Kafka's to the letter, anything else counts as no file, and a write
// that was overtaken never puts an older recovery point back in place (SAFETY S2, S7).
// Method: printed and parsed text; a disk whose fsyncs wait for us to let them go.
import { expect, test } from 'vitest'
import {
  CheckpointFile,
  parseEpochCheckpoint,
  parseOffsetCheckpoint,
  printEpochCheckpoint,
  printOffsetCheckpoint,
} from '../../../src/log/checkpoint.ts'
import {
  leaveCleanShutdownMarker,
  takeCleanShutdownMarker,
} from '../../../src/log/clean-shutdown.ts'
import {
  goneDirectoryName,
  parseOffsetFileName,
  parsePartitionDirectory,
} from '../../../src/log/file-names.ts'
import { OffsetCheckpoint } from '../../../src/log/offset-checkpoint.ts'
import {
  parsePartitionMetadata,
  printPartitionMetadata,
} from '../../../src/log/partition-metadata.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { TOPIC_ID } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const text = (bytes: Uint8Array | null) => (bytes === null ? null : new TextDecoder().decode(bytes))

test('the text of the files', () => {
  const offsets = [
    { topic: 'orders', partition: 0, offset: 42 },
    { topic: 'a.b_c-d', partition: 12, offset: 9_007_199_254_740_991 },
  ]
  expect(text(printOffsetCheckpoint(offsets))).toBe(
    '0\n2\norders 0 42\na.b_c-d 12 9007199254740991\n',
  )
  expect(parseOffsetCheckpoint(printOffsetCheckpoint(offsets))).toEqual(offsets)
  const epochs = [
    { leaderEpoch: 0, startOffset: 0 },
    { leaderEpoch: 7, startOffset: 120 },
  ]
  expect(text(printEpochCheckpoint(epochs))).toBe('0\n2\n0 0\n7 120\n')
  expect(parseEpochCheckpoint(printEpochCheckpoint(epochs))).toEqual(epochs)
  expect(parseOffsetCheckpoint(utf8('0\n0\n'))).toEqual([])
})

test.each([
  '',
  '0\n',
  '0\n1\n',
  '1\n0\n',
  '0\n2\nt 0 1\n',
  '0\n1\nt 0 1\nt 1 1\n',
  '0\n1\nt 0\n',
  '0\n1\nt 0 1 2\n',
  '0\n1\nt 0 -1\n',
  '0\n1\nt 0 99999999999999999\n',
  '0\n1\nt x 1\n',
  '0\n1\nt 0 1',
  '\0\0\0\0',
  '0\n1\nt 0 1\n\0',
])('what is not a checkpoint is nothing: %j', (content) => {
  expect(parseOffsetCheckpoint(utf8(content))).toBeNull()
})

test('epochs that do not ascend are nothing', () => {
  expect(parseEpochCheckpoint(utf8('0\n2\n1 0\n1 5\n'))).toBeNull()
  expect(parseEpochCheckpoint(utf8('0\n2\n1 5\n2 5\n'))).toBeNull()
  expect(parseEpochCheckpoint(new Uint8Array([0xff, 0xfe]))).toBeNull()
})

test('a background write that was overtaken does not come back', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  memory.makeDirectory('/d')
  const file = new CheckpointFile(disk, '/d/point')
  disk.holdSyncs()
  const slow = file.write(utf8('old'))
  await Promise.resolve()
  expect(disk.heldSyncs).toBe(1)
  file.writeNow(utf8('new'))
  disk.release()
  await slow
  expect(text(file.read())).toBe('new')
  expect(text(memory.durableFiles.get('/d/point')?.durable ?? null)).toBe('new')
  expect(memory.list('/d').map(({ name }) => name)).toEqual(['point'])
})

test('what is being written counts as being on disk when a point is to be lowered', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  memory.makeDirectory('/d')
  const checkpoint = new OffsetCheckpoint(disk, '/d/points')
  const at = (offset: number) => ({ topic: 't', partition: 0, offset })
  checkpoint.writeNow([at(5)])
  expect([checkpoint.mayExceed(at(4)), checkpoint.mayExceed(at(5))]).toEqual([true, false])
  disk.holdSyncs()
  const slow = checkpoint.write(() => [at(9)])
  await Promise.resolve()
  expect(checkpoint.mayExceed(at(8))).toBe(true)
  checkpoint.writeNow([at(3)])
  expect(checkpoint.mayExceed(at(3))).toBe(false)
  disk.release()
  await slow
  expect(checkpoint.get('t', 0)).toBe(3)
  expect(new OffsetCheckpoint(disk, '/d/points').get('t', 0)).toBe(3)
})

test('one write at a time; whoever comes meanwhile shares the next, which asks anew', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  memory.makeDirectory('/d')
  const checkpoint = new OffsetCheckpoint(disk, '/d/points')
  let offset = 1
  let asked = 0
  const entries = () => {
    asked += 1
    return [{ topic: 't', partition: 0, offset }]
  }
  disk.holdSyncs()
  const writes = [checkpoint.write(entries)]
  await Promise.resolve()
  offset = 2
  writes.push(checkpoint.write(entries), checkpoint.write(entries))
  offset = 3
  disk.release()
  await Promise.all(writes)
  expect([asked, checkpoint.get('t', 0)]).toEqual([2, 3])
  expect(text(memory.durableFiles.get('/d/points')?.durable ?? null)).toBe('0\n1\nt 0 3\n')
})

test('a write that is overtaken by one that fails is made good, not believed', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  memory.makeDirectory('/d')
  const checkpoint = new OffsetCheckpoint(disk, '/d/points')
  const at = (offset: number) => [{ topic: 't', partition: 0, offset }]
  disk.holdSyncs()
  const slow = checkpoint.write(() => at(9))
  await Promise.resolve()
  disk.rules = [{ at: 'rename', fault: 'full' }]
  expect(() => {
    checkpoint.writeNow(at(3))
  }).toThrow()
  disk.rules = []
  disk.release()
  await slow
  expect(text(memory.durableFiles.get('/d/points')?.durable ?? null)).toBe('0\n1\nt 0 9\n')
})

test('the clean-shutdown marker is taken away before it is believed', () => {
  const disk = new MemoryDisk()
  disk.makeDirectory('/d')
  expect(takeCleanShutdownMarker(disk, '/d')).toBeNull()
  leaveCleanShutdownMarker(disk, '/d', { brokerEpoch: 12, notOpened: [] })
  expect(text(disk.files.get('/d/.kafka_cleanshutdown')?.bytes ?? null)).toBe(
    '{"version":0,"brokerEpoch":12}',
  )
  expect(takeCleanShutdownMarker(disk, '/d')).toEqual({ brokerEpoch: 12, notOpened: [] })
  expect(disk.durableFiles.has('/d/.kafka_cleanshutdown')).toBe(false)
  expect(takeCleanShutdownMarker(disk, '/d')).toBeNull()
})

test('partition.metadata', () => {
  const content = printPartitionMetadata(TOPIC_ID)
  expect(content).toBe(`version: 0\ntopic_id: ${TOPIC_ID}\n`)
  expect(parsePartitionMetadata(content)).toBe(TOPIC_ID)
  for (const bad of ['', 'version: 0\n', 'version: 1\ntopic_id: x\n', content.slice(0, -2)])
    expect(parsePartitionMetadata(bad)).toBeNull()
  expect(parsePartitionMetadata(`version: 0\ntopic_id: ${'A'.repeat(22)}\n`)).toBeNull()
})

test('names of files and directories', () => {
  expect(parseOffsetFileName('00000000000000000042.log')).toEqual({ offset: 42, suffix: '.log' })
  for (const name of ['42.log', '00000000000000000042.log.deleted', '99999999999999999999.log'])
    expect(parseOffsetFileName(name)).toBeNull()
  expect(parsePartitionDirectory('a-b-12')).toEqual({
    type: 'partition',
    topic: 'a-b',
    partition: 12,
  })
  for (const name of ['orders', 'orders-', 'orders-01', 'orders-99999999999', '-'])
    expect(parsePartitionDirectory(name)).toBeNull()
  const topic = 'x'.repeat(249)
  const gone = goneDirectoryName({ topic, partition: 3 }, 'a'.repeat(32), 'delete')
  expect(gone.length).toBe(255)
  expect(parsePartitionDirectory(gone)).toMatchObject({ type: 'delete', partition: 3 })
})
