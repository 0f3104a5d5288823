// Goal: what clients of a simulated cluster sent and read is judged as real ones' is: every kind of
// wrong reading ends a run, a right one does not.
// Method: batches as a consumer fetches them, with one thing wrong each.
import { describe, expect, test } from 'vitest'
import { buildBatch } from '../../../src/records/builder.ts'
import { Violation } from '../invariants/violation.ts'
import { judgeRecords, readInto, textOf, type ReadRecords, type SentRecord } from './records.ts'

const place = { topic: 't', partition: 0 }

const sent = (number: number, changes: Partial<SentRecord> = {}): SentRecord => ({
  ...{ producer: 'producer 0 of t-0', number, offset: number - 1, isIdempotent: true },
  ...changes,
})

/** Offsets from 0 on, two records a batch; null: bytes that nobody sends. */
function readingOf(numbers: readonly (number | null)[]): ReadRecords {
  const read: ReadRecords = { offsets: [], ids: [] }
  for (let at = 0; at < numbers.length; at += 2) {
    const records = numbers.slice(at, at + 2).map((number) => {
      const text = number === null ? 'what?' : textOf(sent(number)).padEnd(60, '.')
      return { value: Buffer.from(text), timestampMs: 0 }
    })
    readInto(read, [buildBatch({ records, baseOffset: at })], at)
  }
  return read
}

function broken(records: readonly SentRecord[], numbers: readonly (number | null)[]): string {
  try {
    judgeRecords(place, records, readingOf(numbers))
    return 'nothing'
  } catch (thrown) {
    if (thrown instanceof Violation) return thrown.invariant
    throw thrown
  }
}

describe('what clients read', () => {
  const three = [sent(1), sent(2), sent(3)]

  test('is what was acknowledged, and maybe what was not answered', () => {
    expect(broken(three, [1, 2, 3])).toBe('nothing')
    const open = [...three, sent(4, { offset: null })]
    expect(broken(open, [1, 2, 3])).toBe('nothing')
    expect(broken(open, [1, 2, 3, 4])).toBe('nothing')
  })

  test.each<[string, readonly SentRecord[], readonly (number | null)[]]>([
    ['H-lost-write', three, [1, 2]],
    ['H-duplicate', three, [1, 2, 3, 3]],
    ['H-reordering', three.map((record) => ({ ...record, offset: null })), [2, 1, 3]],
    ['H-moved-write', [sent(1, { offset: 5 })], [1]],
    ['H-out-of-nowhere', three, [1, 2, 3, null]],
    ['H-out-of-nowhere', three, [1, 2, 3, 4]],
  ])('%s', (invariant, records, numbers) => {
    expect(broken(records, numbers)).toBe(invariant)
  })

  test('a batch that begins below the position is read from there', () => {
    const read: ReadRecords = { offsets: [], ids: [] }
    const records = [1, 2].map((number) => ({ value: Buffer.from(textOf(sent(number))) }))
    readInto(read, [buildBatch({ records, baseOffset: 0 })], 1)
    expect(read).toEqual({ offsets: [1], ids: ['producer 0 of t-0:2'] })
  })
})
