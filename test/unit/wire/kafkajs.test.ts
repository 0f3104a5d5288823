/**
 * Goal: the versions that are not flexible agree with a client that has spoken them to real brokers
 * for years.
 * Method: kafkajs' own protocol code is the second codec. Its request bytes must decode to what it
 * was asked to send and be what we encode for it; the response bytes we encode must read, in its
 * decoder, as what we meant.
 */
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import type { Api, OutgoingRequest, ResponseOf } from '../../../src/wire/api.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import { fetch } from '../../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../../src/wire/apis/02-list-offsets.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { findCoordinator } from '../../../src/wire/apis/10-find-coordinator.ts'
import { apiVersions } from '../../../src/wire/apis/18-api-versions.ts'
import { createTopics } from '../../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../../src/wire/apis/20-delete-topics.ts'
import { initProducerId } from '../../../src/wire/apis/22-init-producer-id.ts'
import { encodeRequestHeader } from '../../../src/wire/header.ts'
import { requestFrame } from '../../../src/wire/message.ts'

interface KafkajsRequest {
  readonly apiKey: number
  readonly apiVersion: number
  encode(): Promise<{ readonly buffer: Buffer }>
}

const require = createRequire(import.meta.url)

/** What kafkajs exports for an API and version; its types are not published. */
function kafkajs(folder: string, version: number) {
  const path = `kafkajs/src/protocol/requests/${folder}/v${version}`
  return {
    request: require(`${path}/request`) as (options: object) => KafkajsRequest,
    response: require(`${path}/response`) as { decode(bytes: Buffer): Promise<unknown> },
  }
}

const frameOf = require('kafkajs/src/protocol/request') as (options: {
  correlationId: number
  clientId: string | null
  request: KafkajsRequest
}) => Promise<{ readonly buffer: Buffer }>

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

async function sameRequest<A extends Api>(
  api: A,
  { folder, version, theirs }: { folder: string; version: number; theirs: object },
  ours: OutgoingRequest<A>,
): Promise<void> {
  const request = kafkajs(folder, version).request(theirs)
  expect(request).toMatchObject({ apiKey: api.key, apiVersion: version })
  const bytes = (await request.encode()).buffer
  const writer = new Writer()
  api.encodeRequest(version, ours, writer)
  expect(Buffer.from(writer.finish()).toString('hex')).toBe(bytes.toString('hex'))
  expect(api.decodeRequest(version, new Reader(Uint8Array.from(bytes)))).toMatchObject(
    ours as object,
  )
}

async function sameResponse<A extends Api>(
  api: A,
  { folder, version }: { folder: string; version: number },
  ours: ResponseOf<A>,
  theirs: object,
): Promise<void> {
  const writer = new Writer()
  api.encodeResponse(version, ours, writer)
  const decoded = await kafkajs(folder, version).response.decode(Buffer.from(writer.finish()))
  // From some version on kafkajs calls the broker's throttle time "client side" (KIP-219).
  expect(decoded).toMatchObject(theirs)
}

const since = (version: number, from: number, fields: object) => (version >= from ? fields : {})

describe.each(range(3, 7))('Produce v%i', (version) => {
  const at = { folder: 'produce', version }

  it('request', async () => {
    const theirs = {
      acks: -1,
      timeout: 30_000,
      transactionalId: 'tx',
      topicData: [
        { topic: 'orders', partitions: [{ partition: 3, firstSequence: 0, messages: [message] }] },
      ],
    }
    // The batch inside is opaque here, so it is taken from what kafkajs made.
    const bytes = (await kafkajs('produce', version).request(theirs).encode()).buffer
    const batch = Uint8Array.from(bytes.subarray(bytes.byteLength - BATCH_BYTES))
    await sameRequest(
      produce,
      { ...at, theirs },
      {
        transactionalId: 'tx',
        acks: -1,
        timeoutMs: 30_000,
        topicData: [{ name: 'orders', partitionData: [{ index: 3, records: batch }] }],
      },
    )
  })

  it('response', async () => {
    await sameResponse(
      produce,
      at,
      {
        responses: [
          {
            name: 'orders',
            partitionResponses: [
              {
                index: 3,
                errorCode: 0,
                baseOffset: 2 ** 33,
                logAppendTimeMs: 4,
                logStartOffset: 5,
              },
              { index: 4, errorCode: 6, baseOffset: -1 },
            ],
          },
        ],
        throttleTimeMs: 9,
      },
      {
        topics: [
          {
            topicName: 'orders',
            partitions: [
              {
                partition: 3,
                errorCode: 0,
                baseOffset: '8589934592',
                logAppendTime: '4',
                ...since(version, 5, { logStartOffset: '5' }),
              },
              { partition: 4, errorCode: 6, baseOffset: '-1', logAppendTime: '-1' },
            ],
          },
        ],
        ...(version >= 6 ? { clientSideThrottleTime: 9 } : { throttleTime: 9 }),
      },
    )
  })
})

