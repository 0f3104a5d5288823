// Goal: __consumer_offsets never comes to have fewer replicas because a broker was stopped when the
// first group came. Method: four real nodes in this process; the one that is no controller leads
// something, and is stopped as it should be; then a group looks for its coordinator.
import { expect, test } from 'vitest'
import { startCluster } from '../../../src/index.ts'
import { findCoordinator } from '../../../src/wire/apis/10-find-coordinator.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { only, topicMetadata } from '../../support/calls.ts'
import { Client } from '../../support/client.ts'
import { eventually } from '../../support/within.ts'

const WAIT_MS = 60_000
const IDS = [1, 2, 3, 4]

test('a broker that was stopped has its replicas', { timeout: 2 * WAIT_MS }, async () => {
  await using cluster = await startCluster({
    ...{ brokers: IDS.length, topics: { led: IDS.length }, timeoutMs: WAIT_MS },
    config: { 'offsets.topic.replication.factor': IDS.length, 'offsets.topic.num.partitions': 4 },
  })
  await cluster.broker(4).stop()
  await using client = await Client.connect(cluster.broker(1))
  await eventually(WAIT_MS, 'a coordinator', async () => {
    const { errorCode } = await client.request(findCoordinator, 3, { key: 'g', keyType: 0 })
    return errorName(errorCode) === 'NONE'
  })
  const { partitions } = await topicMetadata(client, '__consumer_offsets')
  const { replicaNodes, isrNodes } = only(partitions.slice(0, 1))
  expect(replicaNodes.toSorted()).toEqual(IDS)
  expect(isrNodes.toSorted()).toEqual([1, 2, 3])
})
