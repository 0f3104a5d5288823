/** The bare loop's answers, encoded once; only the correlation id is put in for each request. */
import { apisByKey } from '../src/wire/registry.ts'
import { produce } from '../src/wire/apis/00-produce.ts'
import { metadata } from '../src/wire/apis/03-metadata.ts'
import { apiVersions } from '../src/wire/apis/18-api-versions.ts'
import { responseFrame } from '../src/wire/message.ts'
import type { ProducePlace } from './produce-frame.ts'

const CORRELATION_AT = 4
const byTopic = new Map<string, Uint8Array>()
const byKey = new Map<number, Uint8Array>()

export function produceAnswer({ topic, partition, correlationId }: ProducePlace): Uint8Array {
  const id = `${topic}/${partition}`
  const template = byTopic.get(id) ?? encodeProduce(topic, partition)
  byTopic.set(id, template)
  return withCorrelation(template, correlationId)
}

/** The answer to ApiVersions or Metadata, the same whatever was asked. */
export function fixedAnswer(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset)
  const key = view.getInt16(4)
  const template = byKey.get(key) ?? (key === metadata.key ? encodeMetadata() : encodeVersions())
  byKey.set(key, template)
  return withCorrelation(template, view.getInt32(8))
}

function withCorrelation(template: Uint8Array, correlationId: number): Uint8Array {
  const answer = Buffer.from(template)
  answer.writeInt32BE(correlationId, CORRELATION_AT)
  return answer
}

function encodeProduce(name: string, index: number): Uint8Array {
  const partitionResponses = [{ index, errorCode: 0, baseOffset: 0 }]
  return Buffer.concat(responseFrame(produce, 9, 0, { responses: [{ name, partitionResponses }] }))
}

function encodeVersions(): Uint8Array {
  const apiKeys = [...apisByKey.values()].map(({ key, versions: [minVersion, maxVersion] }) => ({
    apiKey: key,
    minVersion,
    maxVersion,
  }))
  return Buffer.concat(responseFrame(apiVersions, 3, 0, { errorCode: 0, apiKeys }))
}

function encodeMetadata(): Uint8Array {
  const partitions = [
    { errorCode: 0, partitionIndex: 0, leaderId: 1, replicaNodes: [1], isrNodes: [1] },
  ].map((partition) => ({ ...partition, offlineReplicas: [] }))
  const response = {
    brokers: [{ nodeId: 1, host: '127.0.0.1', port: 9092, rack: null }],
    clusterId: 'bare-loop-bare-loop-ba',
    controllerId: 1,
    topics: [{ errorCode: 0, name: 'requests', isInternal: false, partitions }],
  }
  return Buffer.concat(responseFrame(metadata, 9, 0, response))
}