/** One record whose batch has a fixed size: 61 bytes of header and 9 of record. */
const message = { key: Buffer.from('k'), value: Buffer.from('v'), timestamp: 1_700_000_000_000 }
const BATCH_BYTES = 61 + 9

describe.each(range(4, 11))('Fetch v%i', (version) => {
  const at = { folder: 'fetch', version }

  it('request', async () => {
    const partition = { partition: 3, currentLeaderEpoch: 7, fetchOffset: 2 ** 33 }
    await sameRequest(
      fetch,
      {
        ...at,
        theirs: {
          replicaId: -1,
          maxWaitTime: 500,
          minBytes: 1,
          maxBytes: 4096,
          isolationLevel: 1,
          sessionId: 77,
          sessionEpoch: 2,
          topics: [
            { topic: 'orders', partitions: [{ ...partition, logStartOffset: 6, maxBytes: 1024 }] },
          ],
          forgottenTopics: [{ topic: 'old', partitions: [1, 2] }],
          rackId: 'rack-a',
        },
      },
      {
        replicaId: -1,
        maxWaitMs: 500,
        minBytes: 1,
        maxBytes: 4096,
        isolationLevel: 1,
        ...since(version, 7, { sessionId: 77, sessionEpoch: 2 }),
        topics: [
          {
            topic: 'orders',
            partitions: [
              {
                partition: 3,
                ...since(version, 9, { currentLeaderEpoch: 7 }),
                fetchOffset: 2 ** 33,
                ...since(version, 5, { logStartOffset: 6 }),
                partitionMaxBytes: 1024,
              },
            ],
          },
        ],
        ...since(version, 7, { forgottenTopicsData: [{ topic: 'old', partitions: [1, 2] }] }),
        ...since(version, 11, { rackId: 'rack-a' }),
      },
    )
  })

  it('response', async () => {
    const abortedTransactions = [{ producerId: 8, firstOffset: 9 }]
    const partition = { errorCode: 0, highWatermark: 2 ** 33, lastStableOffset: 5 }
    await sameResponse(
      fetch,
      at,
      {
        throttleTimeMs: 9,
        sessionId: 77,
        responses: [
          {
            topic: 'orders',
            partitions: [
              { partitionIndex: 3, ...partition, logStartOffset: 4, abortedTransactions },
              { partitionIndex: 4, ...partition, errorCode: 1, preferredReadReplica: 2 },
            ],
          },
        ],
      },
      {
        [version >= 8 ? 'clientSideThrottleTime' : 'throttleTime']: 9,
        ...since(version, 7, { errorCode: 0, sessionId: 77 }),
        responses: [
          {
            topicName: 'orders',
            partitions: [
              {
                partition: 3,
                errorCode: 0,
                highWatermark: '8589934592',
                lastStableOffset: '5',
                ...since(version, 5, { lastStartOffset: '4' }),
                abortedTransactions: [{ producerId: '8', firstOffset: '9' }],
                messages: [],
              },
              {
                partition: 4,
                errorCode: 1,
                ...since(version, 11, { preferredReadReplica: 2 }),
                messages: [],
              },
            ],
          },
        ],
      },
    )
  })
})

