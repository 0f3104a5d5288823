/**
 * Goal: brokers end, are forgotten, and voters change by the admin API, once for every key; what is
 * asked again when it is done is answered as done, and a broker that is needed is not forgotten.
 * Method: four real brokers in this process, the fourth of them no controller; each request goes to
 * a node that it is not about.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import { clusterMethods, topicMethods } from '../../../src/rpc/admin/methods.ts'
import { quorumMethods } from '../../../src/rpc/admin/quorum-methods.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { AdminClient } from '../../support/admin-client.ts'

const wire = lograft.admin.v1

let cluster: Cluster
let one: AdminClient

beforeAll(async () => {
  cluster = await startCluster({ brokers: 4, timeoutMs: 60_000 })
  one = new AdminClient(cluster.brokers[0]?.grpcAddress ?? '')
}, 120_000)

afterAll(async () => {
  one.close()
  await cluster.stop()
})

const keyed = (idempotencyKey: string) => ({ mutation: new wire.Mutation({ idempotencyKey }) })

describe('a broker', () => {
  const shutDown = (brokerId: number, rest: lograft.admin.v1.IShutDownBrokerRequest = {}) =>
    new wire.ShutDownBrokerRequest({ brokerId, ...rest })
  const unregister = (brokerId: number) => new wire.UnregisterBrokerRequest({ brokerId })

  test('that is in service is not forgotten', async () => {
    expect(await one.outcome(clusterMethods.unregisterBroker, unregister(4))).toBe(
      'INVALID_REQUEST broker_id',
    )
  })

  test('that is not known, or not possible, does not end', async () => {
    const { shutDownBroker, unregisterBroker } = clusterMethods
    expect([
      await one.outcome(shutDownBroker, shutDown(9)),
      await one.outcome(shutDownBroker, shutDown(2 ** 31)),
      await one.outcome(unregisterBroker, unregister(9)),
      await one.outcome(unregisterBroker, unregister(2 ** 32 - 1)),
    ]).toEqual([
      'BROKER_ID_NOT_REGISTERED broker_id',
      'INVALID_REQUEST broker_id',
      'BROKER_ID_NOT_REGISTERED broker_id',
      'INVALID_REQUEST broker_id',
    ])
  })

  const hold = async (name: string, replicas: number[]) => {
    const assignments = [new wire.Replicas({ brokerIds: replicas })]
    const topics = [new wire.NewTopic({ name, assignments })]
    await one.call(topicMethods.create, new wire.CreateTopicsRequest({ topics }))
    await cluster.caughtUp(name)
  }

  test('that is needed ends by force only, and the refusal has the arithmetic', async () => {
    await hold('alone', [4])
    await hold('held', [4, 1])
    const validateOnly = { mutation: new wire.Mutation({ validateOnly: true }) }
    const { shutDownBroker } = clusterMethods
    for (const request of [shutDown(4), shutDown(4, validateOnly)]) {
      expect(await one.outcome(shutDownBroker, request)).toBe('UNAVAILABLE_WITHOUT_IT force')
      await expect(one.call(shutDownBroker, request)).rejects.toThrow(
        'without broker 4: no leader for 1 partition (alone-0); ' +
          'fewer replicas in sync than min.insync.replicas for 1 partition (held-0). Nothing was done',
      )
    }
    const forced = shutDown(4, { ...validateOnly, force: true })
    expect((await one.call(shutDownBroker, forced)).impact).toMatchObject({
      ...{ voters: 3, votersLeft: 3, majority: 2 },
      ...{ leaderlessPartitions: 1, underMinIsrPartitions: 1 },
      partitions: [{ topic: 'alone' }, { topic: 'held' }],
    })
    const topics = [new wire.TopicName({ name: 'alone' })]
    await one.call(topicMethods.delete, new wire.DeleteTopicsRequest({ topics }))
  })

  test('hands over and ends, and is asked once', async () => {
    const request = shutDown(4, { ...keyed('end-4'), force: true })
    const first = await one.call(clusterMethods.shutDownBroker, request)
    expect(first.alreadyApplied).toBe(false)
    const described = await one.call(clusterMethods.describe, new wire.DescribeClusterRequest())
    const four = described.brokers.find(({ brokerId }) => brokerId === 4)
    expect(four?.state).toBe(wire.BrokerState.BROKER_STATE_FENCED)
    expect((await one.call(clusterMethods.shutDownBroker, request)).alreadyApplied).toBe(true)
    expect(await one.outcome(clusterMethods.shutDownBroker, shutDown(4))).toBe(
      'BROKER_NOT_AVAILABLE broker_id',
    )
    await expect.poll(() => cluster.brokers[3]?.isRunning, { timeout: 20_000 }).toBe(false)
  })

  test('is not forgotten while it holds replicas, and then it is', async () => {
    expect(await one.outcome(clusterMethods.unregisterBroker, unregister(4))).toBe(
      'INVALID_REQUEST broker_id',
    )
    const topics = [new wire.TopicName({ name: 'held' })]
    await one.call(topicMethods.delete, new wire.DeleteTopicsRequest({ topics }))
    expect(await one.outcome(clusterMethods.unregisterBroker, unregister(4))).toBe('done')
    expect(await one.outcome(clusterMethods.unregisterBroker, unregister(4))).toBe(
      'BROKER_ID_NOT_REGISTERED broker_id',
    )
  })
})

describe('a voter', () => {
  const ask = { hereOnly: false }
  const leaderId = async () => (await one.call(quorumMethods.describe, ask)).leaderId

  test('leads, and is asked once', async () => {
    const to = asNodeId((await leaderId()) === 2 ? 3 : 2)
    const request = { ...ask, to, ...keyed('lead') }
    expect((await one.call(quorumMethods.transfer, request))?.alreadyApplied).toBe(false)
    expect(await leaderId()).toBe(to)
    expect((await one.call(quorumMethods.transfer, request))?.alreadyApplied).toBe(true)
    const again = { ...ask, to, ...keyed('lead-again') }
    expect((await one.call(quorumMethods.transfer, again))?.alreadyApplied).toBe(false)
  })

  test('goes once, and what is gone is gone', async () => {
    const nodeIds = [asNodeId((await leaderId()) === 2 ? 3 : 2)]
    const request = { ...ask, nodeIds, directoryId: null, ...keyed('go') }
    const only = { ...request, mutation: new wire.Mutation({ validateOnly: true }) }
    await one.call(quorumMethods.remove, only)
    await one.call(quorumMethods.remove, request)
    expect((await one.call(quorumMethods.remove, request))?.alreadyApplied).toBe(true)
    const { replicas } = await one.call(quorumMethods.describe, ask)
    expect(replicas.map(({ nodeId }) => nodeId)).not.toContain(nodeIds[0])
    // An answer that was lost before the key was noted: it is done already.
    const other = { ...request, ...keyed('go-again') }
    expect((await one.call(quorumMethods.remove, other))?.alreadyApplied).toBe(false)
    expect(await one.outcome(quorumMethods.remove, { ...request, mutation: null })).toBe(
      'VOTER_NOT_FOUND -',
    )
  })
})
