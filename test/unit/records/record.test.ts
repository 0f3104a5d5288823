/**
 * Goal: records are read back exactly as they were written, by us and by others; bytes that are no
 * records end in the one error for that.
 * Method: batches of every shape through builder and reader; batches that librdkafka sent; kafkajs'
 * own codec as the second implementation, both ways; each fault of structure by hand; random bytes.
 */
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import { BatchCursor, CODECS } from '../../../src/records/batch.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { compress, decompress, loadCodec } from '../../../src/records/compression/index.ts'
import { RecordCursor, readRecords } from '../../../src/records/record.ts'
import { MAX_BYTES, anyBatch, expectedRecords, golden, plain, text, utf8 } from './arbitrary.ts'

beforeAll(() => loadCodec('zstd'))

const read = (bytes: Uint8Array) =>
  plain(readRecords(new BatchCursor(bytes), { maxBytes: MAX_BYTES }))

describe('readRecords', () => {
  it('reads what buildBatch wrote, whatever its shape and codec', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        expect(read(buildBatch(batch))).toEqual(expectedRecords(batch))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps null, empty and present apart', () => {
    const empty = new Uint8Array(0)
    const headers = [
      { key: '', value: null },
      { key: 'é', value: empty },
    ]
    const bytes = buildBatch({ records: [{ key: empty, value: null, headers }, { value: empty }] })
    expect(read(bytes)).toEqual([
      { offset: 0, timestampMs: -1, key: empty, value: null, headers },
      { offset: 1, timestampMs: -1, key: null, value: empty, headers: [] },
    ])
  })

  it('gives every record the time of its batch with LogAppendTime', () => {
    const bytes = buildBatch({ records: [{ timestampMs: 5 }, { timestampMs: 9 }] })
    new BatchCursor(bytes).stampLogAppendTime(1_000)
    expect(read(bytes).map((record) => record.timestampMs)).toEqual([1_000, 1_000])
  })

  it('reads the batch that the cursor was at, though it has moved on', () => {
    const first = buildBatch({ baseOffset: 7, records: [{ value: utf8('one') }] })
    const second = buildBatch({ baseOffset: 8, records: [{ value: utf8('two') }] })
    const cursor = new BatchCursor(Buffer.concat([first, second]))
    const records = readRecords(cursor, { maxBytes: MAX_BYTES })
    cursor.next()
    expect([...records].map(({ offset, value }) => [offset, text(value)])).toEqual([[7, 'one']])
  })

  it('reads a header key that is not UTF-8, as other readers do', () => {
    const bytes = buildBatch({ records: [{ headers: [{ key: 'key', value: null }] }] })
    bytes[bytes.indexOf('k'.charCodeAt(0), 61)] = 0xff
    expect(read(bytes)[0]?.headers[0]?.key).toBe('\ufffdey')
  })

  it.each(CODECS)('reads what librdkafka sent with %s', (codec) => {
    const bytes = golden(`librdkafka-${codec}.batch`)
    const cursor = new BatchCursor(bytes)
    expect([cursor.codec, cursor.crcMatches(), cursor.recordCount]).toEqual([codec, true, 40])
    const records = read(bytes)
    records.forEach(({ offset, key, value, headers }, index) => {
      expect([offset, text(key), text(value)]).toEqual([
        index,
        `key-${index}`,
        `value ${index} of a batch, ${'abc'.repeat(index % 7)}`,
      ])
      expect(headers.map((header) => [header.key, text(header.value)])).toEqual([
        ['trace', 'abc'],
        ['empty', ''],
      ])
    })
    expect(records).toHaveLength(40)
  })

  it('stops at the bound, before it has allocated more', () => {
    for (const codec of CODECS.slice(1)) {
      const bytes = buildBatch({ codec, records: [{ value: new Uint8Array(2_000_000) }] })
      const open = () => readRecords(new BatchCursor(bytes), { maxBytes: 1_000_000 })
      expect(open, codec).toThrow(expect.objectContaining({ code: 'DECOMPRESSED_TOO_LARGE' }))
    }
  })

  it('refuses a codec number that is none', () => {
    const bytes = buildBatch({ records: [{}] })
    bytes[22] = 5
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: 'CORRUPT_COMPRESSED_DATA' }))
  })

  it('refuses another number of records than the header counts', () => {
    for (const count of [1, 3]) {
      const bytes = buildBatch({ records: [{}, {}] })
      new DataView(bytes.buffer, bytes.byteOffset).setInt32(57, count)
      expect(() => read(bytes)).toThrow(MalformedBytes)
    }
  })
})

