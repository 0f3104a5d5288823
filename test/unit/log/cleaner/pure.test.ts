// Goal: the parts of compaction that compute only: the hash of keys, the map of latest offsets,
// what of a log may be cleaned, which segments become one, and what is left of a batch.
// Method: published test vectors; random keys against a Map; ranges worked out by hand; random
// batches against a filter that is a few lines long.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterBatch } from '../../../../src/log/cleaner/batch-filter.ts'
import type { FilterRules } from '../../../../src/log/cleaner/batch-filter.ts'
import { KeyHash } from '../../../../src/log/cleaner/key-hash.ts'
import { OffsetMap, SLOT_BYTES } from '../../../../src/log/cleaner/offset-map.ts'
import {
  cleanableRange,
  groupSegments,
  segmentMsOf,
} from '../../../../src/log/cleaner/selection.ts'
import { BatchCursor, CODECS } from '../../../../src/records/batch.ts'
import { loadCodec } from '../../../../src/records/compression/index.ts'
import { compacted, keyed, recordsOf } from './fixture.ts'

const utf8 = new TextEncoder()
const secret = Uint8Array.from({ length: 16 }, (_, index) => index)

test('the hash is HalfSipHash-2-4 with 64 bits, under each half of the secret', () => {
  const hash = new KeyHash(Uint8Array.from({ length: 16 }, (_, index) => index % 8))
  hash.of(new Uint8Array(0))
  const bytes = new Uint8Array(hash.words.slice().buffer)
  // The first vector of the reference implementation, twice: both halves have the same key here.
  const vector = [0x21, 0x8d, 0x1f, 0x59, 0xb9, 0xb8, 0x3c, 0xc8]
  expect([...bytes]).toEqual([...vector, ...vector])
})

test('the map knows the latest offset of each key', () => {
  const key = fc.uint8Array({ maxLength: 6 })
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), fc.array(key), (put, asked) => {
      const map = new OffsetMap({ keys: 200, budgetBytes: 1e6, secret })
      const expected = new Map<string, number>()
      put.forEach((one, offset) => {
        map.put(one, offset)
        expected.set(one.join(), offset)
      })
      expect(map.size).toBe(expected.size)
      for (const one of [...put, ...asked])
        expect(map.get(one)).toBe(expected.get(one.join()) ?? -1)
    }),
  )
})

test('the map keeps to its budget, and refuses more keys than it takes', () => {
  const map = new OffsetMap({ keys: 1e9, budgetBytes: SLOT_BYTES * 100, secret })
  expect(map.capacity).toBe(90)
  for (let index = 0; index < 90; index += 1) map.put(utf8.encode(`${index}`), index)
  expect(map.room).toBe(0)
  map.put(utf8.encode('7'), 100)
  expect(map.get(utf8.encode('7'))).toBe(100)
  expect(() => map.put(utf8.encode('one more'), 101)).toThrow('full')
})

describe('what may be cleaned', () => {
  const segment = (baseOffset: number, firstMs = 0, lastMs = firstMs) => ({
    ...{ baseOffset, sizeBytes: 100 },
    firstTimestampMs: () => firstMs,
    largestTimestamp: () => ({ timestampMs: lastMs }),
  })
  const segments = [segment(0, 100), segment(10, 200), segment(20, 300), segment(30, 400)]
  const state = {
    ...{ logStartOffset: 0, lastStableOffset: 100, flushedOffset: 100, cleanedOffset: 0 },
    ...{ limit: Infinity, nowMs: 1_000 },
  }
  const rules = { ...compacted, 'min.cleanable.dirty.ratio': 0.5 }
  const range = (changes: Partial<typeof state> = {}, config: Partial<typeof rules> = {}) =>
    cleanableRange(segments, { ...state, ...changes }, { ...rules, ...config })

  test('everything in front of the active segment', () => {
    expect(range()).toMatchObject({ firstDirty: 0, endOffset: 30, dirtyRatio: 1, isDue: true })
  })

  test.each(['lastStableOffset', 'flushedOffset', 'limit'] as const)('not beyond %s', (bound) => {
    expect(range({ [bound]: 29 })?.endOffset).toBe(20)
    expect(range({ [bound]: 9 })).toBe(null)
  })

  test('what is dirty enough', () => {
    expect(range({ cleanedOffset: 10 })).toMatchObject({ firstDirty: 10, isDue: true })
    expect(range({ cleanedOffset: 20 })).toMatchObject({ firstDirty: 20, isDue: false })
    expect(range({ cleanedOffset: 30 })).toBe(null)
  })

  test('nothing younger than min.compaction.lag.ms', () => {
    expect(range({}, { 'min.compaction.lag.ms': 750 })?.endOffset).toBe(20)
  })

  test('what waits for longer than max.compaction.lag.ms, dirty enough or not', () => {
    const late = range({ cleanedOffset: 20 }, { 'max.compaction.lag.ms': 699 })
    expect(late).toMatchObject({ isDue: true, isOverdue: true })
    expect(range({ cleanedOffset: 20 }, { 'max.compaction.lag.ms': 700 })?.isDue).toBe(false)
    expect(segmentMsOf({ ...compacted, 'max.compaction.lag.ms': 5 })).toBe(5)
  })

  test('a checkpoint below the log start or beyond the active segment begins anew', () => {
    expect(range({ cleanedOffset: 31 })?.firstDirty).toBe(0)
    expect(range({ logStartOffset: 10, cleanedOffset: 5 })?.firstDirty).toBe(10)
  })

  test('neighbours that fit together become one', () => {
    const groups = groupSegments(segments, { segmentBytes: 250, endOffset: 40 })
    expect(groups.map((group) => group.map(({ baseOffset }) => baseOffset))).toEqual([
      [0, 10],
      [20, 30],
    ])
    const far = [segment(0), segment(10), segment(0x8000_0000)]
    expect(groupSegments(far, { segmentBytes: 1e9, endOffset: 0x8000_0001 })).toHaveLength(2)
  })
})

