/**
 * The requests a load consists of, as frames ready to send, each with the check of its answer.
 */
import { LograftError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import { buildBatch } from '../../records/builder.ts'
import type { Api, OutgoingRequest } from '../../wire/api.ts'
import { fetch } from '../../wire/apis/01-fetch.ts'
import { metadata } from '../../wire/apis/03-metadata.ts'
import { produce } from '../../wire/apis/00-produce.ts'
import { apiVersions } from '../../wire/apis/18-api-versions.ts'
import { errorMessage, errorName, errors } from '../../wire/errors.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { readResponse, requestFrame } from '../../wire/message.ts'
import type { RequestSource } from './request-sender.ts'

const CLIENT_ID = 'lograft-bench'
const PRODUCE_VERSION = 9
const FETCH_VERSION = 12
const METADATA_VERSION = 9
const API_VERSIONS_VERSION = 3
const REQUEST_TIMEOUT_MS = 30_000

export type Acks = -1 | 0 | 1

export interface Place {
  readonly address: HostPort
  readonly topic: string
  readonly partition: number
}

/** A batch of records of `recordBytes` each, as many as fit into `batchBytes`, at least one. */
export function batchOf(recordBytes: number, batchBytes: number): Uint8Array {
  const value = incompressible(recordBytes)
  const count = Math.max(1, Math.floor(batchBytes / recordBytes))
  const timestampMs = 1_700_000_000_000
  return buildBatch({ records: Array.from({ length: count }, () => ({ value, timestampMs })) })
}

/** Bytes that look random and are the same in every run. */
function incompressible(count: number): Uint8Array {
  const bytes = new Uint8Array(count)
  let state = 0x2545_f491
  for (let at = 0; at < count; at += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[at] = state
  }
  return bytes
}

/** Produces `batch` to one partition. */
export function produceSource(place: Place, batch: Uint8Array, acks: Acks): RequestSource {
  const { address, topic } = place
  const check = produceCheck(topic)
  const source = { address, check, payloadBytes: batch.byteLength }
  const frame = produceFrame(place, batch, acks)
  if (acks !== 0) return { ...source, frame }
  return { ...source, frame, barrier: produceFrame(place, batch, 1) }
}

function produceFrame({ topic, partition }: Place, batch: Uint8Array, acks: Acks): Uint8Array {
  return frameOf(produce, PRODUCE_VERSION, {
    transactionalId: null,
    acks,
    timeoutMs: REQUEST_TIMEOUT_MS,
    topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
  })
}

/**
 * Looks at the two bytes of the error code where they are in an answer for one partition, and
 * decodes the answer only when they are not 0. Every connection's first answer is decoded anyway.
 */
function produceCheck(topic: string): (response: Uint8Array) => void {
  // Correlation id, tags, topics, the name and its length, partitions, index.
  const nameBytes = Buffer.byteLength(topic)
  const errorAt = 4 + 1 + 1 + uvarintBytes(nameBytes + 1) + nameBytes + 1 + 4
  let seen = false
  return (response) => {
    if (seen && response[errorAt] === 0 && response[errorAt + 1] === 0) return
    seen = true
    const decoded = readResponse(produce, PRODUCE_VERSION, response).response
    for (const { partitionResponses } of decoded.responses)
      for (const { errorCode, errorMessage: why } of partitionResponses)
        refuse(errorCode, `producing to ${topic}`, why)
  }
}

const uvarintBytes = (value: number) => (value < 0x80 ? 1 : 2)

export interface FetchRequest extends Place {
  readonly offset: number
  readonly maxBytes: number
  readonly maxWaitMs: number
  readonly minBytes: number
}

/** One fetch from one partition. */
export function fetchFrame(request: FetchRequest): Uint8Array {
  const { topic, partition, offset, maxBytes, maxWaitMs, minBytes } = request
  return frameOf(fetch, FETCH_VERSION, {
    replicaId: -1,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      { topic, partitions: [{ partition, fetchOffset: offset, partitionMaxBytes: maxBytes }] },
    ],
    forgottenTopicsData: [],
    rackId: '',
  })
}

/** What a fetch brought: pieces of record batches, lent as the response is. */
export function fetchedFrom(response: Uint8Array, what: string): readonly Uint8Array[] {
  const { response: decoded } = readResponse(fetch, FETCH_VERSION, response)
  refuse(decoded.errorCode, what)
  const partition = decoded.responses[0]?.partitions[0]
  if (!partition) throw new LograftError('BAD_RESPONSE', `${what}: the answer names no partition`)
  refuse(partition.errorCode, what)
  return partition.records
}

/** Asks which versions the broker serves: the smallest request there is. */
export function apiVersionsSource(address: HostPort): RequestSource {
  const frame = frameOf(apiVersions, API_VERSIONS_VERSION, {
    clientSoftwareName: CLIENT_ID,
    clientSoftwareVersion: '1',
  })
  return { address, frame, payloadBytes: 0, check: () => undefined }
}

/** Asks for the metadata of one topic. */
export function metadataSource(address: HostPort, topic: string): RequestSource {
  const frame = frameOf(metadata, METADATA_VERSION, {
    topics: [{ name: topic }],
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  })
  return { address, frame, payloadBytes: 0, check: () => undefined }
}

/** A whole request in one piece; its correlation id is the sender's business. */
function frameOf<A extends Api>(api: A, version: number, request: OutgoingRequest<A>) {
  const header = { correlationId: 0, clientId: CLIENT_ID }
  return new Uint8Array(Buffer.concat(requestFrame(api, version, header, request)))
}

/** Throws for any error code but NONE. */
function refuse(errorCode: ErrorCode, what: string, reason?: string | null): void {
  if (errorCode === errors.NONE) return
  const name = errorName(errorCode)
  throw new LograftError(name, `${what}: ${name}: ${reason ?? errorMessage(errorCode)}`)
}