describe('RecordCursor', () => {
  /** A payload of one record made of `fields`, preceded by their length, or by another one. */
  function payload(fields: readonly number[], lengthOff = 0): Uint8Array {
    const writer = new Writer()
    writer.varint(fields.length + lengthOff)
    for (const field of fields) writer.int8(field)
    return writer.finish()
  }
  const NULL = 1 // −1, zig-zag

  it('reads the least record there is', () => {
    const cursor = new RecordCursor(payload([0, 0, 0, NULL, NULL, 0]))
    cursor.next()
    expect([cursor.key, cursor.value, cursor.headers(), cursor.atEnd]).toEqual([
      null,
      null,
      [],
      true,
    ])
  })

  it.each([
    ['a negative length', payload([0, 0, 0, NULL, NULL, 0], -10)],
    ['a length beyond the payload', payload([0, 0, 0, NULL, NULL, 0], 1)],
    ['a length short of its fields', payload([0, 0, 0, NULL, NULL, 0], -1)],
    ['a length beyond its fields', payload([0, 0, 0, NULL, NULL, 0, 0])],
    ['a key length below null', payload([0, 0, 0, 3, NULL, 0])],
    ['a key beyond the record', payload([0, 0, 0, 20, NULL, 0])],
    ['a value length below null', payload([0, 0, 0, NULL, 3, 0])],
    ['a value beyond the record', payload([0, 0, 0, NULL, 20, 0])],
    ['fewer than no headers', payload([0, 0, 0, NULL, NULL, 1])],
    ['headers that are not there', payload([0, 0, 0, NULL, NULL, 2])],
    ['a header without a key', payload([0, 0, 0, NULL, NULL, 2, NULL, NULL])],
    ['a header value beyond the record', payload([0, 0, 0, NULL, NULL, 2, 0, 20])],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_what, bytes) => {
    const cursor = new RecordCursor(bytes)
    expect(() => {
      cursor.next()
    }).toThrow(MalformedBytes)
  })

  it('ends random bytes in MalformedBytes or in records, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const cursor = new RecordCursor(bytes)
        try {
          while (!cursor.atEnd) {
            cursor.next()
            cursor.headers()
          }
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(MalformedBytes)
        }
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('kafkajs, the second implementation', () => {
  const require = createRequire(import.meta.url)
  const load = (path: string): unknown => require(`kafkajs/src/${path}`)
  const { Codecs } = load('protocol/message/compression') as { Codecs: Record<number, unknown> }
  const Decoder = load('protocol/decoder') as new (bytes: Buffer) => object
  const decodeBatch = load('protocol/recordBatch/v0/decoder') as (decoder: object) => Promise<{
    firstOffset: string
    producerId: string
    producerEpoch: number
    firstSequence: number
    records: {
      offset: string
      timestamp: string
      key: Buffer | null
      value: Buffer | null
      headers: Record<string, Buffer>
    }[]
  }>
  const { RecordBatch } = load('protocol/recordBatch/v0') as {
    RecordBatch: (batch: object) => Promise<{ buffer: Buffer }>
  }
  const encodeRecord = load('protocol/recordBatch/record/v0') as (record: object) => object

  beforeAll(() => {
    // gzip is its own; for the others it asks for plug-ins, so only the framing is tested there.
    for (const codec of CODECS.slice(2))
      Codecs[CODECS.indexOf(codec)] = () => ({
        compress: ({ buffer }: { buffer: Buffer }) => Buffer.from(compress(codec, buffer)),
        decompress: (bytes: Buffer) => Buffer.from(decompress(codec, bytes, MAX_BYTES)),
      })
  })

  const records = [
    { key: utf8('k1'), value: utf8('v1'), timestampMs: 1_700_000_000_123 },
    { key: null, value: utf8('x'.repeat(500)), timestampMs: 1_700_000_000_001 },
    {
      key: utf8('k3'),
      value: null,
      timestampMs: 1_700_000_001_000,
      headers: [{ key: 'trace', value: utf8('abc') }],
    },
  ]

  it.each(CODECS)('reads our batches (%s)', async (codec) => {
    const bytes = buildBatch({
      baseOffset: 41,
      codec,
      producerId: 7,
      producerEpoch: 2,
      baseSequence: 9,
      records,
    })
    const batch = await decodeBatch(new Decoder(Buffer.from(bytes)))
    expect(batch).toMatchObject({
      firstOffset: '41',
      producerId: '7',
      producerEpoch: 2,
      firstSequence: 9,
    })
    expect(
      batch.records.map((record) => [
        Number(record.offset),
        Number(record.timestamp),
        text(record.key),
        text(record.value),
        text(record.headers['trace'] ?? null),
      ]),
    ).toEqual(
      records.map((record, index) => [
        41 + index,
        record.timestampMs,
        text(record.key),
        text(record.value),
        text(record.headers?.[0]?.value ?? null),
      ]),
    )
  })

  it.each(CODECS)('writes batches that we read (%s)', async (codec) => {
    const [first] = records
    const { buffer } = await RecordBatch({
      compression: CODECS.indexOf(codec),
      firstTimestamp: first?.timestampMs,
      maxTimestamp: 1_700_000_001_000,
      lastOffsetDelta: records.length - 1,
      records: records.map(({ key, value, timestampMs, headers }, offsetDelta) =>
        encodeRecord({
          offsetDelta,
          timestampDelta: timestampMs - (first?.timestampMs ?? 0),
          key: key === null ? null : Buffer.from(key),
          value: value === null ? null : Buffer.from(value),
          headers: Object.fromEntries(
            (headers ?? []).map((header) => [header.key, Buffer.from(header.value)]),
          ),
        }),
      ),
    })
    expect(new BatchCursor(buffer).crcMatches()).toBe(true)
    expect(read(buffer)).toEqual(expectedRecords({ records }))
  })
})
