/**
 * The one table of metrics. From it come what /metrics says of each, the instruments of
 * OpenTelemetry, the page docs/METRICS.md and the types of those who give the values. A metric that
 * is in no row cannot be given one. Pure: holds names only.
 *
 * Names are Prometheus' (base units, counters end in `_total`), measures are Kafka's where it has
 * them. Labels with names of topics, partitions or groups are bounded by `series.ts`.
 */
import {
  bytesCounter,
  bytesGauge,
  counter,
  durations,
  gauge,
  secondsCounter,
  secondsGauge,
  type Metric,
} from './row.ts'

const PARTITION = ['topic', 'partition'] as const

const topicMetrics = (name: string) => `kafka.server:type=BrokerTopicMetrics,name=${name}`
const replicaManager = (name: string) => `kafka.server:type=ReplicaManager,name=${name}`
const controller = (name: string) => `kafka.controller:type=KafkaController,name=${name}`
const raft = (name: string) => `kafka.server:type=raft-metrics,name=${name}`
const log = (name: string) => `kafka.log:type=Log,name=${name}`
const requests = (name: string) => `kafka.network:type=RequestMetrics,name=${name}`
const network = (name: string) => `kafka.server:type=socket-server-metrics,name=${name}`
const cleaner = (name: string) => `kafka.log:type=LogCleaner,name=${name}`
const sessions = (name: string) => `kafka.server:type=FetchSessionCache,name=${name}`
const groups = (name: string) => `kafka.server:type=group-coordinator-metrics,name=${name}`

/** What the node is, and how it is. */
const node = {
  lograft_build_info: gauge('1; what runs is in the labels', {
    labels: ['version', 'node_version'],
    kafka: 'kafka.server:type=app-info',
  }),
  lograft_role_serving: gauge('1 while this role of the node serves, as /readyz says; else 0', {
    labels: ['role'],
    kafka: 'kafka.server:type=KafkaServer,name=BrokerState',
  }),
  lograft_series_left_out: gauge(
    'Topics, partitions or groups left out: more than the page may have, or not readable just now',
    { labels: ['of'] },
  ),
} as const

/** The Kafka port. */
const clients = {
  lograft_requests_total: counter('Requests that were understood, by API and version', {
    labels: ['request', 'version'],
    kafka: requests('RequestsPerSec'),
  }),
  lograft_request_errors_total: counter(
    'Errors that were answered, each as often as a response names it',
    { labels: ['request', 'error'], kafka: requests('ErrorsPerSec') },
  ),
  lograft_request_duration_seconds: durations(
    'From a request taken from its connection to its answer, waiting for records or replicas included',
    { labels: ['request'], kafka: requests('TotalTimeMs') },
  ),
  lograft_requests_in_flight: gauge('Requests started and not answered', {
    kafka: 'kafka.network:type=RequestChannel,name=RequestQueueSize',
  }),
  lograft_connections: gauge('Connections of clients and followers', {
    kafka: network('connection-count'),
  }),
  lograft_connections_accepted_total: counter('Connections accepted', {
    kafka: network('connection-creation-total'),
  }),
  lograft_connections_refused_total: counter(
    'Connections closed at once, over a limit on them',
    {},
  ),
  lograft_connections_expelled_total: counter(
    'Connections closed for what the peer sent: malformed, or not served',
  ),
  lograft_network_received_bytes_total: bytesCounter('Bytes received from clients and followers', {
    kafka: network('incoming-byte-total'),
  }),
  lograft_network_sent_bytes_total: bytesCounter('Bytes answered to clients and followers', {
    kafka: network('outgoing-byte-total'),
  }),
  lograft_received_waiting_bytes: bytesGauge('Bytes received and not yet taken as requests'),
  lograft_answered_unsent_bytes: bytesGauge('Bytes answered and not yet taken by their clients'),
  lograft_fault_switches: gauge(
    'Fault switches that are set; only of a broker that was started with them',
  ),
  lograft_fault_hits_total: counter('Requests that fault switches hit, by what was done to them', {
    labels: ['kind', 'request'],
  }),
  lograft_fetch_sessions: gauge('Fetch sessions that are kept', {
    kafka: sessions('NumIncrementalFetchSessions'),
  }),
  lograft_fetch_session_partitions: gauge('Partitions in fetch sessions', {
    kafka: sessions('NumIncrementalFetchPartitionsCached'),
  }),
  lograft_fetch_sessions_evicted_total: counter(
    'Fetch sessions closed to make room for others or because they grew too large',
    { kafka: sessions('IncrementalFetchSessionEvictionsPerSec') },
  ),
} as const

