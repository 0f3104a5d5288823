// Goal: the rest of Kafka's admin protocol tells the truth of one node, and refuses with Kafka's
// errors what makes no sense or is not there; at, below and over each bound.
// Method: a real node over a real socket, all versions.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { alterReplicaLogDirs } from '../../src/wire/apis/34-alter-replica-log-dirs.ts'
import { alterPartitionReassignments } from '../../src/wire/apis/45-alter-partition-reassignments.ts'
import { describeClientQuotas } from '../../src/wire/apis/48-describe-client-quotas.ts'
import { alterClientQuotas } from '../../src/wire/apis/49-alter-client-quotas.ts'
import { describeUserScramCredentials } from '../../src/wire/apis/50-describe-user-scram-credentials.ts'
import { updateFeatures } from '../../src/wire/apis/57-update-features.ts'
import { describeProducers } from '../../src/wire/apis/61-describe-producers.ts'
import { describeTransactions } from '../../src/wire/apis/65-describe-transactions.ts'
import { listTransactions } from '../../src/wire/apis/66-list-transactions.ts'
import { listConfigResources } from '../../src/wire/apis/74-list-config-resources.ts'
import { errorName } from '../../src/wire/errors.ts'
import { createTopic, only, produceBatch } from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'

const TOPICS = ['orders', 'payments']

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
  for (const topic of TOPICS) await createTopic(client, topic, { partitions: 2 })
})
afterAll(() => node[Symbol.asyncDispose]())

const versionsOf = ({ versions: [min, max] }: { versions: readonly [number, number] }) =>
  Array.from({ length: max - min + 1 }, (_, index) => min + index)

describe('features', () => {
  test('are told by ApiVersions', async () => {
    const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }
    const told = await client.request(apiVersions, 4, software)
    expect(told.supportedFeatures).toEqual([
      { name: 'metadata.version', minVersion: 1, maxVersion: 1 },
    ])
    expect(told.finalizedFeatures).toEqual([
      { name: 'metadata.version', minVersionLevel: 1, maxVersionLevel: 1 },
    ])
    expect(told.finalizedFeaturesEpoch).toBeGreaterThan(0)
  })

  const update = async (
    version: number,
    { feature = 'metadata.version', level = 1, upgradeType = 1, validateOnly = false },
  ) => {
    const featureUpdates = [{ feature, maxVersionLevel: level, upgradeType }]
    const answer = await client.request(updateFeatures, version, { featureUpdates, validateOnly })
    const results = version < 2 ? [{ feature, ...answer }] : []
    expect(answer.results).toMatchObject(
      results.map(({ errorCode, errorMessage }) => ({ feature, errorCode, errorMessage })),
    )
    return errorName(answer.errorCode)
  }

  test.each(versionsOf(updateFeatures))('v%i: what changes nothing is granted', async (version) => {
    expect(await update(version, {})).toBe('NONE')
    expect(await update(version, { validateOnly: version > 0 })).toBe('NONE')
    if (version > 0) expect(await update(version, { upgradeType: 2 })).toBe('NONE')
  })

  test.each([
    [{ level: 0 }],
    [{ level: 2 }],
    [{ level: -1 }],
    [{ level: 32_767 }],
    [{ level: -32_768, upgradeType: 3 }],
    [{ upgradeType: 0 }],
    [{ upgradeType: 4 }],
    [{ upgradeType: -128 }],
    [{ feature: 'kraft.version' }],
    [{ feature: '' }],
  ])('%j is refused', async (asked) => {
    for (const version of [1, 2])
      expect(await update(version, asked)).toBe('INVALID_UPDATE_VERSION')
  })

  test('one that is refused refuses all', async () => {
    const featureUpdates = [
      { feature: 'metadata.version', maxVersionLevel: 1 },
      { feature: 'other', maxVersionLevel: 1 },
    ]
    const { errorCode, errorMessage, results } = await client.request(updateFeatures, 1, {
      featureUpdates,
    })
    expect(errorName(errorCode)).toBe('INVALID_UPDATE_VERSION')
    expect(errorMessage).toContain('feature other')
    expect(results.map((result) => errorName(result.errorCode))).toEqual([
      'INVALID_UPDATE_VERSION',
      'INVALID_UPDATE_VERSION',
    ])
    expect((await client.request(updateFeatures, 2, { featureUpdates: [] })).errorCode).toBe(0)
  })
})

