/** What a topic's configuration demands of a batch that a client produces. Pure. */
import type { TopicConfig } from '../config/topic-options.ts'
import type { ProduceRules } from '../records/validate.ts'

/**
 * Largest uncompressed size of a batch that must be opened, as a multiple of `max.message.bytes`.
 */
const UNCOMPRESSED_BYTES_FACTOR = 100

export function produceRules(
  config: TopicConfig,
  { apiVersion, nowMs }: { readonly apiVersion: number; readonly nowMs: number },
): ProduceRules {
  return {
    apiVersion,
    nowMs,
    maxMessageBytes: config['max.message.bytes'],
    maxUncompressedBytes: config['max.message.bytes'] * UNCOMPRESSED_BYTES_FACTOR,
    timestampType: config['message.timestamp.type'],
    timestampBeforeMaxMs: config['message.timestamp.before.max.ms'],
    timestampAfterMaxMs: config['message.timestamp.after.max.ms'],
    compressionType: config['compression.type'],
    keysRequired: config['cleanup.policy'].includes('compact'),
  }
}
