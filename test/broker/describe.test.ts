// Goal: DescribeCluster, DescribeLogDirs and DescribeTopicPartitions tell the truth, page by page,
// and refuse what makes no sense as Kafka does.
// Method: a real node over a real socket; sizes are compared with the files, pages with Metadata.
import { readdirSync, statfsSync, statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/base/log.ts'
import { DiskError } from '../../src/base/disk.ts'
import { FREE_PORTS } from '../../src/chaos/cluster/process-node.ts'
import { loadNodeConfig } from '../../src/config/load.ts'
import { thisMachine } from '../../src/node/machine.ts'
import { startNode } from '../../src/node/node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { describeLogDirs } from '../../src/wire/apis/35-describe-log-dirs.ts'
import { describeCluster } from '../../src/wire/apis/60-describe-cluster.ts'
import { describeTopicPartitions } from '../../src/wire/apis/75-describe-topic-partitions.ts'
import { createTopic, deleteTopic, only, produceBatch, topicMetadata } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { kafkaAddressOf, LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'

const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA'
const NOT_REQUESTED = -2147483648

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({ set: { 'max.request.partition.size.limit': 7 } })
  client = await node.connect()
  for (const [name, partitions] of [
    ['b', 5],
    ['a', 3],
    ['c', 4],
    ['B', 1],
  ] as const)
    await createTopic(client, name, { partitions })
})
afterAll(() => node[Symbol.asyncDispose]())

describe('DescribeCluster', () => {
  const ask = (version: number, endpointType = 1, includeClusterAuthorizedOperations = false) =>
    client.request(describeCluster, version, { includeClusterAuthorizedOperations, endpointType })

  test.each([0, 1])('v%i names the cluster and its brokers', async (version) => {
    const { host, port } = node.address
    const cluster = await ask(version)
    expect(cluster).toMatchObject({
      errorCode: 0,
      errorMessage: null,
      endpointType: 1,
      controllerId: 1,
      brokers: [{ brokerId: 1, host, port, rack: null }],
      clusterAuthorizedOperations: NOT_REQUESTED,
    })
    expect(cluster.clusterId).toMatch(/^[\w-]{22}$/)
    const { clusterAuthorizedOperations } = await ask(version, 1, true)
    expect(clusterAuthorizedOperations).toBeGreaterThan(0)
  })

  test.each([
    [2, 114],
    [0, 115],
    [3, 115],
    [-128, 115],
  ])('type %i of endpoint is not here: error %i', async (endpointType, errorCode) => {
    const refused = await ask(1, endpointType)
    expect(refused).toMatchObject({ errorCode, brokers: [], clusterId: '', controllerId: -1 })
    expect(refused.errorMessage).toMatch(/endpoint/)
  })
})

describe('DescribeLogDirs', () => {
  type Asked = { topic: string; partitions: number[] }[] | null
  const ask = async (topics: Asked, version = 4) => {
    const { errorCode, results } = await client.request(describeLogDirs, version, { topics })
    expect(errorCode).toBe(0)
    return only(results)
  }
  const sizeOf = (directory: string) =>
    readdirSync(`${node.directory}/${directory}`)
      .filter((name) => name.endsWith('.log'))
      .reduce((sum, name) => sum + statSync(`${node.directory}/${directory}/${name}`).size, 0)

  test.each([1, 2, 3, 4])('v%i: null asks for all, sizes are those on disk', async (version) => {
    const batch = buildBatch({ records: [{ value: new Uint8Array(1000) }] })
    await produceBatch(client, { topic: 'b', partition: 2, batch })
    const directory = await ask(null, version)
    expect([directory.errorCode, directory.logDir]).toEqual([0, node.directory])
    const sizes = new Map<string, number>()
    for (const { name, partitions } of directory.topics)
      for (const { partitionIndex, partitionSize, offsetLag, isFutureKey } of partitions) {
        sizes.set(`${name}-${partitionIndex}`, partitionSize)
        expect([offsetLag, isFutureKey]).toEqual([0, false])
      }
    expect(sizes.size).toBe(13)
    for (const [name, size] of sizes) expect(size, name).toBe(sizeOf(name))
    expect(sizes.get('b-2')).toBeGreaterThan(1000)
    if (version < 4) expect([directory.totalBytes, directory.usableBytes]).toEqual([-1, -1])
    else {
      const { bsize, blocks } = statfsSync(node.directory)
      expect(directory.totalBytes).toBe(bsize * blocks)
      expect(directory.usableBytes).toBeLessThanOrEqual(directory.totalBytes)
      expect(directory.usableBytes).toBeGreaterThan(0)
    }
  })

  test('some: those that are here, each once', async () => {
    const { topics } = await ask([
      { topic: 'b', partitions: [1, 1, 4, 99, -1] },
      { topic: 'nowhere', partitions: [0] },
      { topic: 'b', partitions: [0, 1] },
      { topic: 'a', partitions: [] },
    ])
    expect(topics.map(({ name, partitions }) => [name, partitions.length])).toEqual([['b', 3]])
    expect((await ask([])).topics).toEqual([])
  })

  test('a volume that does not answer is a storage error', async () => {
    await using directory = await tempDir()
    const settings = { ...FREE_PORTS, 'log.dirs': directory.path }
    const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
    const volume = () => {
      throw new DiskError('DISK_FAILED', 'planted')
    }
    const disk = { ...thisMachine.disk, volume }
    const host = { ...thisMachine, disk }
    const own = await startNode(loadNodeConfig({ flags }), { logger: silentLogger, host })
    try {
      await using asker = await Client.connect(kafkaAddressOf(own))
      const { results } = await asker.request(describeLogDirs, 4, { topics: null })
      expect(only(results)).toMatchObject({ errorCode: 56, logDir: directory.path, topics: [] })
    } finally {
      await own.stop()
    }
  })
})

