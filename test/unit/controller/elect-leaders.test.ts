/**
 * Goal: an election that somebody asks for happens where it is needed and somebody may lead, and
 * gets Kafka's exact error where not; brokers that are not in service are never elected.
 * Method: the pure command over one image whose partitions differ in one thing each.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { electLeaders } from '../../../src/controller/elect-leaders.ts'
import type { ElectionType } from '../../../src/controller/requests.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { after, broker, imageWith, nodeIds, partition, topic } from '../metadata/images.ts'

const nobody = { leader: NO_LEADER, isr: [] } as const

const image = imageWith(
  ...[broker(1), broker(2), broker(3, { fenced: true }), broker(4, { inControlledShutdown: true })],
  topic(1),
  partition(1, 0, [1, 2]),
  // Preferred, in sync, and not leading.
  partition(1, 1, [1, 2], { leader: asNodeId(2) }),
  // Preferred, and not in sync.
  partition(1, 2, [1, 2], { leader: asNodeId(2), isr: nodeIds(2) }),
  partition(1, 3, [3, 2], { leader: asNodeId(2), isr: nodeIds(2) }),
  partition(1, 4, [3, 4], nobody),
  partition(1, 5, [3, 4, 2], { ...nobody, elr: nodeIds(3) }),
  partition(1, 6, [4, 2], { leader: asNodeId(2), isr: nodeIds(2) }),
)

function elect(type: ElectionType, partitions: readonly number[] | null) {
  const { records, reply } = electLeaders(image, {
    type,
    partitions: partitions?.map((index) => ({ topic: 't1', partition: index })) ?? null,
  })
  const now = after(image, ...records).topics.byName.get('t1')?.partitions
  return reply.map(({ partition: index, errorCode }) => {
    return `${index} ${errorName(errorCode)} ${now?.[index]?.leader}`
  })
}

describe('an election of preferred leaders', () => {
  test('happens where another leads and it may', () => {
    expect(elect('preferred', [0, 1, 2, 3, 6])).toEqual([
      '0 ELECTION_NOT_NEEDED 1',
      '1 NONE 1',
      '2 PREFERRED_LEADER_NOT_AVAILABLE 2',
      '3 PREFERRED_LEADER_NOT_AVAILABLE 2',
      '6 PREFERRED_LEADER_NOT_AVAILABLE 2',
    ])
  })

  test('never takes one that is not in sync', () => {
    expect(elect('preferred', [4, 5])).toEqual([
      '4 PREFERRED_LEADER_NOT_AVAILABLE -1',
      '5 PREFERRED_LEADER_NOT_AVAILABLE -1',
    ])
  })

  test('of everything tells of those that needed it', () => {
    expect(elect('preferred', null)).toEqual([
      '1 NONE 1',
      ...[2, 3].map((index) => `${index} PREFERRED_LEADER_NOT_AVAILABLE 2`),
      ...[4, 5].map((index) => `${index} PREFERRED_LEADER_NOT_AVAILABLE -1`),
      '6 PREFERRED_LEADER_NOT_AVAILABLE 2',
    ])
  })
})

describe('an unclean election', () => {
  test('happens where nobody leads and somebody is in service', () => {
    expect(elect('unclean', [1, 4, 5])).toEqual([
      '1 ELECTION_NOT_NEEDED 2',
      '4 ELIGIBLE_LEADERS_NOT_AVAILABLE -1',
      '5 NONE 2',
    ])
  })

  test('says in the record what it may mean, and that nobody else is in sync', () => {
    const partitions = [{ topic: 't1', partition: 5 }]
    expect(electLeaders(image, { type: 'unclean', partitions }).records).toMatchObject([
      { leader: 2, isr: [2], elr: [], mayLoseRecords: true },
    ])
  })
})

test('what is not there, or named twice, is refused', () => {
  const names = [
    ...[
      { topic: 'no', partition: 0 },
      { topic: 't1', partition: 9 },
    ],
    ...[
      { topic: 't1', partition: 1 },
      { topic: 't1', partition: 1 },
    ],
  ]
  const { records, reply } = electLeaders(image, { type: 'preferred', partitions: names })
  expect(records).toEqual([])
  expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([
    'UNKNOWN_TOPIC_OR_PARTITION',
    'UNKNOWN_TOPIC_OR_PARTITION',
    'INVALID_REQUEST',
  ])
})
