/**
 * How a log must be configured to hold metadata: it knows neither retention nor the cleaner, as only
 * a snapshot makes an entry superfluous (SAFETY S8), and it is flushed by whoever waits for it.
 */

/** The topic options a log reads, by Kafka's names, for `__cluster_metadata`. */
export function metadataLogConfig({ segmentBytes }: { readonly segmentBytes: number }) {
  return {
    'cleanup.policy': [],
    'retention.bytes': Infinity,
    'retention.ms': Infinity,
    'segment.bytes': segmentBytes,
    'segment.ms': Infinity,
    'segment.jitter.ms': 0,
    'segment.index.bytes': 1024 * 1024,
    'index.interval.bytes': 4096,
    'file.delete.delay.ms': 60_000,
    'flush.messages': Infinity,
    'flush.ms': Infinity,
  } as const
}
