// Goal: a key goes where every other client puts it; without a key, batches spread.
// Method: the values of the Java client's own tests, and kafkajs for bytes of any kind.
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Partitioner, murmur2, partitionOfKey } from '../../../src/client/partitioner.ts'

type Theirs = (key: Uint8Array) => number
const theirs = createRequire(import.meta.url)(
  'kafkajs/src/producer/partitioners/default/murmur2.js',
) as Theirs

test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('murmur2 of %j', (text, hash) => {
  expect(murmur2(new TextEncoder().encode(text))).toBe(hash)
})

test('murmur2 is that of kafkajs for any bytes, wherever they lie', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(7), (bytes, shift) => {
      const within = new Uint8Array(bytes.byteLength + shift + 3).fill(0xee)
      within.set(bytes, shift)
      const view = within.subarray(shift, shift + bytes.byteLength)
      expect(murmur2(view)).toBe(theirs(Buffer.from(bytes)))
    }),
  )
})

test('the sign bit is dropped, not the sign turned', () => {
  const key = new TextEncoder().encode('21')
  expect(partitionOfKey(key, 1000)).toBe((-973932308 & 0x7fffffff) % 1000)
})

test('without a key records stay until the batch is full, and then go elsewhere', () => {
  let turn = 0
  const random = { next: () => [0.5, 0, 0.99][turn++ % 3] ?? 0, bytes: () => new Uint8Array() }
  const partitioner = new Partitioner(random, 4)
  expect([1, 2, 3].map(() => partitioner.partitionOf(null))).toEqual([2, 2, 2])
  partitioner.batchFull(2)
  expect(partitioner.partitionOf(null)).toBe(0)
  // A batch of a partition that is not the present one changes nothing.
  partitioner.batchFull(3)
  expect(partitioner.partitionOf(undefined)).toBe(0)
  partitioner.batchFull(0)
  expect(partitioner.partitionOf(null)).toBe(3)
})

test('an empty key is a key', () => {
  const random = { next: () => 0, bytes: () => new Uint8Array() }
  const partitioner = new Partitioner(random, 7)
  expect(partitioner.partitionOf(new Uint8Array())).toBe(partitionOfKey(new Uint8Array(), 7))
})
