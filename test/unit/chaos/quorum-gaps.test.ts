// Goal: a gap ends with the first creation that was asked for after the fault, through a node that
// is whole, and acknowledged; percentiles are those of the textbook. Method: operations by
// hand.
import { expect, test } from 'vitest'
import { Gap, longestSilence, percentile } from '../../../chaos/quorum/gaps.ts'
import type { TopicOperation } from '../../../chaos/quorum/history.ts'

const creation = (node: number, askedMs: number, answeredMs: number): TopicOperation => ({
  number: 0,
  kind: 'create',
  topic: 't',
  partitions: 1,
  node,
  askedMs,
  answeredMs,
  outcome: 'ok',
  topicId: 'id',
  error: null,
})

test('a gap ends with what was asked for after it, through a node that is whole', async () => {
  const gap = new Gap(100, (node) => node !== 2)
  gap.created(creation(1, 99, 110))
  gap.created(creation(2, 101, 111))
  gap.created(creation(1, 150, 350))
  gap.created(creation(1, 120, 400))
  expect(await gap.over).toBe(250)
  const abandoned = new Gap(0, () => true)
  abandoned.abandon()
  expect(await abandoned.over).toBeNull()
})

test('the longest silence of a while may be at its beginning, within, and at its end', () => {
  const acknowledged = [50, 130, 190, 400].map((ms) => creation(1, 0, ms))
  const failed = { ...creation(1, 0, 160), outcome: 'failed' } as const
  const deletion = { ...creation(1, 0, 160), kind: 'delete' } as const
  const silence = (fromMs: number, toMs: number) =>
    longestSilence([...acknowledged, failed, deletion], { fromMs, toMs })
  expect(silence(60, 195)).toBe(70)
  expect(silence(120, 195)).toBe(60)
  expect(silence(120, 300)).toBe(110)
  expect(silence(200, 300)).toBe(100)
})

test('percentiles', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([0, 0.5, 0.99, 1].map((rank) => percentile(hundred, rank))).toEqual([1, 50, 99, 100])
  expect([0.5, 1].map((rank) => percentile([7, 3, 5], rank))).toEqual([5, 7])
  expect(percentile([], 0.5)).toBeNull()
})