describe.each(range(1, 3))('ListOffsets v%i', (version) => {
  const at = { folder: 'listOffsets', version }

  it('request', async () => {
    await sameRequest(
      listOffsets,
      {
        ...at,
        theirs: {
          replicaId: -1,
          isolationLevel: 1,
          topics: [{ topic: 'orders', partitions: [{ partition: 3, timestamp: 1.7e12 }] }],
        },
      },
      {
        replicaId: -1,
        ...since(version, 2, { isolationLevel: 1 }),
        topics: [{ name: 'orders', partitions: [{ partitionIndex: 3, timestamp: 1.7e12 }] }],
      },
    )
  })

  it('response', async () => {
    const partition = { errorCode: 0, timestamp: 1.7e12, offset: 2 ** 33 }
    await sameResponse(
      listOffsets,
      at,
      {
        throttleTimeMs: 9,
        topics: [{ name: 'orders', partitions: [{ partitionIndex: 3, ...partition }] }],
      },
      {
        ...since(version, 2, { [version >= 3 ? 'clientSideThrottleTime' : 'throttleTime']: 9 }),
        responses: [
          {
            topic: 'orders',
            partitions: [
              { partition: 3, errorCode: 0, timestamp: '1700000000000', offset: '8589934592' },
            ],
          },
        ],
      },
    )
  })
})

describe.each(range(0, 6))('Metadata v%i', (version) => {
  const at = { folder: 'metadata', version }

  it('request', async () => {
    await sameRequest(
      metadata,
      { ...at, theirs: { topics: ['orders', 'zahlen-ä'], allowAutoTopicCreation: false } },
      {
        topics: [{ name: 'orders' }, { name: 'zahlen-ä' }],
        ...since(version, 4, { allowAutoTopicCreation: false }),
      },
    )
    // kafkajs knows no empty list: it means all of them.
    await sameRequest(
      metadata,
      { ...at, theirs: { topics: [], allowAutoTopicCreation: true } },
      { topics: version === 0 ? [] : null },
    )
  })

  it('response', async () => {
    const throttle = version >= 6 ? 'clientSideThrottleTime' : 'throttleTime'
    await sameResponse(
      metadata,
      at,
      {
        throttleTimeMs: 9,
        brokers: [
          { nodeId: 1, host: 'localhost', port: 9092, rack: 'a' },
          { nodeId: 2, host: '::1', port: 19_092 },
        ],
        clusterId: 'c',
        controllerId: 2,
        topics: [
          {
            errorCode: 0,
            name: 'orders',
            isInternal: true,
            partitions: [
              {
                errorCode: 9,
                partitionIndex: 3,
                leaderId: 1,
                replicaNodes: [1, 2],
                isrNodes: [1],
                offlineReplicas: [2],
              },
            ],
          },
        ],
      },
      {
        ...since(version, 3, { [throttle]: 9 }),
        brokers: [
          { nodeId: 1, host: 'localhost', port: 9092, ...since(version, 1, { rack: 'a' }) },
          { nodeId: 2, host: '::1', port: 19_092, ...since(version, 1, { rack: null }) },
        ],
        ...since(version, 2, { clusterId: 'c' }),
        ...since(version, 1, { controllerId: 2 }),
        topicMetadata: [
          {
            topicErrorCode: 0,
            topic: 'orders',
            ...since(version, 1, { isInternal: true }),
            partitionMetadata: [
              {
                partitionErrorCode: 9,
                partitionId: 3,
                leader: 1,
                replicas: [1, 2],
                isr: [1],
                ...since(version, 5, { offlineReplicas: [2] }),
              },
            ],
          },
        ],
      },
    )
  })
})

describe.each(range(0, 2))('FindCoordinator v%i', (version) => {
  const at = { folder: 'findCoordinator', version }

  it('request', async () => {
    const theirs = { groupId: 'g', coordinatorKey: 'g', coordinatorType: 1 }
    await sameRequest(
      findCoordinator,
      { ...at, theirs },
      { key: 'g', ...since(version, 1, { keyType: 1 }) },
    )
  })

  it('response', async () => {
    await sameResponse(
      findCoordinator,
      at,
      { throttleTimeMs: 9, errorCode: 15, errorMessage: 'none', nodeId: 1, host: 'h', port: 9092 },
      {
        ...since(version, 1, { [version >= 2 ? 'clientSideThrottleTime' : 'throttleTime']: 9 }),
        errorCode: 15,
        ...since(version, 1, { errorMessage: 'none' }),
        coordinator: { nodeId: 1, host: 'h', port: 9092 },
      },
    )
  })
})