describe('quotas of clients', () => {
  const describeQuotas = async (
    version: number,
    ...components: readonly (readonly [type: string, match: number, name: string | null])[]
  ) => {
    const answer = await client.request(describeClientQuotas, version, {
      components: components.map(([entityType, matchType, match]) => {
        return { entityType, matchType, match }
      }),
      strict: false,
    })
    const error = errorName(answer.errorCode)
    expect(answer.entries).toEqual(error === 'NONE' ? [] : null)
    return error
  }

  test.each(versionsOf(describeClientQuotas))('v%i: there are none', async (version) => {
    expect(await describeQuotas(version)).toBe('NONE')
    expect(await describeQuotas(version, ['user', 0, 'anna'], ['client-id', 2, null])).toBe('NONE')
    expect(await describeQuotas(version, ['ip', 1, null])).toBe('NONE')
  })

  test.each([
    ['INVALID_REQUEST', [['', 2, null]]],
    ['UNSUPPORTED_VERSION', [['group', 2, null]]],
    ['INVALID_REQUEST', [['user', 0, null]]],
    ['INVALID_REQUEST', [['user', 1, 'anna']]],
    ['INVALID_REQUEST', [['user', 2, 'anna']]],
    ['INVALID_REQUEST', [['user', 3, null]]],
    ['INVALID_REQUEST', [['user', -128, null]]],
    [
      'INVALID_REQUEST',
      [
        ['user', 2, null],
        ['user', 1, null],
      ],
    ],
    [
      'INVALID_REQUEST',
      [
        ['client-id', 2, null],
        ['ip', 2, null],
      ],
    ],
  ] as const)('%s for %j', async (error, components) => {
    expect(await describeQuotas(1, ...components)).toBe(error)
  })

  test.each(versionsOf(alterClientQuotas))(
    'v%i: setting is refused, entity by entity, removing changes nothing',
    async (version) => {
      const key = 'producer_byte_rate'
      const entity = [{ entityType: 'user', entityName: 'anna' }]
      const { entries } = await client.request(alterClientQuotas, version, {
        entries: [
          { entity, ops: [{ key, value: 1, remove: false }] },
          { entity, ops: [{ key, value: 0, remove: true }] },
          { entity: [{ entityType: 'client-id', entityName: null }], ops: [] },
        ],
        validateOnly: false,
      })
      expect(entries.map(({ errorCode }) => errorName(errorCode))).toEqual([
        'INVALID_REQUEST',
        'NONE',
        'NONE',
      ])
      expect(entries[0]).toMatchObject({
        entity,
        errorMessage: expect.stringContaining('not supported') as unknown,
      })
    },
  )
})

test('nobody has credentials', async () => {
  const ask = async (users: readonly { readonly name: string }[] | null) => {
    const { errorCode, results } = await client.request(describeUserScramCredentials, 0, { users })
    expect(errorCode).toBe(0)
    return results.map((result) => `${result.user} ${errorName(result.errorCode)}`)
  }
  expect(await ask(null)).toEqual([])
  expect(await ask([])).toEqual([])
  const anna = { name: 'anna' }
  expect(await ask([anna, anna])).toEqual(['anna RESOURCE_NOT_FOUND'])
})

describe('resources that have a configuration', () => {
  const list = async (version: number, resourceTypes: readonly number[]) => {
    const answer = await client.request(listConfigResources, version, { resourceTypes })
    const listed = answer.configResources.map(
      ({ resourceType, resourceName }) => `${resourceType} ${resourceName}`,
    )
    return [errorName(answer.errorCode), ...listed.sort()]
  }

  test('are named by kind', async () => {
    expect(await list(1, [2])).toEqual(['NONE', '2 orders', '2 payments'])
    expect(await list(1, [4, 4])).toEqual(['NONE', '4 1'])
    expect(await list(1, [8, 16, 32])).toEqual(['NONE', '8 1'])
    expect(await list(1, [])).toEqual(['NONE', '2 orders', '2 payments', '4 1', '8 1'])
    expect(await list(0, [])).toEqual(['NONE'])
  })

  test.each([0, 1, 3, 64, 127, -1, -128])('kind %i is not known', async (type) => {
    expect(await list(1, [2, type])).toEqual(['UNSUPPORTED_VERSION'])
  })
})

