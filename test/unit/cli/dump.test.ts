// Goal: a dump says what is in a file and, of a damaged one, what is wrong and at which byte; it
// changes nothing. Method: files as the node writes them, whole and damaged, in a folder.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import type { DumpLine, DumpOptions } from '../../../src/cli/dump-line.ts'
import { isProblem } from '../../../src/cli/dump-line.ts'
import { recognize } from '../../../src/cli/dump.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { printEpochCheckpoint, printOffsetCheckpoint } from '../../../src/log/checkpoint.ts'
import { printPartitionMetadata } from '../../../src/log/partition-metadata.ts'
import { printProducerSnapshot } from '../../../src/log/producer-snapshot.ts'
import { printMetaProperties } from '../../../src/node/meta-properties.ts'
import { encodeRecords } from '../../../src/metadata/codec.ts'
import { encodeEntry } from '../../../src/quorum/entry.ts'
import { NO_QUORUM_STATE, writeQuorumState } from '../../../src/quorum/quorum-state.ts'
import { SnapshotStore } from '../../../src/quorum/snapshot-store.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Payload } from '../../../src/raft/entry.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'

const TOPIC_ID = asTopicId('Zm9vYmFyYmF6cXV4MTIzNA')
const SEGMENT = '00000000000000000000'

let directory: TempDir
beforeAll(async () => (directory = await tempDir()))
afterAll(() => directory[Symbol.asyncDispose]())

/** Writes a file and gives its path. */
function put(name: string, bytes: Uint8Array | string): string {
  const path = join(directory.path, name)
  fs.mkdirSync(join(path, '..'), { recursive: true })
  fs.writeFileSync(path, bytes)
  return path
}

function dump(path: string, options: Partial<DumpOptions> = {}): readonly DumpLine[] {
  const before = createHash('sha256').update(fs.readFileSync(path)).digest('hex')
  const file = recognize(hostDisk, path)
  const lines = [...(file?.read({ records: false, deep: false, ...options }) ?? [])]
  expect(createHash('sha256').update(fs.readFileSync(path)).digest('hex')).toBe(before)
  return lines
}

const textsOf = (lines: readonly DumpLine[]) =>
  lines.map((line) => (isProblem(line) ? `PROBLEM ${line.why}` : line.text))

const bytes = (text: string) => new TextEncoder().encode(text)
const batchOf = (baseOffset: number, values: readonly string[], leaderEpoch = 3) =>
  buildBatch({
    baseOffset,
    leaderEpoch,
    records: values.map((value) => ({ key: bytes('k'), value: bytes(value), timestampMs: 0 })),
  })

const TWO = [batchOf(0, ['a', 'b']), batchOf(2, ['\u0000'])]
const sizes = TWO.map((batch) => batch.byteLength)

test('a segment: batches, and records when asked', () => {
  const path = put(`t-0/${SEGMENT}.log`, Buffer.concat(TWO))
  const date = '1970-01-01T00:00:00.000Z'
  const [first, second] = [
    `offset 0-1  byte 0  ${sizes[0]} bytes  2 records  none  epoch 3  ${date}`,
    `offset 2  byte ${sizes[0]}  ${sizes[1]} bytes  1 record  none  epoch 3  ${date}`,
  ]
  expect(textsOf(dump(path))).toEqual([first, second])
  expect(textsOf(dump(path, { records: true }))).toEqual([
    first,
    `  record 0  ${date}  "k" => "a"`,
    `  record 1  ${date}  "k" => "b"`,
    second,
    `  record 2  ${date}  "k" => "\\u0000"`,
  ])
})

test.each([
  ['one flipped bit', (log: Buffer) => log.writeUInt8(0x77, log.byteLength - 3), 'CRC'],
  ['an old format', (log: Buffer) => log.writeUInt8(1, (sizes[0] ?? 0) + 16), 'magic is 1, a mess'],
  ['an offset that goes back', (log: Buffer) => log.writeUInt8(1, (sizes[0] ?? 0) + 7), 'base off'],
  ['an epoch that goes back', (log: Buffer) => log.writeUInt8(2, (sizes[0] ?? 0) + 15), 'epoch'],
])('a segment with %s: what is before it is shown', (_, damage, why) => {
  const log = Buffer.concat(TWO)
  damage(log)
  const [first, second, ...none] = dump(put(`t-1/${SEGMENT}.log`, log))
  expect(first).toMatchObject({ type: 'batch', fields: { baseOffset: 0 } })
  expect(second).toMatchObject({ type: 'problem', bytePosition: sizes[0] })
  expect(second && isProblem(second) && second.why).toContain(why)
  expect(none).toEqual([])
})

test('a torn end is a problem that says it may be a write under way', () => {
  const log = Buffer.concat(TWO)
  for (const cut of [5, 30]) {
    const lines = dump(put(`t-2/${SEGMENT}.log`, log.subarray(0, log.byteLength - cut)))
    expect(lines.at(-1)).toMatchObject({ type: 'problem', bytePosition: sizes[0] })
    expect(textsOf(lines).at(-1)).toContain('A write was cut short here, or is under way.')
  }
})