describe.each(range(0, 2))('ApiVersions v%i', (version) => {
  const at = { folder: 'apiVersions', version }

  it('request', async () => {
    await sameRequest(apiVersions, { ...at, theirs: {} }, {})
  })

  it('response', async () => {
    const apiKeys = [
      { apiKey: 0, minVersion: 0, maxVersion: 11 },
      { apiKey: 18, minVersion: 0, maxVersion: 4 },
    ]
    await sameResponse(
      apiVersions,
      at,
      { errorCode: 0, apiKeys, throttleTimeMs: 9 },
      {
        errorCode: 0,
        apiVersions: apiKeys,
        ...since(version, 1, { [version >= 2 ? 'clientSideThrottleTime' : 'throttleTime']: 9 }),
      },
    )
  })
})

describe.each(range(2, 3))('CreateTopics v%i', (version) => {
  const at = { folder: 'createTopics', version }

  it('request', async () => {
    await sameRequest(
      createTopics,
      {
        ...at,
        theirs: {
          validateOnly: true,
          timeout: 5000,
          topics: [
            {
              topic: 'orders',
              numPartitions: 6,
              replicationFactor: 3,
              replicaAssignment: [{ partition: 0, replicas: [1, 2] }],
              configEntries: [{ name: 'retention.ms', value: null }],
            },
            { topic: 'x' },
          ],
        },
      },
      {
        topics: [
          {
            name: 'orders',
            numPartitions: 6,
            replicationFactor: 3,
            assignments: [{ partitionIndex: 0, brokerIds: [1, 2] }],
            configs: [{ name: 'retention.ms', value: null }],
          },
          { name: 'x', numPartitions: -1, replicationFactor: -1 },
        ],
        timeoutMs: 5000,
        validateOnly: true,
      },
    )
  })

  it('response', async () => {
    await sameResponse(
      createTopics,
      at,
      { throttleTimeMs: 9, topics: [{ name: 'x', errorCode: 17, errorMessage: 'no' }] },
      {
        [version >= 3 ? 'clientSideThrottleTime' : 'throttleTime']: 9,
        topicErrors: [{ topic: 'x', errorCode: 17, errorMessage: 'no' }],
      },
    )
  })
})

describe('DeleteTopics v1', () => {
  const at = { folder: 'deleteTopics', version: 1 }

  it('request', async () => {
    await sameRequest(
      deleteTopics,
      { ...at, theirs: { topics: ['orders', 'x'], timeout: 5000 } },
      { topicNames: ['orders', 'x'], timeoutMs: 5000 },
    )
  })

  it('response', async () => {
    await sameResponse(
      deleteTopics,
      at,
      { throttleTimeMs: 9, responses: [{ name: 'x', errorCode: 3 }] },
      { clientSideThrottleTime: 9, topicErrors: [{ topic: 'x', errorCode: 3 }] },
    )
  })
})

describe.each(range(0, 1))('InitProducerId v%i', (version) => {
  const at = { folder: 'initProducerId', version }

  it('request', async () => {
    await sameRequest(
      initProducerId,
      { ...at, theirs: { transactionalId: null, transactionTimeout: 60_000 } },
      { transactionalId: null, transactionTimeoutMs: 60_000 },
    )
  })

  it('response', async () => {
    await sameResponse(
      initProducerId,
      at,
      { throttleTimeMs: 9, errorCode: 0, producerId: 2 ** 33, producerEpoch: 4 },
      {
        [version >= 1 ? 'clientSideThrottleTime' : 'throttleTime']: 9,
        errorCode: 0,
        producerId: '8589934592',
        producerEpoch: 4,
      },
    )
  })
})

it.each(['client', null])('a whole frame with client id %j', async (clientId) => {
  const { request } = kafkajs('metadata', 6)
  const theirs = request({ topics: ['orders'], allowAutoTopicCreation: true })
  const frame = (await frameOf({ correlationId: 77, clientId, request: theirs })).buffer
  const ours = requestFrame(
    metadata,
    6,
    { correlationId: 77, clientId },
    {
      topics: [{ name: 'orders' }],
    },
  )
  expect(Buffer.concat(ours).toString('hex')).toBe(frame.toString('hex'))
  const writer = new Writer()
  encodeRequestHeader(metadata, 6, { correlationId: 77, clientId }, writer)
  expect(frame.subarray(4, 4 + writer.offset)).toEqual(Buffer.from(writer.finish()))
})
