/**
 * Goal: batches of Kafka's own builder are read as Kafka's own reader reads them, and ours are
 * built as Kafka builds them. Method: test/golden/kafka/records.txt holds batches of every codec,
 * timestamp type and kind (idempotent, transactional, control, compacted) beside what Kafka's Java
 * code says is in them; header and records must agree field by field. What is read is built again:
 * byte by byte the same where nothing is compressed, and read back the same where it is.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { BatchCursor, CODECS, lastSequenceOf } from '../../../src/records/batch.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { loadCodec } from '../../../src/records/compression/index.ts'
import { readRecords, type LogRecord } from '../../../src/records/record.ts'
import { MAX_BYTES } from './arbitrary.ts'

/** What Kafka's reader says; bytes in hex, or by their digest when they are long. */
interface KafkasView {
  readonly [field: string]: unknown
  readonly records: readonly object[]
}

const golden = readFileSync(new URL('../../golden/kafka/records.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', hex = ''] = line.split(' ', 2)
    const view = JSON.parse(line.slice(name.length + hex.length + 2)) as KafkasView
    return { name, bytes: Uint8Array.from(Buffer.from(hex, 'hex')), view }
  })

const LONG_BYTES = 100

function hexOf(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null
  if (bytes.byteLength <= LONG_BYTES) return Buffer.from(bytes).toString('hex')
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

const read = (batch: BatchCursor): LogRecord[] => [...readRecords(batch, { maxBytes: MAX_BYTES })]

const viewOf = ({ offset, timestampMs, key, value, headers }: LogRecord) => ({
  offset,
  timestampMs,
  key: hexOf(key),
  value: hexOf(value),
  headers: headers.map((header) => ({ key: header.key, value: hexOf(header.value) })),
})

const headerOf = (batch: BatchCursor) => ({
  baseOffset: batch.baseOffset,
  lastOffset: batch.lastOffset,
  partitionLeaderEpoch: batch.partitionLeaderEpoch,
  magic: batch.magic,
  crc: batch.crc,
  codec: batch.codec,
  timestampType: batch.timestampType,
  maxTimestampMs: batch.maxTimestampMs,
  producerId: batch.producerId,
  producerEpoch: batch.producerEpoch,
  baseSequence: batch.baseSequence,
  lastSequence:
    batch.baseSequence < 0 ? -1 : lastSequenceOf(batch.baseSequence, batch.lastOffsetDelta),
  isTransactional: batch.isTransactional,
  isControl: batch.isControl,
  // The base timestamp's place holds it.
  deleteHorizonMs: batch.hasDeleteHorizon ? batch.baseTimestampMs : null,
})

/** The batch with our own builder; offsets must be dense. */
function rebuilt(batch: BatchCursor): Uint8Array {
  return buildBatch({
    baseOffset: batch.baseOffset,
    leaderEpoch: batch.partitionLeaderEpoch,
    codec: batch.codec ?? 'none',
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    timestampType: batch.timestampType,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    records: read(batch),
  })
}

beforeAll(() => Promise.all(CODECS.map(loadCodec)))

describe('a batch of Kafka’s', () => {
  it.each(golden)('$name is read as Kafka reads it', ({ bytes, view }) => {
    const batch = new BatchCursor(bytes)
    expect([batch.isWhole, batch.sizeBytes]).toEqual([true, bytes.byteLength])
    expect(batch.crcMatches()).toBe(true)
    const { records, ...header } = view
    expect(headerOf(batch)).toEqual(header)
    expect(batch.recordCount).toBe(records.length)
    expect(read(batch).map(viewOf)).toEqual(records)
  })

  const ours = golden.filter(({ name }) => !/compacted|delete-horizon|log-append-time/.test(name))
  it.each(ours)('$name is built alike', ({ bytes }) => {
    const batch = new BatchCursor(bytes)
    const again = rebuilt(batch)
    if (batch.codec === 'none') {
      expect(Buffer.from(again).toString('hex')).toBe(Buffer.from(bytes).toString('hex'))
      return
    }
    const copy = new BatchCursor(again)
    expect({ ...headerOf(copy), crc: batch.crc }).toEqual(headerOf(batch))
    expect(read(copy).map(viewOf)).toEqual(read(batch).map(viewOf))
  })

  it.each(golden.filter(({ name }) => name.endsWith('log-append-time')))(
    '$name is what stamping the time makes of a batch',
    ({ name, bytes, view }) => {
      const created = golden.find((row) => row.name === name.replace('log-append-time', 'varied'))
      const batch = new BatchCursor(Uint8Array.from(created?.bytes ?? []))
      batch.stampLogAppendTime(Number(view['maxTimestampMs']))
      expect(Buffer.from(batch.bytes).toString('hex')).toBe(Buffer.from(bytes).toString('hex'))
    },
  )
})

it('there are batches of every codec', () => {
  expect(new Set(golden.map(({ view }) => view['codec']))).toEqual(new Set(CODECS))
})
