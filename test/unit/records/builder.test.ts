/**
 * Goal: a built batch has the header that was asked for, and recompression changes the codec alone.
 * Method: every field of batches of every shape; each codec into each other one.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  BATCH_HEADER_BYTES,
  BatchCursor,
  CODECS,
  lastSequenceOf,
} from '../../../src/records/batch.ts'
import { buildBatch, withCodec } from '../../../src/records/builder.ts'
import { codecReady, loadCodec } from '../../../src/records/compression/index.ts'
import { openPayload, readRecords } from '../../../src/records/record.ts'
import { MAX_BYTES, anyBatch, plain, utf8 } from './arbitrary.ts'

describe('before zstd is loaded', () => {
  it('says so, and needs nothing for the other codecs', () => {
    expect(CODECS.map((codec) => codecReady(codec))).toEqual([true, true, true, true, false])
    expect(() => buildBatch({ codec: 'zstd', records: [{}] })).toThrow(
      expect.objectContaining({ code: 'CODEC_NOT_LOADED' }),
    )
  })
})

describe('with all codecs', () => {
  beforeAll(() => loadCodec('zstd'))

  it('loads once', async () => {
    await Promise.all(CODECS.map((codec) => loadCodec(codec)))
    expect(CODECS.every((codec) => codecReady(codec))).toBe(true)
  })

  it('writes the header that was asked for', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const bytes = buildBatch(batch)
        const cursor = new BatchCursor(bytes)
        const timestamps = batch.records.map(({ timestampMs = -1 }) => timestampMs)
        expect({
          baseOffset: cursor.baseOffset,
          leaderEpoch: cursor.partitionLeaderEpoch,
          codec: cursor.codec,
          producerId: cursor.producerId,
          producerEpoch: cursor.producerEpoch,
          baseSequence: cursor.baseSequence,
          isTransactional: cursor.isTransactional,
          isControl: cursor.isControl,
          records: batch.records,
        }).toEqual(batch)
        expect([cursor.sizeBytes, cursor.isWhole]).toEqual([bytes.byteLength, true])
        expect([cursor.magic, cursor.crcMatches(), cursor.hasDeleteHorizon]).toEqual([
          2,
          true,
          false,
        ])
        expect([cursor.recordCount, cursor.lastOffsetDelta]).toEqual([
          batch.records.length,
          batch.records.length - 1,
        ])
        expect(cursor.maxTimestampMs).toBe(Math.max(...timestamps))
        expect(cursor.baseTimestampMs).toBe(timestamps[0])
      }),
    )
  })

  it('has "not set" for defaults', () => {
    const cursor = new BatchCursor(buildBatch({ records: [{ value: utf8('x') }] }))
    expect({
      baseOffset: cursor.baseOffset,
      leaderEpoch: cursor.partitionLeaderEpoch,
      attributes: cursor.attributes,
      timestamps: [cursor.baseTimestampMs, cursor.maxTimestampMs],
      producer: [cursor.producerId, cursor.producerEpoch, cursor.baseSequence],
      isIdempotent: cursor.isIdempotent,
    }).toEqual({
      baseOffset: 0,
      leaderEpoch: -1,
      attributes: 0,
      timestamps: [-1, -1],
      producer: [-1, -1, -1],
      isIdempotent: false,
    })
  })

  it('recompresses every codec into every other, and changes nothing else', () => {
    const records = Array.from({ length: 50 }, (_, index) => ({
      key: utf8(`key-${index}`),
      value: utf8('value '.repeat(index)),
      timestampMs: 1_000 + index,
    }))
    for (const from of CODECS) {
      const source = new BatchCursor(
        buildBatch({ codec: from, producerId: 5, producerEpoch: 1, baseSequence: 3, records }),
      )
      const before = plain(readRecords(source, { maxBytes: MAX_BYTES }))
      for (const to of CODECS) {
        const rebuilt = new BatchCursor(withCodec(source, to, openPayload(source, MAX_BYTES)))
        expect([rebuilt.codec, rebuilt.crcMatches(), rebuilt.isWhole]).toEqual([to, true, true])
        expect(plain(readRecords(rebuilt, { maxBytes: MAX_BYTES }))).toEqual(before)
        // From the last offset delta to the record count: as it was.
        expect(rebuilt.bytes.slice(23, BATCH_HEADER_BYTES)).toEqual(
          source.bytes.slice(23, BATCH_HEADER_BYTES),
        )
      }
    }
  })

  it('refuses to build a batch of nothing', () => {
    expect(() => buildBatch({ records: [] })).toThrow('at least one record')
  })
})

describe('BatchCursor', () => {
  it('stamps offset and epoch without touching what the CRC covers', () => {
    const bytes = buildBatch({ records: [{ value: utf8('x') }] })
    const cursor = new BatchCursor(bytes)
    const covered = bytes.slice(21)
    cursor.stamp({ baseOffset: 2 ** 41, leaderEpoch: 12 })
    expect([cursor.baseOffset, cursor.partitionLeaderEpoch]).toEqual([2 ** 41, 12])
    expect(bytes.slice(21)).toEqual(covered)
    expect(cursor.crcMatches()).toBe(true)
  })

  it('walks over consecutive batches, up to one that is cut short', () => {
    const batches = [1, 2, 3].map((count) =>
      buildBatch({ records: Array.from({ length: count }, () => ({})) }),
    )
    const cursor = new BatchCursor(Buffer.concat(batches).subarray(0, -1))
    const counts: number[] = []
    for (; cursor.isWhole; cursor.next()) counts.push(cursor.recordCount)
    expect(counts).toEqual([1, 2])
    expect(cursor.hasHeader).toBe(true)
  })

  it.each([
    [0, 0, 0],
    [0, 4, 4],
    [2 ** 31 - 1, 0, 2 ** 31 - 1],
    [2 ** 31 - 1, 1, 0],
    [2 ** 31 - 2, 4, 2],
  ])('sequence %i and %i more is %i', (base, delta, last) => {
    expect(lastSequenceOf(base, delta)).toBe(last)
  })
})
