// Goal: __consumer_offsets never comes to have fewer replicas because a broker was stopped when the
// first group came. Method: three real nodes in this process, one of them, which leads, stopped as
// it should be; a group looks for its coordinator before it is back, and after.
import { expect, test } from 'vitest'
import { startCluster } from '../../../src/index.ts'
import { findCoordinator } from '../../../src/wire/apis/10-find-coordinator.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { only, topicMetadata } from '../../support/calls.ts'
import { Client } from '../../support/client.ts'
import { eventually } from '../../support/within.ts'

const WAIT_MS = 60_000

test('a broker that was stopped counts', { timeout: 2 * WAIT_MS }, async () => {
  await using cluster = await startCluster({ topics: { led: 3 }, timeoutMs: WAIT_MS })
  const leaving = cluster.brokers.find(({ id }) => id === 3)
  const asked = cluster.brokers.find(({ id }) => id === 1)
  if (leaving === undefined || asked === undefined) throw new Error('three brokers')
  await leaving.stop()
  await using client = await Client.connect(asked)
  const found = async () => {
    const { errorCode } = await client.request(findCoordinator, 3, { key: 'g', keyType: 0 })
    return errorName(errorCode)
  }
  expect(await found()).toBe('COORDINATOR_NOT_AVAILABLE')

  await leaving.restart()
  await eventually(WAIT_MS, 'a coordinator', async () => (await found()) === 'NONE')
  const { partitions } = await topicMetadata(client, '__consumer_offsets')
  expect(only(partitions.slice(0, 1)).replicaNodes.toSorted()).toEqual([1, 2, 3])
})
