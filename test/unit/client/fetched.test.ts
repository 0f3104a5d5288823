// Goal: a reader sees whole, undamaged batches, from its position to its end, without control
// records and, if it wants only what is decided, without what was aborted.
// Method: batches built by our builder, laid one behind the other as a fetch returns them.
import { expect, test } from 'vitest'
import type { Window } from '../../../src/client/fetched.ts'
import { readableBatches } from '../../../src/client/fetched.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { buildBatch, type BatchToWrite } from '../../../src/records/builder.ts'

const text = new TextDecoder()
const bytes = (value: string) => new TextEncoder().encode(value)

function batch(baseOffset: number, values: readonly string[], more: Partial<BatchToWrite> = {}) {
  return buildBatch({
    baseOffset,
    records: values.map((value) => ({ value: bytes(value) })),
    ...more,
  })
}

/** An end of transaction: type 0 aborts, 1 commits. */
const marker = (baseOffset: number, producerId: number, type: 0 | 1) =>
  buildBatch({
    baseOffset,
    producerId,
    producerEpoch: 0,
    isTransactional: true,
    isControl: true,
    records: [{ key: Uint8Array.of(0, 0, 0, type), value: new Uint8Array(6) }],
  })

function read(parts: readonly Uint8Array[], window: Partial<Window> = {}) {
  const found = readableBatches(Buffer.concat(parts), {
    position: 0,
    end: null,
    aborted: null,
    ...window,
  })
  return [...found].map(({ nextOffset, records }): [number, string[]] => [
    nextOffset,
    [...records].map(({ offset, value }) => `${offset}${text.decode(value ?? undefined)}`),
  ])
}

test('records within the window, and no batch that is cut short', () => {
  const whole = [batch(0, ['a', 'b', 'c']), batch(3, ['d', 'e'])]
  expect(read([...whole, batch(5, ['f']).subarray(0, 40)], { position: 1, end: 4 })).toEqual([
    [3, ['1b', '2c']],
    [5, ['3d']],
  ])
  expect(read(whole, { position: 3 })).toEqual([[5, ['3d', '4e']]])
  expect(read([batch(0, ['a']).subarray(0, 10)])).toEqual([])
})

test('control records are passed over, and move the position', () => {
  expect(read([batch(0, ['a']), marker(1, 7, 1), batch(2, ['b'])])).toEqual([
    [1, ['0a']],
    [2, []],
    [3, ['2b']],
  ])
})

test('aborted transactions are not seen, others of the same producer are', () => {
  const by = (producerId: number) => ({ producerId, producerEpoch: 0, isTransactional: true })
  const parts = [
    batch(0, ['a'], by(7)),
    batch(1, ['b'], by(8)),
    marker(2, 7, 0),
    batch(3, ['c'], by(7)),
    marker(4, 7, 1),
    marker(5, 8, 1),
    batch(6, ['d'], by(7)),
    batch(7, ['e']),
    marker(8, 7, 0),
  ]
  const aborted = [
    { producerId: 7, firstOffset: 6 },
    { producerId: 7, firstOffset: 0 },
  ]
  const seen = read(parts, { aborted }).flatMap(([, values]) => values)
  expect(seen).toEqual(['1b', '3c', '7e'])
  expect(read(parts).flatMap(([, values]) => values)).toEqual(['0a', '1b', '3c', '6d', '7e'])
})

test('damage and old formats are told apart, and nothing of them is given', () => {
  const damaged = batch(0, ['abcdef'])
  damaged[damaged.byteLength - 3] = 0xff
  expect(() => read([damaged])).toThrow(/the batch at offset 0 is damaged: its CRC/)
  const old = batch(4, ['a'])
  old[16] = 1
  expect(() => read([old])).toThrow(/the batch at offset 4 has the old format 1/)
  const closed = batch(9, ['abc'], { codec: 'gzip' })
  closed.fill(0, 61)
  new BatchCursor(closed).stampCrc()
  expect(() => read([closed])).toThrow(/the batch at offset 9 cannot be opened/)
})
