// Goal: whoever watches `npm start` reads what happened to the cluster, in a line each.
// Method: images before and after what a controller commits.
import { describe, expect, test } from 'vitest'
import { newsBetween } from '../../../src/cli/cluster-news.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { after, broker, imageWith, nodeIds, partition, topic, topicId } from '../metadata/images.ts'

const whole = imageWith(
  ...[1, 2, 3].map((id) => broker(id)),
  topic(1, 'orders'),
  ...[0, 1, 2].map((index) => partition(1, index, [1, 2, 3])),
)
const change = (index: number, isr: readonly number[], leader?: number) =>
  ({
    type: 'PartitionChange',
    topicId: topicId(1),
    partition: index,
    isr: nodeIds(...isr),
    ...(leader !== undefined && { leader: nodeIds(leader)[0]! }),
  }) as const

function news(before: MetadataImage, now: MetadataImage, controllers: [number?, number?] = []) {
  const [was = 1, is = was] = controllers
  return newsBetween({ image: before, controllerId: was }, { image: now, controllerId: is })
}

const withoutThree = after(whole, broker(3, { fenced: true }), change(0, [1, 2]), change(1, [1, 2]))

test('nothing happened', () => expect(news(whole, whole)).toEqual([]))

describe('a broker is lost', () => {
  test('that led nothing', () => {
    expect(news(whole, withoutThree)).toEqual([
      'broker 3 is out of service',
      'ISR shrunk: orders-0 (1,2), orders-1 (1,2)',
    ])
  })

  test('that led, and was the active controller', () => {
    const now = after(whole, broker(1, { fenced: true }), change(0, [2, 3], 2))
    expect(news(whole, now, [1, 2])).toEqual([
      'broker 2 is the active controller',
      'broker 1 is out of service',
      'leaders elected: orders-0 → 2',
      'ISR shrunk: orders-0 (2,3)',
    ])
  })

  test('and returns', () => {
    const partly = after(withoutThree, broker(3), change(0, [1, 2, 3]))
    expect(news(withoutThree, partly)).toEqual(['broker 3 is in service'])
    expect(news(partly, after(partly, change(1, [1, 2, 3])))).toEqual([
      'ISR whole again: all replicas of 3 partitions',
    ])
  })
})

test('topics come and go', () => {
  const more = after(whole, topic(2, 'payments'), partition(2, 0, [2, 1]))
  expect(news(whole, more)).toEqual(['topic payments was created: 1 partition × 2'])
  expect(news(more, whole)).toEqual(['topic payments was deleted'])
})

test('of many, a few are named', () => {
  const indexes = Array.from({ length: 1_000 }, (_, index) => index)
  const many = after(whole, topic(2, 'many'), ...indexes.map((at) => partition(2, at, [1, 2])))
  const now = after(many, ...indexes.map((at) => ({ ...change(at, [2], 2), topicId: topicId(2) })))
  expect(news(many, now)).toEqual([
    'leaders elected: many-0 → 2, many-1 → 2, many-2 → 2, many-3 → 2 and 996 more',
    'ISR shrunk: many-0 (2), many-1 (2), many-2 (2), many-3 (2) and 996 more',
  ])
})