describe('what is left of a batch', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd')
  const entries = fc.array(fc.tuple(key, fc.option(fc.string({ maxLength: 5 }), { freq: 3 })), {
    minLength: 1,
    maxLength: 12,
  })
  const nowMs = 1_700_000_100_000
  const rulesOf = (latest: ReadonlyMap<string, number>, changes: Partial<FilterRules> = {}) => ({
    latestOffset: (bytes: Uint8Array) => latest.get(new TextDecoder().decode(bytes)) ?? -1,
    ...{ mapEnd: 1_000, cleanedBefore: 1_000, nowMs, deleteRetentionMs: 1_000 },
    keepsEmpty: () => false,
    ...changes,
  })

  test('random batches, twice, with a horizon in between', async () => {
    await loadCodec('zstd')
    fc.assert(
      fc.property(
        entries,
        fc.dictionary(key, fc.integer({ min: 90, max: 120 })),
        fc.constantFrom(...CODECS),
        (batchEntries, latestByKey, codec) => {
          const latest = new Map(Object.entries(latestByKey))
          const bytes = keyed(batchEntries, { baseOffset: 100, leaderEpoch: 4, codec })
          const wanted = recordsOf(bytes).filter(
            ({ offset, key: of }) => offset >= (latest.get(of ?? '') ?? -1),
          )
          const first = filterBatch(new BatchCursor(bytes), rulesOf(latest))
          if (wanted.length === 0) {
            expect(first.type).toBe('none')
            return
          }
          const left = first.type === 'changed' ? Uint8Array.from(first.bytes) : bytes
          expect(recordsOf(left)).toEqual(wanted)
          const header = new BatchCursor(left)
          expect(header.crcMatches()).toBe(true)
          expect(header.lastOffset).toBe(100 + batchEntries.length - 1)
          expect(header.partitionLeaderEpoch).toBe(4)
          const hasTombstone = wanted.some(({ value }) => value === null)
          expect(header.hasDeleteHorizon).toBe(hasTombstone)
          if (!hasTombstone) expect(header.maxTimestampMs).toBe(wanted.at(-1)?.timestampMs)
          else expect(header.baseTimestampMs).toBe(nowMs + 1_000)

          const before = filterBatch(header, rulesOf(latest, { nowMs: nowMs + 999 }))
          expect(before).toEqual({ type: 'same' })
          const unsafe = rulesOf(latest, { nowMs: nowMs + 1_000, cleanedBefore: 100 })
          expect(filterBatch(header, unsafe)).toEqual({ type: 'same' })
          const after = filterBatch(header, rulesOf(latest, { nowMs: nowMs + 1_000 }))
          const values = wanted.filter(({ value }) => value !== null)
          if (values.length === 0) {
            expect(after.type).toBe('none')
            return
          }
          expect(recordsOf(after.type === 'changed' ? after.bytes : left)).toEqual(values)
        },
      ),
    )
  })

  test('a header stays where somebody needs it', () => {
    const producer = { producerId: 3, producerEpoch: 1, baseSequence: 7 }
    const bytes = keyed(
      [
        ['a', '1'],
        ['a', '2'],
      ],
      { baseOffset: 10, codec: 'gzip', ...producer },
    )
    const latest = new Map([['a', 50]])
    const left = filterBatch(new BatchCursor(bytes), rulesOf(latest, { keepsEmpty: () => true }))
    if (left.type !== 'changed') throw new Error(left.type)
    const header = new BatchCursor(left.bytes)
    expect(header).toMatchObject({ ...producer, baseOffset: 10, lastOffset: 11, recordCount: 0 })
    expect(header).toMatchObject({ codec: 'none', sizeBytes: 61 })
    expect(header.crcMatches()).toBe(true)
    expect(filterBatch(header, rulesOf(latest, { keepsEmpty: () => true })).type).toBe('same')
    expect(filterBatch(header, rulesOf(latest)).type).toBe('none')
  })

  test('log append time stays the time of all of its records', () => {
    const bytes = keyed(
      [
        ['a', '1'],
        ['b', null],
      ],
      { timestampType: 'LogAppendTime' },
    )
    const left = filterBatch(new BatchCursor(bytes), rulesOf(new Map([['a', 50]])))
    if (left.type !== 'changed') throw new Error(left.type)
    expect(new BatchCursor(left.bytes).maxTimestampMs).toBe(new BatchCursor(bytes).maxTimestampMs)
    expect(recordsOf(left.bytes)).toEqual(recordsOf(bytes).slice(1))
  })

  test('what cannot be opened stays as it is', () => {
    const bytes = keyed([['a', '1']], { codec: 'gzip' })
    bytes.fill(0xff, 70)
    new BatchCursor(bytes).stampCrc()
    expect(filterBatch(new BatchCursor(bytes), rulesOf(new Map([['a', 50]]))).type).toBe('same')
  })
})
