// Goal: no producer id is given twice (E10), however many ask at once and however blocks arrive.
// Method: many concurrent requests over small blocks; a refused allocation in between.
import { expect, test } from 'vitest'
import { ProducerIds } from '../../../src/server/producer-ids.ts'

test('concurrent requests share an allocation and never an id', async () => {
  let allocated = 0
  const ids = new ProducerIds(async () => ({ firstProducerId: 3 * allocated++, count: 3 }))
  const given = await Promise.all(Array.from({ length: 20 }, () => ids.next()))
  expect(new Set(given).size).toBe(20)
  expect(allocated).toBe(7)
})

test('a refused allocation is told to those who wait, and tried again by the next', async () => {
  let attempts = 0
  const ids = new ProducerIds(async () => {
    attempts += 1
    if (attempts === 1) throw new Error('no controller')
    return { firstProducerId: 100, count: 1 }
  })
  const both = await Promise.allSettled([ids.next(), ids.next()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ids.next()).toBe(100)
})
