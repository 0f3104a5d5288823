// Goal: Kafka's admin protocol asks and changes the quorum, and unregisters brokers, from any
// broker; and forgetting a broker loses nothing that it holds.
// Method: three real nodes in this process; what is asked is asked of a broker whose controller is
// not active.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Broker, Cluster } from '../../src/embed/api.ts'
import { startCluster } from '../../src/index.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { describeQuorum } from '../../src/wire/apis/55-describe-quorum.ts'
import { describeCluster } from '../../src/wire/apis/60-describe-cluster.ts'
import { unregisterBroker } from '../../src/wire/apis/64-unregister-broker.ts'
import { addRaftVoter } from '../../src/wire/apis/80-add-raft-voter.ts'
import { removeRaftVoter } from '../../src/wire/apis/81-remove-raft-voter.ts'
import { errorName } from '../../src/wire/errors.ts'
import { only, readPartition } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'
import { onceBatch, produceUntilAcknowledged } from '../support/replicated.ts'

const WAIT_MS = 60_000
const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA'
const METADATA_LOG = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }]

let directory: TempDir
let cluster: Cluster
/** Not the active controller's. */
let client: Client
let active: Broker
let others: readonly Broker[]

beforeAll(async () => {
  directory = await tempDir()
  cluster = await startCluster({ directory: directory.path, timeoutMs: WAIT_MS })
  active = await cluster.controller()
  others = cluster.brokers.filter((broker) => broker !== active)
  client = await Client.connect(only(others.slice(0, 1)))
}, WAIT_MS)
afterAll(async () => {
  await client.close()
  await cluster.stop()
  await directory[Symbol.asyncDispose]()
})

async function quorum() {
  const { topics, ...rest } = await client.request(describeQuorum, 2, { topics: METADATA_LOG })
  return { ...only(only(topics).partitions), ...rest }
}

const voters = async () =>
  (await quorum()).currentVoters.map(({ replicaId }) => replicaId).sort((a, b) => a - b)

const directoryOf = async (id: number) => {
  const { currentVoters } = await quorum()
  return currentVoters.find(({ replicaId }) => replicaId === id)?.replicaDirectoryId ?? ZERO
}

async function clusterAsTold(includeFencedBrokers: boolean) {
  const { brokers, clusterId } = await client.request(describeCluster, 2, {
    ...{ includeClusterAuthorizedOperations: false, includeFencedBrokers },
  })
  const ids = brokers.map(({ brokerId, isFenced }) => `${brokerId}${isFenced ? ' fenced' : ''}`)
  return { ids: ids.sort(), clusterId }
}

describe('DescribeQuorum', () => {
  test.each([0, 1, 2])('v%i is what the leader says', async (version) => {
    const before = Date.now()
    const answer = await client.request(describeQuorum, version, { topics: METADATA_LOG })
    const partition = only(only(answer.topics).partitions)
    expect(answer.errorCode).toBe(0)
    expect(partition).toMatchObject({ partitionIndex: 0, errorCode: 0, leaderId: active.id })
    expect(partition.leaderEpoch).toBeGreaterThan(0)
    expect(partition.observers).toEqual([])
    const [leader] = partition.currentVoters.filter(({ replicaId }) => replicaId === active.id)
    expect(leader?.logEndOffset).toBeGreaterThanOrEqual(partition.highWatermark)
    for (const voter of partition.currentVoters) {
      expect(voter.replicaDirectoryId === ZERO).toBe(version < 2)
      if (version === 0) expect(voter.lastFetchTimestamp).toBe(-1)
      else expect(voter.lastFetchTimestamp).toBeGreaterThan(before - WAIT_MS)
      expect(voter.lastCaughtUpTimestamp).toBeLessThanOrEqual(Date.now())
    }
    const places = answer.nodes.map(({ nodeId, listeners }) => {
      const { name, host, port } = only(listeners)
      return `${nodeId} ${name} ${host}:${port}`
    })
    expect(places.sort()).toEqual(
      version < 2
        ? []
        : cluster.brokers.map(({ id, grpcAddress }) => `${id} CONTROLLER ${grpcAddress}`),
    )
  })

  test.each([
    [[{ topicName: 'orders', partitions: [{ partitionIndex: 0 }] }]],
    [[{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 1 }] }]],
    [[{ topicName: '__cluster_metadata', partitions: [] }]],
    [[...METADATA_LOG, ...METADATA_LOG]],
    [[]],
  ])('%j is not the metadata log', async (topics) => {
    const answer = await client.request(describeQuorum, 2, { topics })
    expect(answer.errorCode).toBe(0)
    expect(answer.topics.map(({ topicName }) => topicName)).toEqual(
      topics.map(({ topicName }) => topicName),
    )
    for (const { partitions } of answer.topics)
      for (const { errorCode, currentVoters } of partitions)
        expect([errorName(errorCode), currentVoters]).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', []])
  })
})

