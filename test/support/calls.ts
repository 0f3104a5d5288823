/**
 * The requests that tests make all the time, each with the defaults a client would use. They
 * return what the broker said and judge nothing, `createTopic` excepted.
 */
import assert from 'node:assert'
import { BatchCursor, CODECS } from '../../src/records/batch.ts'
import { loadCodec } from '../../src/records/compression/index.ts'
import { readRecords, type LogRecord } from '../../src/records/record.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../src/wire/apis/02-list-offsets.ts'
import { produce } from '../../src/wire/apis/00-produce.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../src/wire/apis/20-delete-topics.ts'
import { initProducerId } from '../../src/wire/apis/22-init-producer-id.ts'
import { describeConfigs } from '../../src/wire/apis/32-describe-configs.ts'
import { incrementalAlterConfigs } from '../../src/wire/apis/44-incremental-alter-configs.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { errors } from '../../src/wire/errors.ts'
import type { Client } from './client.ts'

// Tests build batches of every codec; some of them must be loaded first.
await Promise.all(CODECS.map((codec) => loadCodec(codec)))

/** Longer than any test runs: a wait that only its event may end. */
export const FOR_EVER_MS = 0x7fff_ffff

const TIMEOUT_MS = 30_000

export interface NewTopic {
  readonly partitions?: number
  readonly replicationFactor?: number
  readonly configs?: Readonly<{ [name: string]: string | number }>
}

/** Creates a topic; throws when the broker refuses. */
export async function createTopic(
  client: Client,
  name: string,
  { partitions = 1, replicationFactor = 1, configs = {} }: NewTopic = {},
): Promise<void> {
  const response = await client.request(createTopics, 5, {
    topics: [
      {
        name,
        numPartitions: partitions,
        replicationFactor,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({
          name: key,
          value: String(value),
        })),
      },
    ],
    timeoutMs: TIMEOUT_MS,
    validateOnly: false,
  })
  const [topic] = response.topics
  assert.equal(topic?.errorCode, 0, `creating ${name}: ${topic?.errorCode} ${topic?.errorMessage}`)
}

/** Deletes a topic by name; its error code. */
export async function deleteTopic(client: Client, name: string): Promise<number> {
  const { responses } = await client.request(deleteTopics, 4, {
    topicNames: [name],
    timeoutMs: TIMEOUT_MS,
  })
  return only(responses).errorCode
}

export interface Production {
  readonly topic: string
  readonly partition?: number
  readonly batch: Uint8Array | null
  readonly acks?: number
  readonly timeoutMs?: number
}

/** The body of a Produce request with one batch. */
export function produceBody({
  topic,
  partition = 0,
  batch,
  acks = -1,
  timeoutMs = TIMEOUT_MS,
}: Production) {
  return {
    transactionalId: null,
    acks,
    timeoutMs,
    topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
  }
}

/** Produces one batch; the partition's part of the response. */
export async function produceBatch(client: Client, production: Production, version = 9) {
  const response = await client.request(produce, version, produceBody(production))
  return only(only(response.responses).partitionResponses)
}

export interface Fetching {
  readonly topic: string
  readonly partition?: number
  readonly offset: number
  readonly maxWaitMs?: number
  readonly minBytes?: number
  readonly maxBytes?: number
  readonly partitionMaxBytes?: number
  readonly isolationLevel?: number
  readonly currentLeaderEpoch?: number
  readonly lastFetchedEpoch?: number
}

/** The body of a sessionless Fetch of one partition. */
export function fetchBody({
  topic,
  partition = 0,
  offset,
  maxWaitMs = 0,
  minBytes = 0,
  maxBytes = 50 << 20,
  partitionMaxBytes = maxBytes,
  isolationLevel = 0,
  currentLeaderEpoch = -1,
  lastFetchedEpoch = -1,
}: Fetching) {
  return {
    replicaId: -1,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        topic,
        partitions: [
          {
            partition,
            currentLeaderEpoch,
            fetchOffset: offset,
            lastFetchedEpoch,
            logStartOffset: -1,
            partitionMaxBytes,
          },
        ],
      },
    ],
    forgottenTopicsData: [],
    rackId: '',
  }
}

/** Fetches from one partition; its part of the response, with the bytes of its records. */
export async function fetchPartition(client: Client, fetching: Fetching, version = 12) {
  const response = await client.request(fetch, version, fetchBody(fetching))
  assert.equal(response.errorCode, 0, 'the whole of a fetch is refused')
  const partition = only(only(response.responses).partitions)
  return { ...partition, bytes: joined(partition.records) }
}