/** What goes in and out: of the broker, and of each topic here. */
const traffic = {
  lograft_produced_bytes_total: bytesCounter('Bytes of record batches appended for producers', {
    kafka: topicMetrics('BytesInPerSec'),
  }),
  lograft_produced_records_total: counter('Records appended for producers', {
    kafka: topicMetrics('MessagesInPerSec'),
  }),
  lograft_produced_batches_total: counter('Appends for producers, each a batch of a partition'),
  lograft_consumed_bytes_total: bytesCounter('Bytes of record batches answered to consumers', {
    kafka: topicMetrics('BytesOutPerSec'),
  }),
  lograft_replicated_in_bytes_total: bytesCounter('Bytes of record batches fetched from leaders', {
    kafka: topicMetrics('ReplicationBytesInPerSec'),
  }),
  lograft_replicated_out_bytes_total: bytesCounter(
    'Bytes of record batches answered to followers',
    { kafka: topicMetrics('ReplicationBytesOutPerSec') },
  ),
  lograft_topic_produced_bytes_total: bytesCounter('The same, by topic', {
    labels: ['topic'],
    kafka: topicMetrics('BytesInPerSec,topic=…'),
  }),
  lograft_topic_produced_records_total: counter('The same, by topic', {
    labels: ['topic'],
    kafka: topicMetrics('MessagesInPerSec,topic=…'),
  }),
  lograft_topic_consumed_bytes_total: bytesCounter('The same, by topic', {
    labels: ['topic'],
    kafka: topicMetrics('BytesOutPerSec,topic=…'),
  }),
} as const

/** The partitions on this broker. */
const partitions = {
  lograft_partitions: gauge('Partitions on this broker', {
    kafka: replicaManager('PartitionCount'),
  }),
  lograft_leaders: gauge('Partitions that this broker leads', {
    kafka: replicaManager('LeaderCount'),
  }),
  lograft_offline_replicas: gauge(
    'Partitions here that are not served: their logs cannot be used',
    {
      kafka: replicaManager('OfflineReplicaCount'),
    },
  ),
  lograft_under_replicated_partitions: gauge(
    'Partitions led here that have fewer in-sync replicas than replicas',
    { kafka: replicaManager('UnderReplicatedPartitions') },
  ),
  lograft_under_min_isr_partitions: gauge(
    'Partitions led here that take no acks=all: fewer in-sync replicas than min.insync.replicas',
    { kafka: replicaManager('UnderMinIsrPartitionCount') },
  ),
  lograft_at_min_isr_partitions: gauge(
    'Partitions led here with exactly as many in-sync replicas as min.insync.replicas',
    { kafka: replicaManager('AtMinIsrPartitionCount') },
  ),
  lograft_isr_shrinks_total: counter(
    'Changes of ISRs of partitions led here that took a member out',
    {
      kafka: replicaManager('IsrShrinksPerSec'),
    },
  ),
  lograft_isr_expands_total: counter(
    'Changes of ISRs of partitions led here that brought a member in',
    {
      kafka: replicaManager('IsrExpandsPerSec'),
    },
  ),
  lograft_partition_log_start_offset: gauge('First offset of the log', {
    labels: PARTITION,
    kafka: log('LogStartOffset'),
  }),
  lograft_partition_log_end_offset: gauge('The offset that the next record gets', {
    labels: PARTITION,
    kafka: log('LogEndOffset'),
  }),
  lograft_partition_high_watermark: gauge('Consumers see what is below it', {
    labels: PARTITION,
  }),
  lograft_partition_size_bytes: bytesGauge('Bytes of the log on disk', {
    labels: PARTITION,
    kafka: log('Size'),
  }),
  lograft_partition_segments: gauge('Segments of the log', {
    labels: PARTITION,
    kafka: log('NumLogSegments'),
  }),
  lograft_partition_in_sync_replicas: gauge('In-sync replicas, as the leader has them', {
    labels: PARTITION,
    kafka: 'kafka.cluster:type=Partition,name=InSyncReplicasCount',
  }),
  lograft_follower_lag_records: gauge(
    'Records that a follower has not fetched, as the leader sees it; all of them before its first fetch',
    {
      labels: ['topic', 'partition', 'follower'],
      kafka: 'kafka.server:type=FetcherLagMetrics,name=ConsumerLag',
    },
  ),
} as const

