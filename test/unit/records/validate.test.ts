/**
 * Goal: nothing reaches the log that breaks a promise of the record format, and every refusal
 * carries Kafka's error for it, in Kafka's order where several apply.
 * Method: one good batch, one thing wrong at a time; every pair of wrongs whose order shows;
 * every bit of a batch flipped; batches of every shape through every rule that opens them.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchCursor, CODECS } from '../../../src/records/batch.ts'
import { buildBatch, type BatchToWrite } from '../../../src/records/builder.ts'
import { loadCodec } from '../../../src/records/compression/index.ts'
import { readRecords } from '../../../src/records/record.ts'
import {
  MAX_RECORD_ERRORS,
  validateProduce,
  type ProduceRules,
  type ValidatedBatch,
} from '../../../src/records/validate.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { MAX_BYTES, anyRecord, golden, plain, utf8 } from './arbitrary.ts'

const NOW_MS = 1_750_000_000_000
const HOUR_MS = 3_600_000

/** A topic with Kafka's defaults. */
const RULES: ProduceRules = {
  apiVersion: 9,
  maxMessageBytes: 1_048_588,
  timestampType: 'CreateTime',
  timestampBeforeMaxMs: Infinity,
  timestampAfterMaxMs: HOUR_MS,
  nowMs: NOW_MS,
  compressionType: 'producer',
  keysRequired: false,
  maxUncompressedBytes: MAX_BYTES,
}

const RECORDS = [
  { key: utf8('a'), value: utf8('one'), timestampMs: NOW_MS - 5 },
  { key: utf8('b'), value: utf8('two'), timestampMs: NOW_MS },
  { key: utf8('c'), value: utf8('three'), timestampMs: NOW_MS - 9 },
]

function good(batch: Partial<BatchToWrite> = {}): Uint8Array {
  return buildBatch({ records: RECORDS, ...batch })
}

/** A good batch with something changed behind the producer's back; the CRC is made to fit. */
function changed(change: (view: DataView, bytes: Uint8Array) => void, from = good()): Uint8Array {
  const bytes = Uint8Array.from(from)
  change(new DataView(bytes.buffer), bytes)
  new BatchCursor(bytes).stampCrc()
  return bytes
}

const setInt64 = (at: number, value: bigint) => (view: DataView) => {
  view.setBigInt64(at, value)
}

function verdict(records: Uint8Array | null, rules: Partial<ProduceRules> = {}): string {
  return errorName(validateProduce(records, { ...RULES, ...rules }).errorCode)
}

function accepted(result: ValidatedBatch) {
  if (result.errorCode !== 0) throw new Error(`${result.errorCode} ${result.errorMessage}`)
  return result
}

const read = (bytes: Uint8Array) =>
  plain(readRecords(new BatchCursor(bytes), { maxBytes: MAX_BYTES }))

// Not in a hook: the tables of batches below are built while the tests are collected.
await loadCodec('zstd')

describe('a good batch', () => {
  it('is accepted as it is, closed, in the same bytes', () => {
    for (const codec of CODECS) {
      const bytes = good({ codec })
      const before = bytes.slice()
      const result = accepted(validateProduce(bytes, RULES))
      expect(result.batch).toBe(bytes)
      expect(bytes).toEqual(before)
      expect(result.logAppendTimeMs).toBe(-1)
    }
  })

  it.each(CODECS)('of librdkafka (%s) is accepted, closed and opened', (codec) => {
    const bytes = golden(`librdkafka-${codec}.batch`)
    const nowMs = new BatchCursor(bytes).maxTimestampMs
    expect(verdict(bytes, { nowMs })).toBe('NONE')
    expect(verdict(bytes, { nowMs, keysRequired: true, timestampBeforeMaxMs: 0 })).toBe('NONE')
  })

  it('of an idempotent or transactional producer is accepted', () => {
    const idempotent = { producerId: 3, producerEpoch: 0, baseSequence: 0 }
    expect(verdict(good(idempotent))).toBe('NONE')
    expect(verdict(good({ ...idempotent, isTransactional: true }))).toBe('NONE')
    // kafkajs: not idempotent, but with an epoch and a sequence.
    expect(verdict(good({ producerId: -1, producerEpoch: 0, baseSequence: 0 }))).toBe('NONE')
  })

  it('may be without timestamps, whatever the window', () => {
    const bytes = good({ records: [{ value: utf8('x') }] })
    expect(verdict(bytes, { timestampBeforeMaxMs: 0, timestampAfterMaxMs: 0 })).toBe('NONE')
  })

  it('is not opened by default, so what is inside stays unseen', () => {
    for (const codec of CODECS) {
      const broken = changed((_, bytes) => bytes.fill(0xff, 61), good({ codec }))
      expect(verdict(broken), codec).toBe('NONE')
    }
  })
})

