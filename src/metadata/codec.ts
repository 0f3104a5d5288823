/**
 * Metadata records to bytes and back (proto/lograft/metadata/v1/records.proto). Strict both ways:
 * an unknown kind or a newer format stops the reader, because a record that is skipped is a cluster
 * that diverges. 64-bit fields come out as checked numbers (ADR 2).
 */
import protobuf from 'protobufjs/minimal.js'
import type { NodeId, TopicId } from '../base/ids.ts'
import { asNodeId, asTopicId } from '../base/ids.ts'
import { LograftError, asError } from '../base/errors.ts'
import { uuidToBytes, uuidToString } from '../bytes/uuid.ts'
import { lograft } from '../gen/lograft/metadata/v1/records.js'
import type { ConfigResourceType, MetadataRecord, PartitionChangeRecord } from './records.ts'
import { NO_LEADER } from './records.ts'

const proto = lograft.metadata.v1
type Stored = lograft.metadata.v1.IRecord

/** What this release writes; it reads this and everything older. */
const FORMAT_VERSION = 1

/**
 * `UNSUPPORTED_VERSION`: written by a newer release. `METADATA_CORRUPT`: not what we ever wrote,
 * although the checksum around it was right.
 */
export class MetadataFormatError extends LograftError<'UNSUPPORTED_VERSION' | 'METADATA_CORRUPT'> {
  override readonly name = 'MetadataFormatError'
}

/** Of a 64-bit number. */
const VARINT_BYTES_MAX = 10

/** Reads 64-bit fields as safe integers: the generated code types them as numbers. */
export class CheckedReader extends protobuf.Reader {
  #budget: number

  /** `budget` bounds tags and lengths: two bytes of either may become an object of a hundred. */
  constructor(bytes: Uint8Array, budget = Number.POSITIVE_INFINITY) {
    super(bytes)
    this.#budget = budget
  }

