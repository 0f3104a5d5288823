/**
 * Goal: an ISR is changed only by the present leader, in the present epochs, to members that are in
 * service as the processes the leader heard of; every other wish gets Kafka's error, in Kafka's
 * order of checks, and changes nothing (KIP-497, KIP-841, KIP-903).
 * Method: the pure command over small images; each wish differs from a good one in one thing.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { alterPartition } from '../../../src/controller/alter-partition.ts'
import type { AlterablePartition } from '../../../src/controller/requests.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { after, broker, imageWith, nodeIds, partition, topic, topicId } from '../metadata/images.ts'

/** Brokers 1 to 4, in epochs 1 to 4; topic 1 has replicas 1, 2 and 3, all in sync but the third. */
const image = imageWith(
  ...[1, 2, 3, 4].map((id) => broker(id)),
  topic(1),
  partition(1, 0, [1, 2, 3], { isr: nodeIds(1, 2), leaderEpoch: 5, partitionEpoch: 8 }),
)

const isrOf = (...ids: number[]) => ids.map((id) => ({ nodeId: asNodeId(id), brokerEpoch: id }))

function wish(changes: Partial<AlterablePartition> = {}, leader = 1, state = image) {
  const wanted = {
    ...{ topicId: topicId(1), partition: 0, leaderEpoch: 5, partitionEpoch: 8 },
    isr: isrOf(1, 2, 3),
    ...changes,
  }
  const request = { nodeId: asNodeId(leader), brokerEpoch: leader, partitions: [wanted] }
  return alterPartition(state, request)
}

