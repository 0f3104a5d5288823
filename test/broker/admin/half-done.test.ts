/**
 * Goal: a key stands for all that its request asked for: what was done in part is done in full when
 * it is asked again, what was done is not even looked at again, and nobody loses records to a
 * retry.
 * Method: a broker in this process, asked by gRPC twice with a change in between.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { groupMethods, topicMethods } from '../../../src/rpc/admin/methods.ts'
import { AdminClient } from '../../support/admin-client.ts'
import { bytesOf, produceBatch } from '../../support/calls.ts'
import { Client } from '../../support/client.ts'

const wire = lograft.admin.v1

let cluster: Cluster
let admin: AdminClient
let kafka: Client

beforeAll(async () => {
  cluster = await startCluster({ brokers: 1, timeoutMs: 60_000 })
  const [broker] = cluster.brokers
  if (broker === undefined) throw new Error('there is a broker')
  admin = new AdminClient(broker.grpcAddress)
  const [host = '', port = ''] = broker.address.split(':')
  kafka = await Client.connect({ host, port: Number(port) })
}, 120_000)

afterAll(async () => {
  admin.close()
  await kafka[Symbol.asyncDispose]()
  await cluster.stop()
})

const create = (...names: string[]) =>
  admin.call(
    topicMethods.create,
    new wire.CreateTopicsRequest({ topics: names.map((name) => new wire.NewTopic({ name })) }),
  )
const produce = (topic: string) =>
  produceBatch(kafka, { topic, batch: buildBatch({ records: [{ value: bytesOf('a') }] }) })
const withKey = (idempotencyKey: string) => new wire.Mutation({ idempotencyKey })

test('records that could not be deleted are, when it is asked again', async () => {
  await create('full', 'empty')
  await produce('full')
  const partitions = ['full', 'empty'].map(
    (topic) => new wire.DeletedRecords({ topic, beforeOffset: 1 }),
  )
  const asked = new wire.DeleteRecordsRequest({ mutation: withKey('records'), partitions })
  const remove = async () => {
    const reply = await admin.call(topicMethods.deleteRecords, asked)
    return [reply.mutated?.alreadyApplied, reply.partitions.map(({ error }) => error)]
  }
  expect(await remove()).toEqual([false, ['', 'OFFSET_OUT_OF_RANGE']])
  await produce('empty')
  expect(await remove()).toEqual([false, ['', '']])
  expect(await remove()).toEqual([true, []])
})

test('all records there are go without a key only', async () => {
  await create('all')
  const remove = (more: object) => {
    const partitions = [new wire.DeletedRecords({ topic: 'all' })]
    const asked = new wire.DeleteRecordsRequest({ partitions, ...more })
    return admin.outcome(topicMethods.deleteRecords, asked)
  }
  expect(await remove({ mutation: withKey('all') })).toBe(
    'INVALID_REQUEST partitions[0].before_offset',
  )
  expect(await remove({})).toBe('done')
})

test('records of what is not there are not looked for', async () => {
  await create('small')
  const partitions = ['small', 'nowhere'].map(
    (topic) => new wire.DeletedRecords({ topic, partition: 9, beforeOffset: 1 }),
  )
  const asked = new wire.DeleteRecordsRequest({ partitions })
  const reply = await admin.call(topicMethods.deleteRecords, asked)
  expect(reply.partitions.map(({ error, errorMessage }) => [error, errorMessage])).toEqual([
    ['UNKNOWN_TOPIC_OR_PARTITION', 'there is no partition 9 of small'],
    ['UNKNOWN_TOPIC_OR_PARTITION', 'there is no partition 9 of nowhere'],
  ])
})

test('a reset that was done is answered, whatever has become of what it was about', async () => {
  await create('short-lived')
  const asked = new wire.ResetOffsetsRequest({
    ...{ mutation: withKey('reset'), groupId: 'readers', earliest: true },
    partitions: [new wire.PartitionName({ topic: 'short-lived' })],
  })
  const reset = async () => {
    const { mutated, partitions } = await admin.call(groupMethods.resetOffsets, asked)
    return [mutated?.alreadyApplied, partitions.length]
  }
  expect(await reset()).toEqual([false, 1])
  const topics = [new wire.TopicName({ name: 'short-lived' })]
  await admin.call(topicMethods.delete, new wire.DeleteTopicsRequest({ topics }))
  expect(await reset()).toEqual([true, 0])
})