  override uint32(): number {
    this.#budget -= 1
    if (this.#budget < 0) throw new RangeError('more fields than such a message may have')
    const value = super.uint32()
    // Behind the end the base class reads zeros: a list that says it is longer would get them.
    if (this.pos > this.len) throw new RangeError('it ends in the middle of a number')
    return value
  }

  /**
   * `never`, as the base class promises a Long and the generated code a number. Without the Long: a
   * restart reads millions of these.
   */
  override uint64(): never {
    let value = 0
    let factor = 1
    for (let count = 0; count < VARINT_BYTES_MAX && this.pos < this.len; count += 1) {
      const byte = this.buf[this.pos] ?? 0
      this.pos += 1
      value += (byte & 0x7f) * factor
      if (byte < 0x80 && Number.isSafeInteger(value)) return value as never
      if (byte < 0x80) break
      factor *= 128
    }
    throw new RangeError('not a safe 64-bit integer')
  }

  /** Zigzag, so of half the range: an even number is positive. */
  override sint64(): never {
    const value: number = this.uint64()
    return (value % 2 === 0 ? value / 2 : -(value + 1) / 2) as never
  }
}

/** The bytes of a `RecordList`. */
export function encodeRecords(records: readonly MetadataRecord[]): Uint8Array {
  return proto.RecordList.encode({
    formatVersion: FORMAT_VERSION,
    records: records.map(toStored),
  }).finish()
}

/** The records of a `RecordList`; throws MetadataFormatError. */
export function decodeRecords(bytes: Uint8Array): readonly MetadataRecord[] {
  const list = decoding(() => proto.RecordList.decode(new CheckedReader(bytes)))
  if (list.formatVersion < 1 || list.formatVersion > FORMAT_VERSION)
    throw new MetadataFormatError(
      'UNSUPPORTED_VERSION',
      `metadata records of format ${list.formatVersion}; this release reads up to ${FORMAT_VERSION}`,
    )
  return decoding(() => list.records.map((record) => fromStored(record as Stored)))
}

/** Runs a decoding step; whatever it throws comes out as a MetadataFormatError. */
function decoding<Result>(step: () => Result): Result {
  try {
    return step()
  } catch (thrown) {
    if (thrown instanceof MetadataFormatError) throw thrown
    throw new MetadataFormatError('METADATA_CORRUPT', asError(thrown).message, { cause: thrown })
  }
}

const RESOURCE_NUMBERS = {
  topic: proto.ConfigResourceType.CONFIG_RESOURCE_TYPE_TOPIC,
  broker: proto.ConfigResourceType.CONFIG_RESOURCE_TYPE_BROKER,
} as const satisfies Record<ConfigResourceType, number>

function toStored(record: MetadataRecord): Stored {
  switch (record.type) {
    case 'ClusterId':
      return { clusterId: { clusterId: record.clusterId } }
    case 'FeatureLevel':
      return { featureLevel: { name: record.name, level: record.level } }
    case 'RegisterBroker':
      return {
        registerBroker: {
          ...record,
          incarnationId: uuidToBytes(record.incarnationId),
          directoryId: uuidToBytes(record.directoryId),
        },
      }
    case 'UnregisterBroker':
      return { unregisterBroker: record }
    case 'BrokerRegistrationChange':
      return { brokerRegistrationChange: record }
    case 'Topic':
      return { topic: { name: record.name, topicId: uuidToBytes(record.topicId) } }
    case 'Partition':
      return {
        partition: {
          ...record,
          topicId: uuidToBytes(record.topicId),
          replicas: [...record.replicas],
          isr: [...record.isr],
          elr: [...record.elr],
          addingReplicas: [...record.addingReplicas],
          removingReplicas: [...record.removingReplicas],
          lastKnownElr: [...record.lastKnownElr],
        },
      }
    case 'PartitionChange':
      return { partitionChange: toStoredChange(record) }
    case 'RemoveTopic':
      return { removeTopic: { topicId: uuidToBytes(record.topicId) } }
    case 'Config':
      return { config: { ...record, resourceType: RESOURCE_NUMBERS[record.resourceType] } }
    case 'ProducerIds':
      return { producerIds: record }
    case 'RegisterController':
      return {
        registerController: {
          ...record,
          directoryId: uuidToBytes(record.directoryId),
          incarnationId: uuidToBytes(record.incarnationId),
        },
      }
    case 'RequestKey':
      return { requestKey: record }
    case 'NoOp':
      return { noOp: {} }
  }
}

function toStoredChange(record: PartitionChangeRecord): lograft.metadata.v1.IPartitionChangeRecord {
  const list = (ids: readonly NodeId[] | undefined) => (ids === undefined ? ids : { ids: [...ids] })
  return {
    topicId: uuidToBytes(record.topicId),
    partition: record.partition,
    replicas: list(record.replicas),
    isr: list(record.isr),
    elr: list(record.elr),
    leader: record.leader,
    addingReplicas: list(record.addingReplicas),
    removingReplicas: list(record.removingReplicas),
    lastKnownElr: list(record.lastKnownElr),
    mayLoseRecords: record.mayLoseRecords,
  }
}

/** Narrows the type: a scalar that was not written has proto3's default, a sub-message has none. */
function need<Value>(value: Value | null | undefined, name: string): Value {
  if (value === null || value === undefined)
    throw new MetadataFormatError('METADATA_CORRUPT', `a record lacks its ${name}`)
  return value
}

const topicIdOf = (bytes: Uint8Array | undefined): TopicId => asTopicId(uuidOf(bytes))

function uuidOf(bytes: Uint8Array | undefined): string {
  if (bytes?.byteLength !== 16)
    throw new MetadataFormatError('METADATA_CORRUPT', 'a record holds a uuid that is not 16 bytes')
  return uuidToString(bytes)
}

const nodeIds = (ids: readonly number[] | undefined): readonly NodeId[] => (ids ?? []).map(asNodeId)

const leaderOf = (leader: number): NodeId | typeof NO_LEADER =>
  leader === NO_LEADER ? NO_LEADER : asNodeId(leader)

function fromStored(stored: Stored): MetadataRecord {
  return (
    fromStoredCluster(stored) ?? fromStoredTopic(stored) ?? fromStoredRest(stored) ?? unknownKind()
  )
}

function unknownKind(): never {
  throw new MetadataFormatError(
    'UNSUPPORTED_VERSION',
    'a metadata record of a kind that this release does not know; a newer one wrote it',
  )
}

function fromStoredCluster(stored: Stored): MetadataRecord | null {
  if (stored.clusterId)
    return { type: 'ClusterId', clusterId: need(stored.clusterId.clusterId, 'cluster id') }
  if (stored.featureLevel) {
    const { name, level } = stored.featureLevel
    return { type: 'FeatureLevel', name: need(name, 'name'), level: need(level, 'level') }
  }
  if (stored.registerBroker) {
    const broker = stored.registerBroker
    return {
      type: 'RegisterBroker',
      nodeId: asNodeId(need(broker.nodeId, 'node id')),
      incarnationId: uuidOf(broker.incarnationId),
      directoryId: uuidOf(broker.directoryId),
      brokerEpoch: need(broker.brokerEpoch, 'broker epoch'),
      host: need(broker.host, 'host'),
      port: need(broker.port, 'port'),
      rack: broker.rack ?? null,
      fenced: need(broker.fenced, 'fenced'),
      inControlledShutdown: need(broker.inControlledShutdown, 'in controlled shutdown'),
    }
  }
  if (stored.unregisterBroker) {
    const { nodeId, brokerEpoch } = stored.unregisterBroker
    return {
      type: 'UnregisterBroker',
      nodeId: asNodeId(need(nodeId, 'node id')),
      brokerEpoch: need(brokerEpoch, 'broker epoch'),
    }
  }
  if (!stored.brokerRegistrationChange) return null
  const change = stored.brokerRegistrationChange
  return {
    type: 'BrokerRegistrationChange',
    nodeId: asNodeId(need(change.nodeId, 'node id')),
    brokerEpoch: need(change.brokerEpoch, 'broker epoch'),
    ...given('fenced', change.fenced),
    ...given('inControlledShutdown', change.inControlledShutdown),
  }
}

function fromStoredTopic(stored: Stored): MetadataRecord | null {
  if (stored.topic)
    return {
      type: 'Topic',
      name: need(stored.topic.name, 'name'),
      topicId: topicIdOf(stored.topic.topicId),
    }
  if (stored.partition) {
    const { partition } = stored
    return {
      type: 'Partition',
      topicId: topicIdOf(partition.topicId),
      partition: need(partition.partition, 'partition'),
      replicas: nodeIds(partition.replicas),
      isr: nodeIds(partition.isr),
      elr: nodeIds(partition.elr),
      leader: leaderOf(need(partition.leader, 'leader')),
      leaderEpoch: need(partition.leaderEpoch, 'leader epoch'),
      partitionEpoch: need(partition.partitionEpoch, 'partition epoch'),
      addingReplicas: nodeIds(partition.addingReplicas),
      removingReplicas: nodeIds(partition.removingReplicas),
      lastKnownElr: nodeIds(partition.lastKnownElr),
    }
  }
  if (stored.removeTopic)
    return { type: 'RemoveTopic', topicId: topicIdOf(stored.removeTopic.topicId) }
  if (!stored.partitionChange) return null
  const change = stored.partitionChange
  const list = (ids: lograft.metadata.v1.INodeIds | null | undefined) =>
    ids ? nodeIds(ids.ids) : undefined
  return {
    type: 'PartitionChange',
    topicId: topicIdOf(change.topicId),
    partition: need(change.partition, 'partition'),
    ...given('replicas', list(change.replicas)),
    ...given('isr', list(change.isr)),
    ...given('elr', list(change.elr)),
    ...given('leader', typeof change.leader === 'number' ? leaderOf(change.leader) : null),
    ...given('addingReplicas', list(change.addingReplicas)),
    ...given('removingReplicas', list(change.removingReplicas)),
    ...given('lastKnownElr', list(change.lastKnownElr)),
    ...given('mayLoseRecords', change.mayLoseRecords ? (true as const) : null),
  }
}

function fromStoredRest(stored: Stored): MetadataRecord | null {
  if (stored.config) {
    const { resourceType, resourceName, key, value } = stored.config
    return {
      type: 'Config',
      resourceType: resourceTypeOf(resourceType),
      resourceName: need(resourceName, 'resource name'),
      key: need(key, 'key'),
      value: value ?? null,
    }
  }
  if (stored.producerIds) {
    const { nodeId, brokerEpoch, nextProducerId } = stored.producerIds
    return {
      type: 'ProducerIds',
      nodeId: asNodeId(need(nodeId, 'node id')),
      brokerEpoch: need(brokerEpoch, 'broker epoch'),
      nextProducerId: need(nextProducerId, 'next producer id'),
    }
  }
  if (stored.registerController) {
    const { nodeId, directoryId, incarnationId, host, port } = stored.registerController
    return {
      type: 'RegisterController',
      nodeId: asNodeId(need(nodeId, 'node id')),
      directoryId: uuidOf(directoryId),
      incarnationId: uuidOf(incarnationId),
      host: need(host, 'host'),
      port: need(port, 'port'),
    }
  }
  if (stored.requestKey) {
    const { key, digest, metadataOffset } = stored.requestKey
    return {
      type: 'RequestKey',
      key: need(key, 'key'),
      digest: need(digest, 'digest'),
      metadataOffset: need(metadataOffset, 'metadata offset'),
    }
  }
  return stored.noOp ? { type: 'NoOp' } : null
}

function resourceTypeOf(number: number | undefined): ConfigResourceType {
  if (number === RESOURCE_NUMBERS.topic) return 'topic'
  if (number === RESOURCE_NUMBERS.broker) return 'broker'
  throw new MetadataFormatError('METADATA_CORRUPT', `a config of resource type ${number}`)
}

/** An object with `name`, or an empty one: a change has no field for what stays as before. */
function given<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { readonly [key in Name]?: Value } {
  return value === null || value === undefined
    ? {}
    : ({ [name]: value } as { [key in Name]: Value })
}
