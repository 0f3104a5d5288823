/** Small images to begin from, made of records like any other. */
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import type {
  MetadataRecord,
  PartitionRecord,
  RegisterBrokerRecord,
} from '../../../src/metadata/records.ts'

/** The `number`th of a row of ids. */
export function uuid(number: number): string {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(12, number)
  return uuidToString(bytes)
}

export const topicId = (number: number) => asTopicId(uuid(number))
export const nodeIds = (...ids: number[]) => ids.map(asNodeId)

export function broker(
  nodeId: number,
  changes: Partial<RegisterBrokerRecord> = {},
): RegisterBrokerRecord {
  return {
    type: 'RegisterBroker',
    nodeId: asNodeId(nodeId),
    incarnationId: uuid(1_000 + nodeId),
    directoryId: uuid(2_000 + nodeId),
    brokerEpoch: nodeId,
    host: 'localhost',
    port: 9092,
    rack: null,
    fenced: false,
    inControlledShutdown: false,
    ...changes,
  }
}

/** Led by its first replica, everybody in sync. */
export function partition(
  topic: number,
  index: number,
  replicas: readonly number[],
  changes: Partial<PartitionRecord> = {},
): PartitionRecord {
  return {
    type: 'Partition',
    topicId: topicId(topic),
    partition: index,
    replicas: nodeIds(...replicas),
    isr: nodeIds(...replicas),
    elr: [],
    leader: asNodeId(replicas[0] ?? -1),
    leaderEpoch: 0,
    partitionEpoch: 0,
    addingReplicas: [],
    removingReplicas: [],
    lastKnownElr: [],
    ...changes,
  }
}

export const topic = (number: number, name = `t${number}`): MetadataRecord => ({
  type: 'Topic',
  name,
  topicId: topicId(number),
})

export const config = (
  resourceName: string,
  key: string,
  value: string | null,
): MetadataRecord => ({
  type: 'Config',
  resourceType: resourceName === '' ? 'broker' : 'topic',
  resourceName,
  key,
  value,
})

/** `image` after one more entry. */
export function after(image: MetadataImage, ...records: MetadataRecord[]): MetadataImage {
  return applyEntry(image, { offset: image.metadataOffset + 1, epoch: 1, records })
}

export const imageWith = (...records: MetadataRecord[]) => after(EMPTY_IMAGE, ...records)