/** Disks and the logs on them. */
const storage = {
  lograft_fsync_duration_seconds: durations(
    'A round of fsyncs of the metadata log, or of one log of records',
    { labels: ['log'], kafka: 'kafka.log:type=LogFlushStats,name=LogFlushRateAndTimeMs' },
  ),
  lograft_volume_size_bytes: bytesGauge('Size of the volume that log.dirs is on'),
  lograft_volume_free_bytes: bytesGauge('Bytes of it that this process may still write'),
  lograft_offline_logs: gauge('Logs that were found and could not be opened', {
    kafka: 'kafka.log:type=LogManager,name=OfflineLogDirectoryCount',
  }),
  lograft_tail_cache_bytes: bytesGauge('Memory of the batches appended last'),
  lograft_tail_cache_hits_total: counter('Reads answered from that memory'),
  lograft_tail_cache_misses_total: counter('Reads that were not: of a file, or of nothing'),
  lograft_cleaner_passes_total: counter('Compactions that came to their end'),
  lograft_cleaner_seconds_total: secondsCounter('Time that they took', {
    kafka: cleaner('max-clean-time-secs'),
  }),
  lograft_cleaner_removed_bytes_total: bytesCounter('Bytes by which they made logs smaller', {}),
  lograft_cleaner_failures_total: counter('Compactions that failed', {}),
  lograft_cleaner_uncleanable_logs: gauge('Logs with which something is wrong, so that they grow', {
    kafka: 'kafka.log:type=LogCleanerManager,name=uncleanable-partitions-count',
  }),
} as const

/** Committed metadata, as this node has it. */
const metadata = {
  lograft_metadata_committed_offset: gauge('The last entry that this node knows to be committed', {
    kafka: raft('high-watermark'),
  }),
  lograft_metadata_published_offset: gauge('The last entry that this node acts on', {
    kafka: 'kafka.server:type=broker-metadata-metrics,name=last-applied-record-offset',
  }),
  lograft_metadata_lag_records: gauge('Entries that are committed and not acted on yet', {
    kafka: 'kafka.server:type=broker-metadata-metrics,name=last-applied-record-lag-ms',
  }),
  lograft_quorum_epoch: gauge('The epoch of the metadata quorum (its term)', {
    kafka: raft('current-epoch'),
  }),
  lograft_quorum_leader: gauge('The node that leads the metadata quorum; -1 when none is known', {
    kafka: raft('current-leader'),
  }),
  lograft_quorum_epoch_changes_total: counter(
    'Elections: how often this node saw the epoch of the quorum rise',
    { kafka: raft('election-latency-avg') },
  ),
} as const

/** A node with the controller role. Cluster-wide counts are the same on all: take the largest. */
const control = {
  lograft_active_controller: gauge('1 on the active controller, 0 on the others', {
    kafka: controller('ActiveControllerCount'),
  }),
  lograft_quorum_voters: gauge('Voters of the metadata quorum, as this controller knows them', {
    kafka: raft('number-of-voters'),
  }),
  lograft_quorum_log_end_offset: gauge('The offset that the next entry of the metadata log gets', {
    kafka: raft('log-end-offset'),
  }),
  lograft_quorum_commit_duration_seconds: durations(
    'From the append of an entry on the active controller until it was committed',
    { kafka: raft('commit-latency-avg') },
  ),
  lograft_quorum_requests_waiting: gauge('Appends and reads of the quorum that are not decided'),
  lograft_controller_queue: gauge('Commands that wait for their turn at the active controller', {
    kafka: 'kafka.controller:type=ControllerEventManager,name=EventQueueSize',
  }),
  lograft_controller_uncommitted_entries: gauge(
    'Entries that the active controller appended and that are not committed yet',
  ),
  lograft_cluster_brokers: gauge(
    'Registered brokers of the cluster: in service, fenced, or in controlled shutdown',
    { labels: ['state'], kafka: controller('ActiveBrokerCount, FencedBrokerCount') },
  ),
  lograft_cluster_topics: gauge('Topics of the cluster', { kafka: controller('GlobalTopicCount') }),
  lograft_cluster_partitions: gauge('Partitions of the cluster', {
    kafka: controller('GlobalPartitionCount'),
  }),
  lograft_cluster_offline_partitions: gauge('Partitions of the cluster that nobody leads', {
    kafka: controller('OfflinePartitionsCount'),
  }),
  lograft_cluster_unpreferred_leaders: gauge(
    'Partitions of the cluster that another than their first replica leads',
    { kafka: controller('PreferredReplicaImbalanceCount') },
  ),
  lograft_cluster_reassigning_partitions: gauge('Partitions of the cluster that are being moved', {
    kafka: replicaManager('ReassigningPartitions'),
  }),
} as const