/** The bytes of a response's `records`. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
}

/** Each whole batch in `bytes`; throws when they do not end with one, or a CRC is wrong. */
export function* batchesIn(bytes: Uint8Array): Generator<BatchCursor> {
  for (let at = 0; at < bytes.byteLength;) {
    const batch = new BatchCursor(bytes, at)
    assert(batch.isWhole, 'a response ends with a whole batch')
    assert(batch.crcMatches(), `the CRC of the batch at offset ${batch.baseOffset} matches`)
    yield batch
    at += batch.sizeBytes
  }
}

const UNCOMPRESSED_MAX_BYTES = 256 << 20

/** Reads a partition from `from` to its high watermark, checking that offsets are dense. */
export async function readPartition(
  client: Client,
  { topic, partition = 0, from = 0 }: { topic: string; partition?: number; from?: number },
): Promise<LogRecord[]> {
  const records: LogRecord[] = []
  for (let offset = from; ;) {
    const fetched = await fetchPartition(client, { topic, partition, offset })
    assert.equal(fetched.errorCode, 0, `fetching ${topic}-${partition} at ${offset}`)
    if (fetched.bytes.byteLength === 0) {
      assert.equal(offset, Math.max(from, fetched.highWatermark), 'a fetch ends at the watermark')
      return records
    }
    for (const batch of batchesIn(fetched.bytes)) {
      for (const record of readRecords(batch, { maxBytes: UNCOMPRESSED_MAX_BYTES })) {
        if (record.offset < offset) continue
        assert.equal(record.offset, offset, 'offsets are dense')
        records.push(record)
        offset += 1
      }
    }
  }
}

/** What ListOffsets says of one partition for one timestamp (−1 latest, −2 earliest, …). */
export async function listOffset(
  client: Client,
  {
    topic,
    partition = 0,
    timestamp,
    currentLeaderEpoch = -1,
    isolationLevel = 0,
  }: {
    topic: string
    partition?: number
    timestamp: number
    currentLeaderEpoch?: number
    isolationLevel?: number
  },
  version = 8,
) {
  const response = await client.request(listOffsets, version, {
    replicaId: -1,
    isolationLevel,
    topics: [
      { name: topic, partitions: [{ partitionIndex: partition, currentLeaderEpoch, timestamp }] },
    ],
  })
  return only(only(response.topics).partitions)
}

/**
 * A producer id, as an idempotent producer asks for one: again, while the broker has no block of
 * them (it answers so when its own request to the controller came to nothing).
 */
export async function newProducerId(client: Client) {
  const request = { transactionalId: null, transactionTimeoutMs: 60_000 }
  const ask = () =>
    client.request(initProducerId, 4, { ...request, producerId: -1, producerEpoch: -1 })
  let response = await ask()
  while (response.errorCode === errors.COORDINATOR_LOAD_IN_PROGRESS) response = await ask()
  assert.equal(response.errorCode, 0, 'a producer id is given')
  return { producerId: response.producerId, producerEpoch: response.producerEpoch }
}

/** What Metadata says of one topic; it is created when the broker may. */
export async function topicMetadata(
  client: Client,
  name: string,
  { allowAutoTopicCreation = false, version = 9 } = {},
) {
  const { topics } = await client.request(metadata, version, {
    topics: [{ name }],
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  })
  return only(topics)
}

/** What DescribeConfigs says of one resource, with synonyms and documentation. */
export async function describeConfig(
  client: Client,
  resource: {
    readonly resourceType: number
    readonly resourceName: string
    readonly configurationKeys: readonly string[] | null
  },
  version = 4,
) {
  const { results } = await client.request(describeConfigs, version, {
    resources: [resource],
    includeSynonyms: true,
    includeDocumentation: true,
  })
  return only(results)
}

/** Changes options of one resource (0: set, 1: delete, 2: append, 3: subtract); the answers. */
export async function incrementallyAlter(
  client: Client,
  resource: { readonly resourceType: number; readonly resourceName: string },
  configs: readonly {
    readonly name: string
    readonly configOperation: number
    readonly value: string | null
  }[],
  { version = 1, validateOnly = false } = {},
) {
  const { responses } = await client.request(incrementalAlterConfigs, version, {
    resources: [{ ...resource, configs }],
    validateOnly,
  })
  return responses
}

/** The single item of a list that must have just one. */
export function only<Item>(items: readonly Item[]): Item {
  assert.equal(items.length, 1, 'exactly one is expected')
  return items[0] as Item
}

const utf8 = new TextDecoder()

/** Bytes as text; null stays null. */
export function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : utf8.decode(bytes)
}

/** Text as bytes. */
export const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value)