describe('producers and transactions', () => {
  const describe1 = async (name: string, ...partitionIndexes: readonly number[]) => {
    const { topics } = await client.request(describeProducers, 0, {
      topics: [{ name, partitionIndexes }],
    })
    return only(topics).partitions
  }

  test('producers are those whose batches are remembered', async () => {
    const batch = buildBatch({
      ...{ producerId: 7_000, producerEpoch: 3, baseSequence: 0 },
      records: [
        { value: new Uint8Array(1), timestampMs: 1_700_000_000_000 },
        { value: new Uint8Array(1), timestampMs: 1_700_000_000_005 },
      ],
    })
    await produceBatch(client, { topic: 'orders', partition: 1, batch })
    expect(await describe1('orders', 0, 1, 1)).toEqual([
      { partitionIndex: 0, errorCode: 0, errorMessage: null, activeProducers: [] },
      {
        ...{ partitionIndex: 1, errorCode: 0, errorMessage: null },
        activeProducers: [
          {
            ...{ producerId: 7_000, producerEpoch: 3, lastSequence: 1 },
            ...{ lastTimestamp: 1_700_000_000_005, coordinatorEpoch: -1 },
            currentTxnStartOffset: -1,
          },
        ],
      },
    ])
  })

  test.each([2, -1, 0x7fffffff])('partition %i is not there', async (index) => {
    expect(await describe1('orders', index)).toMatchObject([{ errorCode: 3, activeProducers: [] }])
    expect(await describe1('nowhere', 0)).toMatchObject([{ errorCode: 3 }])
  })

  test.each(versionsOf(listTransactions))('v%i: no transactions are listed', async (version) => {
    const answer = await client.request(listTransactions, version, {
      stateFilters: ['Ongoing', 'Unheard', 'ongoing'],
      producerIdFilters: [7_000],
    })
    expect(answer).toMatchObject({
      ...{ errorCode: 0, unknownStateFilters: ['Unheard', 'ongoing'], transactionStates: [] },
    })
  })

  test('no transaction has any id', async () => {
    const { transactionStates } = await client.request(describeTransactions, 0, {
      transactionalIds: ['mine', ''],
    })
    expect(transactionStates).toMatchObject([
      { transactionalId: 'mine', errorCode: 105 },
      { transactionalId: '', errorCode: 105 },
    ])
  })
})

describe('the one log directory', () => {
  test.each(versionsOf(alterReplicaLogDirs))(
    'v%i: replicas stay where they are',
    async (version) => {
      const move = async (path: string, topic: string, ...partitions: readonly number[]) => {
        const { results } = await client.request(alterReplicaLogDirs, version, {
          dirs: [{ path, topics: [{ name: topic, partitions }] }],
        })
        expect(only(results).topicName).toBe(topic)
        return only(results).partitions.map(({ errorCode }) => errorName(errorCode))
      }
      expect(await move(node.directory, 'orders', 0, 1)).toEqual(['NONE', 'NONE'])
      expect(await move('/somewhere/else', 'orders', 0)).toEqual(['LOG_DIR_NOT_FOUND'])
      expect(await move('', 'orders', 0)).toEqual(['LOG_DIR_NOT_FOUND'])
      const unknown = 'UNKNOWN_TOPIC_OR_PARTITION'
      expect(await move(node.directory, 'orders', -1, 2)).toEqual([unknown, unknown])
      expect(await move(node.directory, 'nowhere', 0)).toEqual([unknown])
    },
  )

  test('nothing is asked for, nothing is answered', async () => {
    const { results } = await client.request(alterReplicaLogDirs, 2, { dirs: [] })
    expect(results).toEqual([])
  })
})

test('a reassignment may be bound to keep the number of replicas', async () => {
  const reassign = async (version: number, allowReplicationFactorChange: boolean) => {
    const { responses } = await client.request(alterPartitionReassignments, version, {
      allowReplicationFactorChange,
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, replicas: [1, 2] }] }],
    })
    const { errorCode, errorMessage } = only(only(responses).partitions)
    return [errorName(errorCode), errorMessage]
  }
  // Broker 2 is not there: that is found first.
  const unknown = ['INVALID_REPLICA_ASSIGNMENT', 'broker 2 is not registered']
  expect(await reassign(1, false)).toEqual(unknown)
  expect(await reassign(1, true)).toEqual(unknown)
})