describe('a wish for another ISR', () => {
  test('is granted to the leader, and answered with what holds then', () => {
    const { records, reply } = wish()
    expect(records).toEqual([
      { type: 'PartitionChange', topicId: topicId(1), partition: 0, isr: nodeIds(1, 2, 3) },
    ])
    expect(reply).toEqual([
      {
        ...{ topicId: topicId(1), partition: 0, errorCode: 0 },
        ...{ leader: 1, leaderEpoch: 5, isr: nodeIds(1, 2, 3), partitionEpoch: 9 },
      },
    ])
  })

  test('that is what holds already is a success without a record', () => {
    const { records, reply } = wish({ isr: isrOf(2, 1) })
    expect(records).toEqual([])
    expect(reply).toMatchObject([{ errorCode: 0, partitionEpoch: 8 }])
  })

  test('may shrink it, which keeps who left eligible below min ISR', () => {
    const minIsr = {
      resourceType: 'topic',
      resourceName: 't1',
      key: 'min.insync.replicas',
    } as const
    const strict = after(image, { type: 'Config', ...minIsr, value: '2' })
    expect(wish({ isr: isrOf(1) }, 1, strict).records).toMatchObject([
      { isr: nodeIds(1), elr: nodeIds(2) },
    ])
  })

  test('of a member that was not heard of in this epoch may say so', () => {
    const isr = [...isrOf(1), { nodeId: asNodeId(2), brokerEpoch: -1 }]
    expect(wish({ isr }).reply).toMatchObject([{ errorCode: 0 }])
  })

  test.each([
    ['of an unknown topic', { topicId: topicId(9) }, 'UNKNOWN_TOPIC_ID'],
    ['of an unknown partition', { partition: 7 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['of a later leader epoch', { leaderEpoch: 6, partitionEpoch: 3 }, 'NOT_CONTROLLER'],
    ['of a later partition epoch', { leaderEpoch: 4, partitionEpoch: 9 }, 'NOT_CONTROLLER'],
    ['of an earlier leader epoch', { leaderEpoch: 4, partitionEpoch: 7 }, 'FENCED_LEADER_EPOCH'],
    ['of an earlier partition epoch', { partitionEpoch: 7, isr: [] }, 'INVALID_UPDATE_VERSION'],
    ['for nobody', { isr: [] }, 'INVALID_REQUEST'],
    ['for one member twice', { isr: isrOf(1, 2, 2) }, 'INVALID_REQUEST'],
    ['for somebody who is no replica', { isr: isrOf(1, 4) }, 'INVALID_REQUEST'],
    ['without the leader', { isr: isrOf(2, 3) }, 'INVALID_REQUEST'],
    [
      'for an earlier process',
      { isr: [...isrOf(1), { nodeId: asNodeId(3), brokerEpoch: 2 }] },
      'INELIGIBLE_REPLICA',
    ],
    [
      'for a new member that was not heard of',
      { isr: [...isrOf(1), { nodeId: asNodeId(3), brokerEpoch: -1 }] },
      'INELIGIBLE_REPLICA',
    ],
  ] as const)('%s is refused', (_what, changes, code) => {
    const { records, reply } = wish(changes)
    expect(records).toEqual([])
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([code])
  })

  test('of somebody who does not lead is refused', () => {
    expect(errorName(wish({}, 2).reply[0]?.errorCode ?? 0)).toBe('INVALID_REQUEST')
  })

  test('for a broker that is fenced, or stopping, is refused', () => {
    for (const change of [{ fenced: true }, { inControlledShutdown: true }]) {
      const state = after(image, {
        ...{ type: 'BrokerRegistrationChange', nodeId: asNodeId(3), brokerEpoch: 3 },
        ...change,
      })
      const [result] = wish({}, 1, state).reply
      expect(errorName(result?.errorCode ?? 0)).toBe('INELIGIBLE_REPLICA')
    }
  })

  test('that is refused and was asked before voids what was asked before (S13)', () => {
    const fenced = after(image, {
      ...{ type: 'BrokerRegistrationChange', nodeId: asNodeId(3), brokerEpoch: 3, fenced: true },
    })
    const { records, reply } = wish({ isAskedAgain: true }, 1, fenced)
    expect(errorName(reply[0]?.errorCode ?? 0)).toBe('INELIGIBLE_REPLICA')
    expect(records).toEqual([{ type: 'PartitionChange', topicId: topicId(1), partition: 0 }])
    const unfenced = after(fenced, ...records, {
      ...{ type: 'BrokerRegistrationChange', nodeId: asNodeId(3), brokerEpoch: 3, fenced: false },
    })
    const now = unfenced.topics.byId.get(topicId(1))?.partitions[0]
    expect(now).toMatchObject({ isr: nodeIds(1, 2), leaderEpoch: 5, partitionEpoch: 9 })
    // The one whose answer was lost arrives at last.
    const late = wish({}, 1, unfenced)
    expect(late.records).toEqual([])
    expect(errorName(late.reply[0]?.errorCode ?? 0)).toBe('INVALID_UPDATE_VERSION')
  })

  test('that was asked before is granted as any other', () => {
    expect(wish({ isAskedAgain: true }).records).toEqual(wish().records)
    expect(wish({ isAskedAgain: true, partitionEpoch: 7 }).records).toEqual([])
  })

  test('that ends a reassignment takes effect, and tells a leader that is removed (KIP-455)', () => {
    const moving = { addingReplicas: nodeIds(4), removingReplicas: nodeIds(1) }
    const state = imageWith(
      ...[1, 2, 3, 4].map((id) => broker(id)),
      topic(1),
      partition(1, 0, [4, 2, 1], {
        ...{ ...moving, leader: asNodeId(1), isr: nodeIds(2, 1) },
        ...{ leaderEpoch: 5, partitionEpoch: 8 },
      }),
    )
    const { records, reply } = wish({ isr: isrOf(1, 2, 4) }, 1, state)
    expect(records).toEqual([
      {
        ...{ type: 'PartitionChange', topicId: topicId(1), partition: 0 },
        ...{ replicas: nodeIds(4, 2), addingReplicas: [], removingReplicas: [] },
        ...{ isr: nodeIds(4, 2), leader: 4 },
      },
    ])
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual(['NEW_LEADER_ELECTED'])
  })

  test('of an earlier process of the leader is refused as a whole', () => {
    const request = { nodeId: asNodeId(1), brokerEpoch: 0, partitions: [] }
    expect(() => alterPartition(image, request)).toThrow(
      expect.objectContaining({ code: 'STALE_BROKER_EPOCH' }) as Error,
    )
  })
})
