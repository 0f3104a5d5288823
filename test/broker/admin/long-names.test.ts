/**
 * Goal: names that are longer than Kafka's protocol can carry, and positions at the ends of their
 * type, are refused with the field that is wrong, and never stop the node that was asked.
 * Method: a broker in this process, asked by gRPC; in the end it still answers.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import { groupMethods, topicMethods } from '../../../src/rpc/admin/methods.ts'
import { AdminClient } from '../../support/admin-client.ts'

const wire = lograft.admin.v1

/** Bytes of a string in Kafka's protocol at most. */
const BYTES_MAX = 32_767
const LONGEST = 'g'.repeat(BYTES_MAX)
const TOO_LONG = `${'g'.repeat(BYTES_MAX - 1)}ö`
/** Of a signed number of 64 bits, that its zigzag is a safe one. */
const FAR = 2 ** 51
const HERE = { topic: 'here', partition: 0 }
const THERE = { topic: TOO_LONG, partition: 0 }

let cluster: Cluster
let admin: AdminClient

beforeAll(async () => {
  cluster = await startCluster({ brokers: 1, timeoutMs: 60_000 })
  admin = new AdminClient(cluster.brokers[0]?.grpcAddress ?? '')
  const topics = [new wire.NewTopic({ name: 'here' })]
  await admin.call(topicMethods.create, new wire.CreateTopicsRequest({ topics }))
}, 120_000)

afterAll(async () => {
  expect(await admin.outcome(topicMethods.list, new wire.ListTopicsRequest())).toBe('done')
  admin.close()
  await cluster.stop()
})

const named = (...names: { topic: string; partition: number }[]) =>
  names.map((name) => new wire.PartitionName(name))

describe('names that do not fit', () => {
  test('of topics whose records are deleted', async () => {
    const partitions = [HERE, THERE].map((name) => new wire.DeletedRecords(name))
    const asked = new wire.DeleteRecordsRequest({ partitions })
    expect(await admin.outcome(topicMethods.deleteRecords, asked)).toBe(
      'INVALID_REQUEST partitions[1].topic',
    )
  })

  test('of topics and groups whose offsets are set', async () => {
    const reset = (groupId: string, name: typeof HERE) =>
      admin.outcome(
        groupMethods.resetOffsets,
        new wire.ResetOffsetsRequest({ groupId, earliest: true, partitions: named(name) }),
      )
    expect(await reset(TOO_LONG, HERE)).toBe('INVALID_REQUEST group_id')
    expect(await reset('one', THERE)).toBe('INVALID_REQUEST partitions[0].topic')
    expect(await reset('one', HERE)).toBe('done')
  })

  test('of topics and groups whose offsets are deleted', async () => {
    const remove = (groupId: string, name: typeof HERE) =>
      admin.outcome(
        groupMethods.deleteOffsets,
        new wire.DeleteOffsetsRequest({ groupId, partitions: named(name) }),
      )
    expect(await remove(TOO_LONG, HERE)).toBe('INVALID_REQUEST group_id')
    expect(await remove('two', THERE)).toBe('INVALID_REQUEST partitions[0].topic')
  })

  test('of groups that are deleted; one that does fit is only unknown', async () => {
    const remove = (...groupIds: string[]) =>
      admin.outcome(groupMethods.delete, new wire.DeleteGroupsRequest({ groupIds }))
    expect(await remove('one', TOO_LONG)).toBe('INVALID_REQUEST group_ids[1]')
    expect(await remove(LONGEST)).toBe('done')
  })

  test('of groups that are described', async () => {
    const describing = (groupId: string) =>
      admin.outcome(groupMethods.describe, new wire.DescribeGroupRequest({ groupId }))
    expect(await describing(TOO_LONG)).toBe('INVALID_REQUEST group_id')
    expect(await describing(LONGEST)).toBe('GROUP_ID_NOT_FOUND group_id')
  })
})

test('offsets that are shifted as far as numbers go stay in the log', async () => {
  const asked = (shiftBy: number) =>
    new wire.ResetOffsetsRequest({ groupId: 'three', partitions: named(HERE), shiftBy })
  const first = { groupId: 'three', partitions: named(HERE), earliest: true }
  await admin.call(groupMethods.resetOffsets, new wire.ResetOffsetsRequest(first))
  for (const by of [-FAR, -1, 0, 1, FAR]) {
    const { partitions } = await admin.call(groupMethods.resetOffsets, asked(by))
    expect(partitions.map(({ before, after }) => [before, after])).toEqual([[0, 0]])
  }
  for (const by of [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER])
    expect(await admin.outcome(groupMethods.resetOffsets, asked(by))).toBe('INVALID_REQUEST -')
})
