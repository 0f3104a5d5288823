/** Arbitrary metadata records, each field over its whole range: what the codec must carry. */
import fc from 'fast-check'
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import { NO_LEADER, type MetadataRecord } from '../../../src/metadata/records.ts'

const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(uuidToString)
const topicId = uuid.map(asTopicId)
const nodeId = fc.nat().map(asNodeId)
const nodeIds = fc.uniqueArray(nodeId, { maxLength: 5 })
const offset = fc.maxSafeNat()
const epoch = fc.nat()
const text = fc.string({ unit: 'binary', maxLength: 20 })
const leader = fc.oneof(nodeId, fc.constant(NO_LEADER))
const kind = <Type extends MetadataRecord['type']>(type: Type) => fc.constant(type)

export const anyRecord: fc.Arbitrary<MetadataRecord> = fc.oneof(
  fc.record({ type: kind('ClusterId'), clusterId: uuid }),
  fc.record({ type: kind('FeatureLevel'), name: text, level: fc.nat() }),
  fc.record({
    type: kind('RegisterBroker'),
    nodeId,
    incarnationId: uuid,
    directoryId: uuid,
    brokerEpoch: offset,
    host: text,
    port: fc.nat(65_535),
    rack: fc.option(text),
    fenced: fc.boolean(),
    inControlledShutdown: fc.boolean(),
  }),
  fc.record({ type: kind('UnregisterBroker'), nodeId, brokerEpoch: offset }),
  fc.record(
    {
      type: kind('BrokerRegistrationChange'),
      nodeId,
      brokerEpoch: offset,
      fenced: fc.boolean(),
      inControlledShutdown: fc.boolean(),
    },
    { requiredKeys: ['type', 'nodeId', 'brokerEpoch'] },
  ),
  fc.record({ type: kind('Topic'), name: text, topicId }),
  fc.record({
    type: kind('Partition'),
    topicId,
    partition: fc.nat(),
    replicas: nodeIds,
    isr: nodeIds,
    elr: nodeIds,
    leader,
    leaderEpoch: epoch,
    partitionEpoch: epoch,
    addingReplicas: nodeIds,
    removingReplicas: nodeIds,
    lastKnownElr: nodeIds,
  }),
  fc.record(
    {
      type: kind('PartitionChange'),
      topicId,
      partition: fc.nat(),
      replicas: nodeIds,
      isr: nodeIds,
      elr: nodeIds,
      leader,
      addingReplicas: nodeIds,
      removingReplicas: nodeIds,
      lastKnownElr: nodeIds,
      mayLoseRecords: fc.constant(true as const),
    },
    { requiredKeys: ['type', 'topicId', 'partition'] },
  ),
  fc.record({ type: kind('RemoveTopic'), topicId }),
  fc.record({
    type: kind('Config'),
    resourceType: fc.constantFrom('topic', 'broker'),
    resourceName: text,
    key: text,
    value: fc.option(text),
  }),
  fc.record({ type: kind('ProducerIds'), nodeId, brokerEpoch: offset, nextProducerId: offset }),
  fc.record({
    type: kind('RegisterController'),
    nodeId,
    directoryId: uuid,
    incarnationId: uuid,
    host: text,
    port: fc.nat(65_535),
  }),
  fc.record({ type: kind('RequestKey'), key: text, digest: text, metadataOffset: offset }),
  fc.record({ type: kind('NoOp') }),
)
