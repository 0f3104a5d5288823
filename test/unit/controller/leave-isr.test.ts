/**
 * Goal: a replica that asks to leave does not count any more when it is answered, wherever it
 * counted: not in the ISR, not as eligible, not as the leader, and not by a fetch from before
 * (S14). Where nobody else could lead, it stays.
 * Method: the pure command over small images, and the leader's wish that comes too late.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { alterPartition } from '../../../src/controller/alter-partition.ts'
import { leaveIsr } from '../../../src/controller/leave-isr.ts'
import type { LeavingReplica } from '../../../src/controller/requests.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { after, broker, imageWith, nodeIds, partition, topic, topicId } from '../metadata/images.ts'

/** Replicas 1, 2 and 3 of topic 1, led by 1 in epoch 5; brokers 1 to 4 in epochs 1 to 4. */
function stateOf(isr: readonly number[], more: Partial<PartitionRegistration> = {}) {
  return imageWith(
    ...[1, 2, 3, 4].map((id) => broker(id)),
    topic(1),
    partition(1, 0, [1, 2, 3], {
      ...{ isr: nodeIds(...isr), leader: asNodeId(1), leaderEpoch: 5, partitionEpoch: 8 },
      ...more,
    }),
  )
}

function leave(nodeId: number, state: MetadataImage, changes: Partial<LeavingReplica> = {}) {
  const leaving = {
    ...{ topicId: topicId(1), partition: 0, leaderEpoch: 5, reason: 'full-disk' as const },
    ...changes,
  }
  const asked = leaveIsr(state, {
    ...{ nodeId: asNodeId(nodeId), brokerEpoch: nodeId },
    partitions: [leaving],
  })
  const image = after(state, ...asked.records)
  const now = image.topics.byId.get(topicId(1))?.partitions[0]
  return { ...asked, image, now, result: asked.reply[0] }
}

const minIsr = (state: MetadataImage, value: string) =>
  after(state, {
    ...{ type: 'Config', resourceType: 'topic', resourceName: 't1' },
    ...{ key: 'min.insync.replicas', value },
  })

describe('a replica that asks', () => {
  test.each([
    ['in a later epoch, for who is to be cut', 'corrupt-segment', 6],
    ['in the same epoch, for who only lacks space', 'full-disk', 5],
    ['in the same epoch, for whose disk fails', 'failing-directory', 5],
  ] as const)('leaves the ISR, and the leader leads on %s', (_how, reason, leaderEpoch) => {
    const { result, now } = leave(3, stateOf([1, 2, 3]), { reason })
    expect(result).toMatchObject({ errorCode: 0, hasLeft: true })
    expect(now).toMatchObject({ leader: 1, leaderEpoch, partitionEpoch: 9 })
    expect(now).toMatchObject({ isr: nodeIds(1, 2) })
  })

  test('hands over what it leads', () => {
    const { result, now } = leave(1, stateOf([1, 2, 3]))
    expect(result).toMatchObject({ errorCode: 0, hasLeft: true })
    expect(now).toMatchObject({ leader: 2, leaderEpoch: 6, isr: nodeIds(2, 3) })
  })

  test('does not become eligible, nor stays so, below min ISR', () => {
    const member = leave(2, minIsr(stateOf([1, 2]), '2'))
    expect(member.now).toMatchObject({ leader: 1, isr: nodeIds(1), elr: [] })
    const eligible = leave(3, minIsr(stateOf([1], { elr: nodeIds(2, 3) }), '2'))
    expect(eligible.now).toMatchObject({ leader: 1, isr: nodeIds(1), elr: nodeIds(2) })
    expect(eligible.result).toMatchObject({ hasLeft: true })
  })

  test('makes an eligible replica lead when it was the only member', () => {
    const { now } = leave(1, minIsr(stateOf([1], { elr: nodeIds(3) }), '2'))
    expect(now).toMatchObject({ leader: 3, isr: nodeIds(3), elr: [] })
  })

  test('stays when nobody else could lead', () => {
    const fenced = (...ids: number[]) =>
      ids.map((id) => ({
        ...({ type: 'BrokerRegistrationChange', nodeId: asNodeId(id) } as const),
        ...{ brokerEpoch: id, fenced: true },
      }))
    for (const state of [stateOf([1]), after(stateOf([1, 2, 3]), ...fenced(2, 3))]) {
      const { records, result } = leave(1, state)
      expect(records).toEqual([])
      expect(result).toMatchObject({ errorCode: 0, hasLeft: false })
    }
  })

  test('leaves all the same when it lost records: the others are waited for (S11)', () => {
    const nobody = { leader: asNodeId(-1), elr: nodeIds(2, 3) }
    const { now, result } = leave(2, minIsr(stateOf([], nobody), '2'), { reason: 'records-lost' })
    expect(result).toMatchObject({ errorCode: 0, hasLeft: true })
    expect(now).toMatchObject({ leader: 3, isr: nodeIds(3), lastKnownElr: nodeIds(2) })
    const last = leave(2, minIsr(stateOf([], { ...nobody, elr: nodeIds(2) }), '2'), {
      reason: 'records-lost',
    })
    expect(last.now).toMatchObject({ leader: -1, isr: [], elr: [], lastKnownElr: nodeIds(2) })
  })

  test('is not brought back by what it fetched before', () => {
    for (const isr of [
      [1, 2, 3],
      [1, 2],
    ]) {
      const { image } = leave(3, stateOf(isr), { reason: 'corrupt-segment' })
      const { reply } = alterPartition(image, {
        ...{ nodeId: asNodeId(1), brokerEpoch: 1 },
        partitions: [
          {
            ...{ topicId: topicId(1), partition: 0, leaderEpoch: 5, partitionEpoch: 9 },
            isr: [1, 2, 3].map((id) => ({ nodeId: asNodeId(id), brokerEpoch: id })),
          },
        ],
      })
      expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual(['FENCED_LEADER_EPOCH'])
    }
  })

  test('and asks again is told the same, and changes nothing', () => {
    for (const reason of ['corrupt-segment', 'full-disk'] as const) {
      const first = leave(3, stateOf([1, 2, 3]), { reason })
      const { records, result } = leave(3, first.image, { reason })
      expect(records).toEqual([])
      expect(result).toMatchObject({ errorCode: 0, hasLeft: true })
    }
  })
})

test.each([
  ['an unknown topic', 3, { topicId: topicId(9) }, 'UNKNOWN_TOPIC_ID'],
  ['an unknown partition', 3, { partition: 7 }, 'UNKNOWN_TOPIC_OR_PARTITION'],
  ['a later leader epoch', 3, { leaderEpoch: 6 }, 'NOT_CONTROLLER'],
  ['a broker without a replica', 4, {}, 'INVALID_REQUEST'],
] as const)('%s is refused', (_what, nodeId, changes, code) => {
  const { records, result } = leave(nodeId, stateOf([1, 2, 3]), changes)
  expect(records).toEqual([])
  expect(errorName(result?.errorCode ?? 0)).toBe(code)
})

test('an earlier process of the broker is refused as a whole', () => {
  const request = { nodeId: asNodeId(3), brokerEpoch: 2, partitions: [] }
  expect(() => leaveIsr(stateOf([1, 2, 3]), request)).toThrow(
    expect.objectContaining({ code: 'STALE_BROKER_EPOCH' }) as Error,
  )
})