describe('voters', () => {
  const listener = { name: 'CONTROLLER', host: '127.0.0.1', port: 1 }

  async function add(asked: {
    clusterId?: string | null
    voterId: number
    voterDirectoryId?: string
    listeners?: readonly (typeof listener)[]
    timeoutMs?: number
  }) {
    const answer = await client.request(addRaftVoter, 0, {
      ...{ clusterId: null, voterDirectoryId: ZERO, listeners: [listener], timeoutMs: WAIT_MS },
      ...asked,
    })
    return errorName(answer.errorCode)
  }

  async function remove(voterId: number, voterDirectoryId: string, clusterId: string | null) {
    const asked = { clusterId, voterId, voterDirectoryId }
    return errorName((await client.request(removeRaftVoter, 0, asked)).errorCode)
  }

  test.each([
    ['another cluster', { clusterId: ZERO, voterId: 4 }, 'INCONSISTENT_CLUSTER_ID'],
    ['no cluster', { clusterId: '', voterId: 4 }, 'INCONSISTENT_CLUSTER_ID'],
    ['an id below 0', { voterId: -1 }, 'INVALID_REQUEST'],
    ['no listener', { voterId: 4, listeners: [] }, 'INVALID_REQUEST'],
    ['no host', { voterId: 4, listeners: [{ ...listener, host: '' }] }, 'INVALID_REQUEST'],
    ['no port', { voterId: 4, listeners: [{ ...listener, port: 0 }] }, 'INVALID_REQUEST'],
    ['nobody there', { voterId: 4 }, 'INVALID_REQUEST'],
  ] as const)('adding with %s is refused', async (_, asked, error) => {
    expect(await add(asked)).toBe(error)
    expect(await voters()).toEqual([1, 2, 3])
  })

  test('removing nobody is refused', async () => {
    const [first] = others
    const known = await directoryOf(first?.id ?? 0)
    const { clusterId } = await clusterAsTold(false)
    expect(await remove(4, known, null)).toBe('VOTER_NOT_FOUND')
    expect(await remove(0x7fffffff, known, null)).toBe('VOTER_NOT_FOUND')
    expect(await remove(-1, known, clusterId)).toBe('INVALID_REQUEST')
    expect(await remove(first?.id ?? 0, ZERO, clusterId)).toBe('VOTER_NOT_FOUND')
    expect(await remove(first?.id ?? 0, known, 'another')).toBe('INCONSISTENT_CLUSTER_ID')
    expect(await voters()).toEqual([1, 2, 3])
  })

  test('one goes, and comes again', async () => {
    const leaving = others.at(-1) ?? active
    const [host = '', port = ''] = leaving.grpcAddress.split(':')
    const listeners = [{ name: 'ANY', host, port: Number(port) }]
    const voterDirectoryId = await directoryOf(leaving.id)
    const { clusterId } = await clusterAsTold(false)
    expect(await remove(leaving.id, voterDirectoryId, clusterId)).toBe('NONE')
    expect(await voters()).toEqual([1, 2, 3].filter((id) => id !== leaving.id))

    const voterId = leaving.id
    expect(await add({ voterId, voterDirectoryId: ZERO, listeners })).toBe('INVALID_VOTER_KEY')
    expect(await add({ voterId: 9, voterDirectoryId, listeners })).toBe('INVALID_REQUEST')
    expect(await voters()).toHaveLength(2)
    expect(await add({ clusterId, voterId, voterDirectoryId, listeners })).toBe('NONE')
    expect(await voters()).toEqual([1, 2, 3])
    expect(await add({ voterId, voterDirectoryId, listeners })).toBe('DUPLICATE_VOTER')
  })
})

describe('UnregisterBroker', () => {
  const unregister = async (brokerId: number) => {
    const answer = await client.request(unregisterBroker, 0, { brokerId })
    return errorName(answer.errorCode)
  }

  test.each([4, -1, 0x7fffffff, -0x80000000])('broker %i is none', async (id) => {
    expect(await unregister(id)).toBe('BROKER_ID_NOT_REGISTERED')
    expect((await clusterAsTold(true)).ids).toEqual(['1', '2', '3'])
  })

  test('one that is down is forgotten', async () => {
    const leaving = others.at(-1) ?? active
    await leaving.stop()
    const stays = cluster.brokers.map(({ id }) => `${id}`).filter((id) => id !== `${leaving.id}`)
    const { ids } = await clusterAsTold(true)
    expect(ids).toEqual([...stays, `${leaving.id} fenced`].sort())
    expect((await clusterAsTold(false)).ids).toEqual(stays)
    expect(await unregister(leaving.id)).toBe('NONE')
    expect((await clusterAsTold(true)).ids).toEqual(stays)
    expect(await unregister(leaving.id)).toBe('BROKER_ID_NOT_REGISTERED')
    await leaving.restart()
    await cluster.caughtUp()
    expect((await clusterAsTold(true)).ids).toEqual(['1', '2', '3'])
  })

  test('one in service stops; when it comes back it has what only it had', async () => {
    const leaving = others.at(-1) ?? active
    await client.request(createTopics, 5, {
      topics: [
        {
          ...{ name: 'held', numPartitions: -1, replicationFactor: -1, configs: [] },
          assignments: [{ partitionIndex: 0, brokerIds: [leaving.id] }],
        },
      ],
      timeoutMs: WAIT_MS,
      validateOnly: false,
    })
    await cluster.caughtUp('held')
    const batch = onceBatch('only here')
    await produceUntilAcknowledged(() => new Map([[leaving.id, leaving]]), { topic: 'held', batch })

    expect(await unregister(leaving.id)).toBe('NONE')
    await eventually(WAIT_MS, 'its end', () => leaving.failure)
    expect(leaving.failure?.message).toContain(`not broker ${leaving.id} any more`)
    expect((await clusterAsTold(true)).ids).not.toContain(`${leaving.id}`)
    await leaving.restart()
    expect(await cluster.leaderOf('held', 0)).toBe(leaving)
    await using again = await Client.connect(leaving)
    expect(await readPartition(again, { topic: 'held' })).toHaveLength(1)
  })
})