describe('DescribeTopicPartitions', () => {
  type Cursor = { topicName: string; partitionIndex: number } | null
  const ask = async (names: string[], { limit = 2000, cursor = null as Cursor } = {}) => {
    const { topics, nextCursor } = await client.request(describeTopicPartitions, 0, {
      topics: names.map((name) => ({ name })),
      responsePartitionLimit: limit,
      cursor,
    })
    const rows = topics.map(({ errorCode, name, partitions }) => [
      errorCode,
      name,
      partitions.map(({ partitionIndex }) => partitionIndex),
    ])
    return { topics, nextCursor, rows }
  }
  const at = (topicName: string, partitionIndex: number) => ({ topicName, partitionIndex })

  test('says what Metadata says, and who may lead', async () => {
    const asked = only((await ask(['a'])).topics)
    const metadata = await topicMetadata(client, 'a', { version: 12 })
    expect(asked).toMatchObject({ errorCode: 0, name: 'a', topicId: metadata.topicId })
    expect(asked.topicAuthorizedOperations).toBeGreaterThan(0)
    expect(asked.partitions).toEqual(
      metadata.partitions.map((partition) => ({
        ...partition,
        eligibleLeaderReplicas: [],
        lastKnownElr: [],
      })),
    )
  })

  test('topics come in the order of their names, each once, unknown ones too', async () => {
    const { rows, nextCursor } = await ask(['c', 'nowhere', 'a', 'c', 'bad name'])
    expect(rows).toEqual([
      [0, 'a', [0, 1, 2]],
      [17, 'bad name', []],
      [0, 'c', [0, 1, 2, 3]],
      [3, 'nowhere', []],
    ])
    expect(nextCursor).toBeNull()
  })

  test('all, page by page: at most what the broker allows, and less where asked', async () => {
    const first = await ask([])
    expect(first.rows).toEqual([
      [0, 'B', [0]],
      [0, 'a', [0, 1, 2]],
      [0, 'b', [0, 1, 2]],
    ])
    expect(first.nextCursor).toMatchObject(at('b', 3))
    const second = await ask([], { cursor: first.nextCursor })
    expect(second.rows).toEqual([
      [0, 'b', [3, 4]],
      [0, 'c', [0, 1, 2, 3]],
    ])
    expect(second.nextCursor).toBeNull()

    const all: string[] = []
    let cursor: Cursor = null
    do {
      const page = await ask([], { limit: 2, cursor })
      const partitions = page.topics.flatMap((topic) =>
        topic.partitions.map(({ partitionIndex }) => `${topic.name}-${partitionIndex}`),
      )
      expect(partitions.length).toBeLessThanOrEqual(2)
      all.push(...partitions)
      cursor = page.nextCursor
    } while (cursor)
    const expected = [
      ['B', 1],
      ['a', 3],
      ['b', 5],
      ['c', 4],
    ] as const
    expect(all).toEqual(
      expected.flatMap(([name, count]) =>
        Array.from({ length: count }, (_, index) => `${name}-${index}`),
      ),
    )
  })

  test('a page that is full at the end of a topic goes on with the next', async () => {
    const page = await ask(['a', 'b'], { limit: 3 })
    expect([page.rows, page.nextCursor]).toMatchObject([[[0, 'a', [0, 1, 2]]], at('b', 0)])
  })

  test('a topic that went between two pages is passed over', async () => {
    await createTopic(client, 'ab', { partitions: 3 })
    const { nextCursor } = await ask([], { limit: 5 })
    expect(nextCursor).toMatchObject(at('ab', 1))
    await deleteTopic(client, 'ab')
    expect((await ask([], { limit: 1, cursor: nextCursor })).rows).toEqual([[0, 'b', [0]]])
  })

  test('a partition beyond the last leaves its topic empty', async () => {
    const { rows } = await ask(['a', 'B'], { cursor: at('a', 99) })
    expect(rows).toEqual([[0, 'a', []]])
  })

  test.each<[string, string[], { limit?: number; cursor?: Cursor }, (string | null)[]]>([
    ['no partitions at all', ['a', 'b'], { limit: 0 }, ['a', 'b']],
    ['fewer than none', [], { limit: -1 }, [null]],
    ['a cursor that is none of the topics', ['a'], { cursor: at('b', 0) }, ['a']],
    ['a partition below 0', [], { cursor: at('a', -1) }, ['a']],
  ])('refuses %s', async (_, names, options, refused) => {
    const { topics, nextCursor } = await ask(names, options)
    expect(nextCursor).toBeNull()
    expect(topics.map(({ errorCode, name }) => [errorCode, name])).toEqual(
      refused.map((name) => [42, name]),
    )
    for (const { partitions, topicId } of topics) {
      expect([partitions, topicId]).toEqual([[], ZERO_UUID])
    }
  })

  test('creates nothing', async () => {
    await ask(['not-created'])
    expect((await topicMetadata(client, 'not-created')).errorCode).toBe(3)
  })
})
