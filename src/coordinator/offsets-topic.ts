/**
 * `__consumer_offsets`: what it is created as, and which of its partitions a group belongs to. Both
 * are Kafka's, so that its tools find what they look for.
 */
import type { NodeConfig } from '../config/node-options.ts'
import type { WantedTopic } from './ports.ts'

export const OFFSETS_TOPIC = '__consumer_offsets'

/** Java's `String.hashCode`, made positive as Kafka does. */
export function partitionForGroup(groupId: string, partitionCount: number): number {
  let hash = 0
  for (let index = 0; index < groupId.length; index += 1)
    hash = (Math.imul(31, hash) + groupId.charCodeAt(index)) | 0
  return (hash === -0x8000_0000 ? 0 : Math.abs(hash)) % partitionCount
}

/**
 * It is compacted, its batches are not compressed, and what it acknowledges is fsynced: a committed
 * offset outlives a power cut, whatever the topics that are read do.
 */
export function offsetsTopic(config: NodeConfig, brokerCount: number): WantedTopic {
  return {
    name: OFFSETS_TOPIC,
    partitions: config['offsets.topic.num.partitions'],
    replicationFactor: Math.min(config['offsets.topic.replication.factor'], brokerCount),
    configs: new Map([
      ['cleanup.policy', 'compact'],
      ['compression.type', 'uncompressed'],
      ['flush.messages', '1'],
      ['segment.bytes', `${config['offsets.topic.segment.bytes']}`],
    ]),
  }
}