/** The groups that this broker coordinates. */
const groupsHere = {
  lograft_groups: gauge('Groups coordinated here, by state', {
    labels: ['state'],
    kafka: groups('group-count'),
  }),
  lograft_group_members: gauge('Members of groups coordinated here'),
  lograft_group_rebalances_total: counter('Rebalances that came to their end', {
    kafka: groups('group-completed-rebalance-count'),
  }),
  lograft_offset_commits_total: counter('Offsets written: committed, or deleted', {
    kafka: groups('offset-commit-count'),
  }),
  lograft_group_committed_offset: gauge('The offset that a group has committed', {
    labels: ['group', 'topic', 'partition'],
  }),
  lograft_group_lag_records: gauge(
    'Records between that and the high watermark, where this broker has the partition',
    {
      labels: ['group', 'topic', 'partition'],
      kafka: 'kafka.consumer:type=consumer-fetch-manager-metrics,name=records-lag',
    },
  ),
} as const

/** The process. Names are those that every Prometheus client gives these. */
const ofProcess = {
  lograft_event_loop_delay_seconds: durations(
    'How late the event loop was, looked at every 20 ms',
    {
      kafka: 'kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent',
    },
  ),
  lograft_event_loop_busy_seconds_total: secondsCounter(
    'Time in which the event loop was not idle',
    {
      kafka: 'kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent',
    },
  ),
  process_cpu_seconds_total: secondsCounter('CPU time of the process, in user and system mode'),
  process_start_time_seconds: secondsGauge('When the process began, in seconds since 1970'),
  process_resident_memory_bytes: bytesGauge('Memory of the process'),
  process_open_fds: gauge('Open file descriptors of the process'),
  process_max_fds: gauge('File descriptors that it may open'),
  nodejs_heap_size_used_bytes: bytesGauge('Heap of V8 that is in use'),
  nodejs_heap_size_total_bytes: bytesGauge('Heap of V8'),
  nodejs_external_memory_bytes: bytesGauge('Memory of buffers outside the heap'),
} as const

/** The table in the order in which people are shown it. */
export const metricGroups = [
  { title: 'The node', rows: node },
  { title: 'The Kafka port', rows: clients },
  { title: 'Records in and out', rows: traffic },
  { title: 'Partitions on this broker', rows: partitions },
  { title: 'Disks and logs', rows: storage },
  { title: 'Metadata', rows: metadata },
  { title: 'The controller', rows: control },
  { title: 'Groups coordinated here', rows: groupsHere },
  { title: 'The process', rows: ofProcess },
] as const

/** The table, by name. */
export const metrics = {
  ...node,
  ...clients,
  ...traffic,
  ...partitions,
  ...storage,
  ...metadata,
  ...control,
  ...groupsHere,
  ...ofProcess,
}

export type MetricName = keyof typeof metrics

/** Every name of the table, in its order. */
export const metricNames = Object.keys(metrics) as readonly MetricName[]

type ValuesOf<Labels extends readonly string[]> = { readonly [Index in keyof Labels]: string }

/** A value of each label, in the order of the row. */
export type LabelValues<Name extends MetricName> = ValuesOf<(typeof metrics)[Name]['labels']>

export function metric(name: MetricName): Metric {
  return metrics[name]
}
