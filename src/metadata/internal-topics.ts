/**
 * The topics that are the cluster's own: where Kafka keeps committed offsets and transactions. What
 * a client had put there, or taken away, could not be trusted later.
 */
const INTERNAL_TOPICS = new Set(['__consumer_offsets', '__transaction_state'])

export function isInternalTopic(name: string): boolean {
  return INTERNAL_TOPICS.has(name)
}