test('in depth, records that cannot be opened are a problem of their batch', () => {
  const closed = buildBatch({ codec: 'gzip', records: [{ value: bytes('x'.repeat(99)) }] })
  const broken = Buffer.from(closed)
  broken.fill(7, 70, 80)
  const whole = buildBatch({ baseOffset: 1, records: [{ value: bytes('y') }] })
  // With a right CRC: the producer sent it so.
  const path = put(`t-3/${SEGMENT}.log`, Buffer.concat([withCrc(broken), whole]))
  expect(dump(path).filter(isProblem)).toEqual([])
  const deep = dump(path, { deep: true })
  expect(deep.map(({ type }) => type)).toEqual(['batch', 'problem', 'batch'])
  expect(textsOf(deep)[1]).toContain('record 1 of 1 in the batch at byte 0 cannot be read')
})

function withCrc(batch: Buffer): Buffer {
  const cursor = new BatchCursor(batch)
  cursor.stampCrc()
  return batch
}

function index(entries: readonly (readonly [number, number])[], zeros = 0): Buffer {
  const file = Buffer.alloc((entries.length + zeros) * 8)
  entries.forEach(([offset, bytePosition], at) => {
    file.writeInt32BE(offset, at * 8)
    file.writeInt32BE(bytePosition, at * 8 + 4)
  })
  return file
}

test('an offset index: entries, unused space, and in depth whether they point at batches', () => {
  put(`t-4/${SEGMENT}.log`, Buffer.concat(TWO))
  const path = put(
    `t-4/${SEGMENT}.index`,
    index(
      [
        [1, 0],
        [2, sizes[0] ?? 0],
      ],
      3,
    ),
  )
  expect(textsOf(dump(path, { deep: true }))).toEqual([
    'offset 1  byte 0',
    `offset 2  byte ${sizes[0]}`,
    '3 entries of zeros, not yet used',
  ])
  const wrong = put(
    `t-4/${SEGMENT}.index`,
    index([
      [2, 5],
      [1, 9],
    ]),
  )
  expect(dump(wrong).filter(isProblem)).toHaveLength(1)
  expect(dump(wrong, { deep: true }).filter(isProblem)).toHaveLength(3)
  const odd = put(`t-4/${SEGMENT}.index`, Buffer.alloc(11, 1))
  expect(textsOf(dump(odd)).at(-1)).toBe('PROBLEM 3 bytes at the end are no whole entry')
})

test('a time index is relative to the offset in its name', () => {
  const entry = Buffer.alloc(24)
  entry.writeBigInt64BE(1_000n, 0)
  entry.writeInt32BE(5, 8)
  entry.writeBigInt64BE(999n, 12)
  entry.writeInt32BE(6, 20)
  const lines = dump(put('t-5/00000000000000000100.timeindex', entry))
  expect(textsOf(lines)).toEqual([
    '1970-01-01T00:00:01.000Z  1000  offset 105',
    '1970-01-01T00:00:00.999Z  999  offset 106',
    'PROBLEM the entry at byte 12 goes back: 1970-01-01T00:00:00.999Z  999  offset 106',
  ])
})

const PRODUCER = {
  producerId: 9,
  producerEpoch: 1,
  coordinatorEpoch: -1,
  lastActiveMs: 0,
  openTransactionOffset: -1,
  batches: [{ firstSequence: 3, lastSequence: 4, firstOffset: 7, lastOffset: 8, timestampMs: 0 }],
}

test.each<readonly [name: string, content: Uint8Array | string, text: string]>([
  [
    't-0/leader-epoch-checkpoint',
    printEpochCheckpoint([{ leaderEpoch: 2, startOffset: 7 }]),
    'epoch 2  from 7',
  ],
  [
    'replication-offset-checkpoint',
    printOffsetCheckpoint([{ topic: 't', partition: 1, offset: 5 }]),
    't-1  5',
  ],
  ['t-0/partition.metadata', printPartitionMetadata(TOPIC_ID), `topic id ${TOPIC_ID}`],
  [
    'meta.properties',
    printMetaProperties({ nodeId: 1, directoryId: 'd', clusterId: 'c' }),
    'node 1 of cluster c, directory d',
  ],
  [
    't-0/00000000000000000009.snapshot',
    printProducerSnapshot([PRODUCER]),
    'producer 9  epoch 1  sequence 4  offset 8  1970-01-01T00:00:00.000Z',
  ],
  ['t-0/00000000000000000008.snapshot', printProducerSnapshot([]), 'no producers'],
  ['.kafka_cleanshutdown', '{"version":0,"brokerEpoch":7}', 'version 0  brokerEpoch 7'],
])('%s', (name, content, text) => {
  const given = Buffer.from(content)
  expect(textsOf(dump(put(name, given)))).toEqual([text])
  // Cut in half, each of them is damaged.
  const damaged = dump(put(name, given.subarray(0, Math.floor(given.byteLength / 2))))
  expect(damaged.map(({ type }) => type)).toEqual(['problem'])
})

