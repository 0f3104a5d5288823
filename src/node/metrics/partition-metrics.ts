/**
 * Measures of the partitions on this broker: how they are replicated, and what goes in and out.
 * Counts are of all of them, series of so many as a page may have.
 */
import type { Collector, Put } from '../../metrics/collection.ts'
import { bounded } from '../../metrics/series.ts'
import { effectiveMinInsyncReplicas } from '../../replication/acks-all.ts'
import type { Partition } from '../../replication/partition.ts'
import type { ReplicaManager } from '../../replication/replica-manager.ts'

export function partitionMetrics(replicas: () => ReplicaManager | null): Collector {
  return (put) => {
    const manager = replicas()
    if (manager === null) return
    putCounts(put, manager)
    putTraffic(put, manager)
    const [shown, left] = bounded('partitions', manager.partitions())
    put('lograft_series_left_out', left, 'partitions')
    for (const partition of shown) putPartition(put, partition)
  }
}

function putCounts(put: Put, manager: ReplicaManager): void {
  const counts = { hosted: 0, led: 0, underReplicated: 0, underMinIsr: 0, atMinIsr: 0 }
  for (const { leading, config } of manager.partitions()) {
    counts.hosted += 1
    if (leading === null) continue
    counts.led += 1
    const { isr, replicationFactor: replicaCount } = leading
    const minInsyncReplicas = config['min.insync.replicas']
    const minIsr = effectiveMinInsyncReplicas({ replicaCount, minInsyncReplicas })
    if (isr.length < replicaCount) counts.underReplicated += 1
    if (isr.length < minIsr) counts.underMinIsr += 1
    if (isr.length === minIsr) counts.atMinIsr += 1
  }
  const { offlineCount, isrReadings } = manager
  put('lograft_partitions', counts.hosted + offlineCount)
  put('lograft_leaders', counts.led)
  put('lograft_offline_replicas', offlineCount)
  put('lograft_under_replicated_partitions', counts.underReplicated)
  put('lograft_under_min_isr_partitions', counts.underMinIsr)
  put('lograft_at_min_isr_partitions', counts.atMinIsr)
  put('lograft_isr_shrinks_total', isrReadings.shrinks)
  put('lograft_isr_expands_total', isrReadings.expands)
}

function putTraffic(put: Put, { totalTraffic: total, traffic }: ReplicaManager): void {
  put('lograft_produced_bytes_total', total.producedBytes)
  put('lograft_produced_records_total', total.producedRecords)
  put('lograft_produced_batches_total', total.producedBatches)
  put('lograft_consumed_bytes_total', total.consumedBytes)
  put('lograft_replicated_in_bytes_total', total.replicatedInBytes)
  put('lograft_replicated_out_bytes_total', total.replicatedOutBytes)
  const [shown, left] = bounded('topics', traffic)
  put('lograft_series_left_out', left, 'topics')
  for (const [topic, { producedBytes, producedRecords, consumedBytes }] of shown) {
    put('lograft_topic_produced_bytes_total', producedBytes, topic)
    put('lograft_topic_produced_records_total', producedRecords, topic)
    put('lograft_topic_consumed_bytes_total', consumedBytes, topic)
  }
}

function putPartition(put: Put, { topic, index, log, leading }: Partition): void {
  const of = [topic, String(index)] as const
  const { logStartOffset, logEndOffset } = log
  put('lograft_partition_log_start_offset', logStartOffset, ...of)
  put('lograft_partition_log_end_offset', logEndOffset, ...of)
  put('lograft_partition_high_watermark', log.highWatermark, ...of)
  put('lograft_partition_size_bytes', log.sizeBytes, ...of)
  put('lograft_partition_segments', log.segmentCount, ...of)
  if (leading === null) return
  put('lograft_partition_in_sync_replicas', leading.isr.length, ...of)
  for (const [follower, fetched] of leading.followerEnds()) {
    const lag = Math.max(0, logEndOffset - (fetched ?? logStartOffset))
    put('lograft_follower_lag_records', lag, ...of, String(follower))
  }
}