describe('framing', () => {
  it.each<[string, Uint8Array | null, string]>([
    ['null', null, 'INVALID_RECORD'],
    ['nothing', new Uint8Array(0), 'INVALID_RECORD'],
    ['an old message set', golden('librdkafka-magic0.messages'), 'INVALID_RECORD'],
    ['magic 1', changed((view) => view.setInt8(16, 1)), 'INVALID_RECORD'],
    ['magic 3', changed((view) => view.setInt8(16, 3)), 'CORRUPT_MESSAGE'],
    ['a negative magic', changed((view) => view.setInt8(16, -1)), 'CORRUPT_MESSAGE'],
    ['two batches', Buffer.concat([good(), good()]), 'INVALID_RECORD'],
    ['a batch and a byte', Buffer.concat([good(), Uint8Array.of(0)]), 'CORRUPT_MESSAGE'],
    ['a batch and half of one', Buffer.concat([good(), good().subarray(0, 70)]), 'CORRUPT_MESSAGE'],
  ])('%s', (_what, bytes, name) => {
    expect(verdict(bytes)).toBe(name)
  })

  it('a batch cut short at any place', () => {
    const bytes = good()
    for (let size = 1; size < bytes.byteLength; size += 1)
      expect(verdict(bytes.subarray(0, size)), `${size} bytes`).toBe('CORRUPT_MESSAGE')
  })

  it.each([-(2 ** 31), -13, -12, -1, 0, 13, 48, 2 ** 31 - 1])('a batchLength of %i', (length) => {
    const bytes = good()
    new DataView(bytes.buffer, bytes.byteOffset).setInt32(8, length)
    expect(verdict(bytes)).toBe('CORRUPT_MESSAGE')
  })

  it('zstd before Produce version 7', () => {
    const bytes = good({ codec: 'zstd' })
    expect(verdict(bytes, { apiVersion: 6 })).toBe('UNSUPPORTED_COMPRESSION_TYPE')
    expect(verdict(bytes, { apiVersion: 7 })).toBe('NONE')
    expect(verdict(good({ codec: 'lz4' }), { apiVersion: 3 })).toBe('NONE')
  })
})

describe('header', () => {
  const idempotent = good({ producerId: 3, producerEpoch: 1, baseSequence: 0 })

  it.each<[string, Uint8Array, string]>([
    ['a base offset', changed(setInt64(0, 1n)), 'INVALID_RECORD'],
    ['another CRC', flipped(good(), 17 * 8), 'CORRUPT_MESSAGE'],
    ['codec 5', changed((view) => view.setInt16(21, 5)), 'UNSUPPORTED_COMPRESSION_TYPE'],
    ['codec 7', changed((view) => view.setInt16(21, 7)), 'UNSUPPORTED_COMPRESSION_TYPE'],
    ['no records', changed((view) => setCount(view, 0)), 'INVALID_RECORD'],
    ['fewer than none', changed((view) => setCount(view, -1)), 'INVALID_RECORD'],
    ['more records than fit', changed((view) => setCount(view, 2 ** 31 - 1)), 'INVALID_RECORD'],
    ['another last offset', changed((view) => view.setInt32(23, 3)), 'INVALID_RECORD'],
    ['a negative last offset', changed((view) => view.setInt32(23, -1)), 'INVALID_RECORD'],
    ['control', good({ isControl: true }), 'INVALID_RECORD'],
    ['a delete horizon', changed((view) => view.setInt16(21, 0x40)), 'INVALID_RECORD'],
    ['no sequence', changed((view) => view.setInt32(53, -1), idempotent), 'INVALID_RECORD'],
    ['no epoch', changed((view) => view.setInt16(51, -1), idempotent), 'INVALID_RECORD'],
    ['a transaction of nobody', good({ isTransactional: true }), 'INVALID_RECORD'],
    ['a producer id of 2^53', changed(setInt64(43, 2n ** 53n), idempotent), 'INVALID_RECORD'],
    ['LogAppendTime', changed((view) => view.setInt16(21, 0x08)), 'INVALID_TIMESTAMP'],
    ['a base time of 2^53', changed(setInt64(27, 2n ** 53n)), 'INVALID_TIMESTAMP'],
    ['a maximum time of 2^63 − 1', changed(setInt64(35, 2n ** 63n - 1n)), 'INVALID_TIMESTAMP'],
    ['a time of −2^63', changed(setInt64(27, -(2n ** 63n))), 'INVALID_TIMESTAMP'],
  ])('%s', (_what, bytes, name) => {
    // Without any window, so that no record is looked at.
    expect(verdict(bytes, { timestampAfterMaxMs: Infinity })).toBe(name)
    expect(verdict(bytes, { timestampType: 'LogAppendTime' })).toBe(name)
  })

  it('is checked in order: offset, size, CRC, header, records', () => {
    const wrongs: readonly [string, (view: DataView) => void, Partial<ProduceRules>, boolean][] = [
      ['INVALID_RECORD', setInt64(0, 1n), {}, false],
      ['MESSAGE_TOO_LARGE', () => undefined, { maxMessageBytes: 80 }, false],
      ['CORRUPT_MESSAGE', () => undefined, {}, true],
      ['UNSUPPORTED_COMPRESSION_TYPE', (view) => view.setInt16(21, 0x2f), {}, false],
      ['INVALID_TIMESTAMP', (view) => view.setInt16(21, 0x08), {}, false],
    ]
    wrongs.forEach(([first, change, rules, badCrc], index) => {
      for (const [, laterChange, laterRules, laterBadCrc] of wrongs.slice(index)) {
        const bytes = changed((view) => {
          laterChange(view)
          change(view)
        })
        if (badCrc || laterBadCrc) bytes[17] = (bytes[17] ?? 0) ^ 0xff
        expect(verdict(bytes, { ...laterRules, ...rules })).toBe(first)
      }
    })
  })

  it('is as large as the topic allows, and no larger', () => {
    const bytes = good()
    expect(verdict(bytes, { maxMessageBytes: bytes.byteLength })).toBe('NONE')
    expect(verdict(bytes, { maxMessageBytes: bytes.byteLength - 1 })).toBe('MESSAGE_TOO_LARGE')
  })
})