test('quorum-state: ours is held to its checksum, Kafka’s is shown', () => {
  writeQuorumState(hostDisk, directory.path, { ...NO_QUORUM_STATE, term: 4, flushedOffset: 9 })
  const path = join(directory.path, 'quorum-state')
  expect(textsOf(dump(path))[0]).toContain('leaderEpoch 4')
  put('quorum-state', fs.readFileSync(path, 'utf8').replace('"leaderEpoch":4', '"leaderEpoch":5'))
  expect(dump(path).filter(isProblem)).toHaveLength(1)
  put('quorum-state', '{"leaderId":1,"leaderEpoch":4,"data_version":1}')
  expect(textsOf(dump(path))).toEqual(['leaderId 1  leaderEpoch 4  data_version 1'])
})

const VOTERS = {
  voters: ['1@AAAAAAAAAAAAAAAAAAAAAQ' as ReplicaKey],
  outgoing: [],
  learners: ['2@AAAAAAAAAAAAAAAAAAAAAg' as ReplicaKey],
}
const TOPIC = { type: 'Topic', name: 'orders', topicId: TOPIC_ID } as const
const PAYLOADS: readonly Payload[] = [
  { kind: 'noop' },
  { kind: 'data', data: encodeRecords([TOPIC]) },
  { kind: 'configuration', configuration: VOTERS },
]
const ENTRIES = [0, 1, 2].map((index) =>
  encodeEntry(
    { index, term: 1, previousTerm: Math.min(index, 1), flushedOffset: 0, commitOffset: 0 },
    PAYLOADS[index] ?? { kind: 'noop' },
    0,
  ),
)

test('the metadata log: entries and their records', () => {
  const path = put(`__cluster_metadata-0/${SEGMENT}.log`, Buffer.concat(ENTRIES))
  expect(textsOf(dump(path))).toEqual([
    'entry 0  byte 0  term 1  previous term 0  flushed 0  committed 0',
    `entry 1  byte ${ENTRIES[0]?.byteLength}  term 1  previous term 1  flushed 0  committed 0`,
    `  Topic {"name":"orders","topicId":"${TOPIC_ID}"}`,
    expect.stringMatching(/^entry 2 /),
    `  voters ${VOTERS.voters[0]}  learners ${VOTERS.learners[0]}`,
  ])
  // An entry under another offset: its CRC is right, what is under it is not.
  const moved = Buffer.concat(ENTRIES)
  moved.writeUInt8(5, (ENTRIES[0]?.byteLength ?? 0) + 7)
  const [fault] = dump(put(`__cluster_metadata-0/${SEGMENT}.log`, moved)).filter(isProblem)
  expect(fault?.why).toContain('an entry of index 1 at offset 5')
})

test('Kafka’s own metadata log is shown, and no damage', () => {
  const records = [{ value: Uint8Array.of(1, 2, 0, 0x33) }, { value: Uint8Array.of(1, 27, 1) }]
  const control = buildBatch({ isControl: true, records: [{ key: Uint8Array.of(0, 0, 0, 2) }] })
  const log = Buffer.concat([control, buildBatch({ baseOffset: 1, records })])
  const lines = dump(put(`__cluster_metadata-0/${SEGMENT}.log`, log))
  expect(lines.filter(isProblem)).toEqual([])
  expect(textsOf(lines).slice(-2)).toEqual([
    "  record 1  Kafka's metadata record 2, version 0",
    "  record 2  Kafka's metadata record 27, version 1",
  ])
})

test('a metadata snapshot: its records, or which byte is damaged', async () => {
  const store = new SnapshotStore({ disk: hostDisk, directory: directory.path })
  const id = { endOffset: 12, epoch: 2 }
  await store.write(id, {
    configuration: VOTERS,
    records: [
      TOPIC,
      { type: 'ProducerIds', nodeId: asNodeId(0), brokerEpoch: 0, nextProducerId: 1_000 },
    ],
  })
  const path = store.pathOf(id)
  expect(textsOf(dump(path))).toEqual([
    'the state below offset 12, epoch 2: 2 records',
    `  voters ${VOTERS.voters[0]}  learners ${VOTERS.learners[0]}`,
    `  Topic {"name":"orders","topicId":"${TOPIC_ID}"}`,
    '  ProducerIds {"nodeId":0,"brokerEpoch":0,"nextProducerId":1000}',
  ])
  const damaged = fs.readFileSync(path)
  damaged[80] = 0xee
  fs.writeFileSync(path, damaged)
  expect(textsOf(dump(path))[0]).toMatch(/PROBLEM .* is damaged at byte 0: the checksum/)
})

test('what was cut off or is being deleted is read as what it was', () => {
  for (const suffix of ['.log.cut', '.log.deleted'])
    expect(dump(put(`t-6/${SEGMENT}${suffix}`, TWO[0] ?? '')).map(({ type }) => type)).toEqual([
      'batch',
    ])
  expect(recognize(hostDisk, put('store/000005.ldb', ''))).toBeNull()
})
