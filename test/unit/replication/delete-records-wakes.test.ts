// Goal: deleting records wakes who waits for the partition once, and nobody when nothing moved: one
// request may name a partition a quarter of a million times, and thousands may wait for it.
// Method: a partition on a log in memory, and a watcher that counts.
import { expect, test } from 'vitest'
import { errors } from '../../../src/wire/errors.ts'
import { openPartition } from './partition-fixture.ts'

test('only a log start that moves wakes, and once', () => {
  const { partition, append } = openPartition(0)
  append()
  let wakes = 0
  partition.watch(() => (wakes += 1))
  expect(partition.deleteRecords(0)).toEqual({ errorCode: errors.NONE, lowWatermark: 0 })
  expect(wakes).toBe(0)
  expect(partition.deleteRecords(1)).toEqual({ errorCode: errors.NONE, lowWatermark: 1 })
  expect(partition.deleteRecords(-1)).toEqual({ errorCode: errors.NONE, lowWatermark: 1 })
  expect(wakes).toBe(1)
})