describe('any bit flipped', () => {
  it('is refused, or is the leader epoch, which is ours to set', () => {
    for (const codec of CODECS) {
      const bytes = good({ codec, producerId: 9, producerEpoch: 0, baseSequence: 4 })
      for (let bit = 0; bit < bytes.byteLength * 8; bit += 1) {
        const isLeaderEpoch = bit >= 12 * 8 && bit < 16 * 8
        const name = verdict(flipped(bytes, bit))
        if (isLeaderEpoch) expect(name).toBe('NONE')
        else expect(name, `${codec}, bit ${bit}`).not.toBe('NONE')
      }
    }
  })

  it('of random bytes never comes to an exception', () => {
    const rules: readonly ProduceRules[] = [
      RULES,
      { ...RULES, keysRequired: true, timestampBeforeMaxMs: HOUR_MS },
      ...CODECS.map((compressionType) => ({ ...RULES, compressionType })),
    ]
    const damage = fc.record({
      codec: fc.constantFrom(...CODECS),
      rules: fc.constantFrom(...rules),
      places: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      fixCrc: fc.boolean(),
    })
    fc.assert(
      fc.property(damage, ({ codec, rules, places, fixCrc }) => {
        const bytes = good({ codec })
        for (const [place, value] of places) bytes[place % bytes.byteLength] = value
        const cursor = new BatchCursor(bytes)
        if (fixCrc && cursor.isWhole) cursor.stampCrc()
        const result = validateProduce(bytes, rules)
        if (result.errorCode === 0) expect(new BatchCursor(result.batch).crcMatches()).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('a compacted topic', () => {
  it('names exactly the records without a key', () => {
    for (const codec of CODECS) {
      const records = [{ key: utf8('a') }, { key: null }, { key: new Uint8Array(0) }, {}]
      const result = validateProduce(buildBatch({ codec, records }), {
        ...RULES,
        keysRequired: true,
      })
      expect(result).toMatchObject({
        errorCode: 87,
        errorMessage: '2 records were refused.',
        recordErrors: [{ batchIndex: 1 }, { batchIndex: 3 }],
      })
    }
  })

  it('accepts tombstones, which have a key and no value', () => {
    expect(
      verdict(good({ records: [{ key: utf8('a'), value: null }] }), { keysRequired: true }),
    ).toBe('NONE')
  })

  it('bounds what it says of a large batch', () => {
    const records = Array.from({ length: MAX_RECORD_ERRORS + 5 }, () => ({ value: utf8('x') }))
    const result = validateProduce(buildBatch({ records }), { ...RULES, keysRequired: true })
    expect(result).toMatchObject({ errorMessage: `${MAX_RECORD_ERRORS + 5} records were refused.` })
    expect('recordErrors' in result && result.recordErrors).toHaveLength(MAX_RECORD_ERRORS)
  })
})

describe('the window of timestamps', () => {
  const at = (...timestamps: number[]) =>
    buildBatch({
      records: timestamps.map((timestampMs) => ({ key: utf8('k'), timestampMs })),
    })
  const indexes = (bytes: Uint8Array, rules: Partial<ProduceRules>) => {
    const result = validateProduce(bytes, { ...RULES, ...rules })
    return [
      errorName(result.errorCode),
      'recordErrors' in result ? result.recordErrors.map(({ batchIndex }) => batchIndex) : [],
    ]
  }

  it('is inclusive at both ends', () => {
    const rules = { timestampBeforeMaxMs: 100, timestampAfterMaxMs: 50 }
    expect(indexes(at(NOW_MS - 100, NOW_MS + 50), rules)).toEqual(['NONE', []])
    expect(indexes(at(NOW_MS - 101, NOW_MS), rules)).toEqual(['INVALID_TIMESTAMP', [0]])
    expect(indexes(at(NOW_MS, NOW_MS + 51), rules)).toEqual(['INVALID_TIMESTAMP', [1]])
  })

  it('names exactly the offenders, on either side alone', () => {
    const bytes = at(NOW_MS, NOW_MS + HOUR_MS + 1, NOW_MS - 101, -1, NOW_MS + HOUR_MS)
    expect(indexes(bytes, {})).toEqual(['INVALID_TIMESTAMP', [1]])
    expect(indexes(bytes, { timestampBeforeMaxMs: 100, timestampAfterMaxMs: Infinity })).toEqual([
      'INVALID_TIMESTAMP',
      [2],
    ])
    expect(indexes(bytes, { timestampBeforeMaxMs: 100 })).toEqual(['INVALID_TIMESTAMP', [1, 2]])
    expect(indexes(bytes, { timestampAfterMaxMs: Infinity })).toEqual(['NONE', []])
  })

  it('matters only with CreateTime', () => {
    expect(indexes(at(5), { timestampType: 'LogAppendTime', timestampBeforeMaxMs: 0 })).toEqual([
      'NONE',
      [],
    ])
  })

  it('sums keys and times up under the time, as Kafka does', () => {
    const bytes = buildBatch({
      records: [{ timestampMs: NOW_MS }, { key: utf8('k'), timestampMs: 5 }],
    })
    expect(indexes(bytes, { keysRequired: true, timestampBeforeMaxMs: 100 })).toEqual([
      'INVALID_TIMESTAMP',
      [0, 1],
    ])
  })

  it('puts a maximum right that claims to be later than any record', () => {
    const bytes = changed(setInt64(35, BigInt(NOW_MS + 2 * HOUR_MS)), at(NOW_MS - 5, NOW_MS))
    const cursor = new BatchCursor(accepted(validateProduce(bytes, RULES)).batch)
    expect([cursor.maxTimestampMs, cursor.crcMatches()]).toEqual([NOW_MS, true])
  })

  it('refuses a delta that leads out of the safe integers', () => {
    // The difference is safe, the sum is not.
    const bytes = changed(setInt64(27, 2n ** 53n - 2n), at(0, 10))
    expect(indexes(bytes, { keysRequired: true, timestampAfterMaxMs: Infinity })).toEqual([
      'INVALID_TIMESTAMP',
      [1],
    ])
  })
})

describe('LogAppendTime', () => {
  it('stamps type and maximum, and makes the CRC fit', () => {
    for (const codec of CODECS) {
      const bytes = good({ codec })
      const result = accepted(validateProduce(bytes, { ...RULES, timestampType: 'LogAppendTime' }))
      const cursor = new BatchCursor(result.batch)
      expect(result.batch).toBe(bytes)
      expect([result.logAppendTimeMs, cursor.timestampType]).toEqual([NOW_MS, 'LogAppendTime'])
      expect([cursor.maxTimestampMs, cursor.crcMatches()]).toEqual([NOW_MS, true])
      expect(cursor.baseTimestampMs).toBe(NOW_MS - 5)
      expect(read(result.batch).map((record) => record.timestampMs)).toEqual([
        NOW_MS,
        NOW_MS,
        NOW_MS,
      ])
    }
  })
})

describe("the topic's compression", () => {
  const producer = { producerId: 4, producerEpoch: 2, baseSequence: 7, isTransactional: true }

  it('recompresses what comes in another codec, and keeps everything else', () => {
    for (const from of CODECS)
      for (const compressionType of [...CODECS, 'uncompressed' as const]) {
        const bytes = good({ codec: from, ...producer })
        const expected = read(bytes)
        const result = accepted(validateProduce(bytes, { ...RULES, compressionType }))
        const cursor = new BatchCursor(result.batch)
        const to = compressionType === 'uncompressed' ? 'none' : compressionType
        expect([cursor.codec, cursor.isWhole, cursor.crcMatches()]).toEqual([to, true, true])
        expect(read(result.batch)).toEqual(expected)
        expect(cursor).toMatchObject(producer)
        expect([cursor.recordCount, cursor.lastOffsetDelta, cursor.maxTimestampMs]).toEqual([
          3,
          2,
          NOW_MS,
        ])
        expect(result.batch === bytes).toBe(from === to)
      }
  })

  it('goes together with LogAppendTime', () => {
    const rules = { ...RULES, compressionType: 'zstd', timestampType: 'LogAppendTime' } as const
    const cursor = new BatchCursor(accepted(validateProduce(good(), rules)).batch)
    expect([
      cursor.codec,
      cursor.timestampType,
      cursor.maxTimestampMs,
      cursor.crcMatches(),
    ]).toEqual(['zstd', 'LogAppendTime', NOW_MS, true])
  })

  it('may not make a batch larger than the topic allows', () => {
    const bytes = good({ codec: 'gzip', records: [{ value: new Uint8Array(10_000) }] })
    const rules = { compressionType: 'uncompressed', maxMessageBytes: 10_000 } as const
    expect(verdict(bytes, rules)).toBe('MESSAGE_TOO_LARGE')
  })

  it('opens any batch and finds the same records in it', () => {
    const pair = fc.tuple(fc.constantFrom(...CODECS), fc.constantFrom(...CODECS))
    fc.assert(
      fc.property(pair, fc.array(anyRecord, { minLength: 1 }), ([from, to], records) => {
        const bytes = buildBatch({ codec: from, records })
        const rules = { ...RULES, compressionType: to, timestampAfterMaxMs: Infinity }
        const result = accepted(validateProduce(bytes.slice(), rules))
        expect(read(result.batch)).toEqual(read(bytes))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a batch that must be opened', () => {
  const OPENED: Partial<ProduceRules> = { keysRequired: true }
  /** The first of three records: length at 61, attributes, timestamp delta, offset delta at 64. */
  const FIRST_OFFSET_DELTA = 64

  it.each<[string, Uint8Array]>([
    ['offsets that do not begin at 0', changed((_, bytes) => (bytes[FIRST_OFFSET_DELTA] = 2))],
    ['a negative offset', changed((_, bytes) => (bytes[FIRST_OFFSET_DELTA] = 1))],
    ['a record that is too long', changed((_, bytes) => (bytes[61] = (bytes[61] ?? 0) + 2))],
    ['fewer records than counted', changed((view) => setCount(view, 4))],
    ['more records than counted', changed((view) => setCount(view, 2))],
    ['no gzip at all', changed((_, bytes) => bytes.fill(7, 61), good({ codec: 'gzip' }))],
    ['no snappy at all', changed((_, bytes) => bytes.fill(7, 61), good({ codec: 'snappy' }))],
    ['no lz4 at all', changed((_, bytes) => bytes.fill(7, 61), good({ codec: 'lz4' }))],
    ['no zstd at all', changed((_, bytes) => bytes.fill(7, 61), good({ codec: 'zstd' }))],
  ])('refuses %s', (_what, bytes) => {
    expect(verdict(bytes)).toBe('NONE')
    expect(verdict(bytes, OPENED)).toBe('INVALID_RECORD')
    expect(verdict(bytes, { timestampBeforeMaxMs: 1e15 })).toBe('INVALID_RECORD')
  })

  it('is no bomb', () => {
    for (const codec of CODECS.slice(1)) {
      const bytes = good({ codec, records: [{ key: utf8('k'), value: new Uint8Array(4_000_000) }] })
      expect(verdict(bytes)).toBe('NONE')
      expect(verdict(bytes, { ...OPENED, maxUncompressedBytes: 1_000_000 })).toBe(
        'MESSAGE_TOO_LARGE',
      )
    }
  })
})

function setCount(view: DataView, recordCount: number): void {
  view.setInt32(57, recordCount)
  view.setInt32(23, recordCount - 1)
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
