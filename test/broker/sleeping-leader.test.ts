/**
 * Goal: a leader that slept while another took its place acknowledges nothing when it goes on: its
 * clients are told to look for the leader anew, and what they sent is nowhere (S22).
 * Method: three processes; the leader is stopped (SIGSTOP) until its session is over, what it finds
 * when it goes on is in its sockets already. The active controller sleeps, too, or does not.
 */
import { afterEach, expect, test } from 'vitest'
import { activeController } from '../../chaos/quorum/views.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { LATEST } from '../../src/replication/partition-requests.ts'
import { errorName } from '../../src/wire/errors.ts'
import { listOffset, produceBatch, readPartition, text } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import {
  addressesOf,
  asking,
  createReplicated,
  isWhole,
  onceBatch,
  produceUntilAcknowledged,
  stateWhen,
} from '../support/replicated.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const SESSION_MS = 1_500
const PARTITIONS = 3

const open: (ProcessCluster | TempDir | Client)[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource[Symbol.asyncDispose]()
})

async function threeNodes(): Promise<ProcessCluster> {
  const directory = await tempDir('sleeping')
  open.push(directory)
  const cluster = await ProcessCluster.start({
    directory: directory.path,
    voters: 3,
    set: {
      'broker.session.timeout.ms': SESSION_MS,
      'broker.heartbeat.interval.ms': 300,
    },
  })
  open.push(cluster)
  return cluster
}

test.each([
  ['is the active controller', true],
  ['is not the active controller', false],
])('a leader that %s acknowledges nothing after its sleep', async (_who, isController) => {
  const cluster = await threeNodes()
  const addresses = addressesOf(cluster)
  await createReplicated(addresses, 'orders', { partitions: PARTITIONS })
  const targets = cluster.nodeIds.map((node) => ({ node, address: cluster.node(node).address }))
  const controller = await eventually(30_000, 'a controller', () => activeController(targets))
  const sleeper = isController ? controller : (controller % 3) + 1
  const partition = await eventually(30_000, 'a partition of the sleeper', async () => {
    for (let index = 0; index < PARTITIONS; index += 1) {
      const state = await stateWhen(addresses, { topic: 'orders', partition: index }, isWhole)
      if (state.leader === sleeper) return { index }
    }
    return null
  }).then(({ index }) => index)
  const of = { topic: 'orders', partition }
  await produceUntilAcknowledged(addresses, { ...of, batch: onceBatch('before') })

  const clients = await Promise.all([1, 2, 3, 4].map(() => connect(cluster, sleeper)))
  cluster.pause(sleeper)
  const asked = clients.flatMap((client, index) => [
    produceBatch(client, { ...of, batch: onceBatch(`asleep, acks=1, ${index}`), acks: 1 }),
    produceBatch(client, { ...of, batch: onceBatch(`asleep, acks=all, ${index}`), acks: -1 }),
  ])
  const listed = clients.map((client) => listOffset(client, { ...of, timestamp: LATEST }))
  await stateWhen(addresses, of, ({ leader }) => leader >= 0 && leader !== sleeper)
  await produceUntilAcknowledged(addresses, { ...of, batch: onceBatch('meanwhile') })
  cluster.resume(sleeper)

  for (const { errorCode } of await Promise.all(asked))
    expect(errorName(errorCode)).toBe('NOT_LEADER_OR_FOLLOWER')
  for (const { errorCode } of await Promise.all(listed))
    expect(errorName(errorCode)).toBe('NOT_LEADER_OR_FOLLOWER')

  // It comes back as a follower, and has thrown away what nobody was told of.
  const { leader } = await stateWhen(addresses, of, isWhole)
  await produceUntilAcknowledged(addresses, { ...of, batch: onceBatch('after') })
  const address = cluster.node(leader).address
  const records = await asking(address, (client) => readPartition(client, of))
  expect(records.map(({ value }) => text(value))).toEqual(['before', 'meanwhile', 'after'])
})

async function connect(cluster: ProcessCluster, nodeId: number): Promise<Client> {
  const client = await Client.connect(cluster.node(nodeId).address)
  open.push(client)
  return client
}
