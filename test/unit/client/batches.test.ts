// Goal: batches keep the order and the ordinals of their records, and split without losing either.
// Method: small records, and a bound that a few of them reach.
import { expect, test } from 'vitest'
import { BatchQueue, recordBytes, type PendingBatch } from '../../../src/client/batches.ts'

const record = (size: number) => ({ value: new Uint8Array(size) })

function filled(batchBytes: number, sizes: readonly number[]): BatchQueue {
  const queue = new BatchQueue({ batchBytes })
  sizes.forEach((size, index) => {
    queue.add(record(size), index + 1, recordBytes(record(size)))
  })
  return queue
}

const ordinalsOf = (queue: BatchQueue) => {
  const batches: (readonly number[])[] = []
  for (let batch = queue.take(); batch !== null; batch = queue.take()) batches.push(batch.ordinals)
  return batches
}

test('a batch is full when the next record does not fit', () => {
  const queue = filled(300, [100, 100, 100, 100, 1_000, 1])
  expect(queue.hasFull).toBe(true)
  // The giant goes alone; nothing overtakes anything.
  expect(ordinalsOf(queue)).toEqual([[1, 2], [3, 4], [5], [6]])
  expect(queue.isEmpty).toBe(true)
})

test('halves come before everything else and go on with the sequence', () => {
  const queue = filled(300, [10, 10, 10, 10, 10, 500])
  const batch = queue.take() as PendingBatch
  batch.baseSequence = 0x7fff_fffe
  queue.putBackHalved(batch)
  const [first, second, third] = [queue.take(), queue.take(), queue.take()]
  expect([first?.ordinals, first?.baseSequence]).toEqual([[1, 2], 0x7fff_fffe])
  // 2^31 - 1 is followed by 0.
  expect([second?.ordinals, second?.baseSequence]).toEqual([[3, 4, 5], 0])
  expect([third?.ordinals, third?.baseSequence]).toEqual([[6], null])
  expect((first?.sizeBytes ?? 0) + (second?.sizeBytes ?? 0)).toBe(batch.sizeBytes)
})
