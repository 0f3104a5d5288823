/**
 * Goal: leadership goes back to preferred replicas that may lead, and to nobody else, a bounded
 * number of partitions at a time.
 * Method: the pure command over small images.
 */
import { expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { ELECTIONS_PER_ROUND_MAX, balanceLeaders } from '../../../src/controller/leader-balance.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { after, broker, imageWith, nodeIds, partition, topic } from '../metadata/images.ts'

const led = (by: number, ...isr: number[]) => ({ leader: asNodeId(by), isr: nodeIds(...isr) })

test('moves what the preferred replica may lead', () => {
  const image = imageWith(
    ...[
      broker(1),
      broker(2),
      broker(3, { fenced: true }),
      broker(4, { inControlledShutdown: true }),
    ],
    topic(1),
    partition(1, 0, [1, 2]),
    partition(1, 1, [1, 2], led(2, 1, 2)),
    partition(1, 2, [1, 2], led(2, 2)),
    partition(1, 3, [3, 2], led(2, 2)),
    partition(1, 4, [4, 2], led(2, 2)),
    partition(1, 5, [1, 3], { leader: NO_LEADER, isr: [], elr: nodeIds(3) }),
  )
  const records = balanceLeaders(image)
  expect(records).toMatchObject([{ partition: 1, leader: 1 }])
  expect(balanceLeaders(after(image, ...records))).toEqual([])
})

test('moves a bounded number at a time, and the rest the next time', () => {
  const many = Array.from({ length: ELECTIONS_PER_ROUND_MAX + 5 }, (_, index) =>
    partition(1, index, [1, 2], led(2, 1, 2)),
  )
  const image = imageWith(broker(1), broker(2), topic(1), ...many)
  const first = balanceLeaders(image)
  expect(first).toHaveLength(ELECTIONS_PER_ROUND_MAX)
  expect(balanceLeaders(after(image, ...first))).toHaveLength(5)
})
