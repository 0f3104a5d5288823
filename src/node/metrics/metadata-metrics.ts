/**
 * Measures of committed metadata as a node has it, and of its controller, where it has one. It
 * counts by looking at the image; nothing is kept for it.
 */
import { isActive } from '../../metadata/image/cluster.ts'
import type { BrokerRegistration } from '../../metadata/image/cluster.ts'
import type { MetadataLoader } from '../../metadata/loader.ts'
import { NO_LEADER } from '../../metadata/records.ts'
import type { Collector, Put } from '../../metrics/collection.ts'
import type { Leadership } from '../../quorum/ports.ts'
import type { ControllerRole } from '../controller-role.ts'

export interface MeasuredMetadata {
  readonly loader: MetadataLoader
  readonly source: { readonly leadership: Leadership }
  readonly epochs: EpochChanges
  readonly controller: ControllerRole | null
}

/** How often the epoch of the quorum was seen to rise. */
export class EpochChanges {
  count = 0
  #epoch: number | null = null

  onLeadership({ epoch }: Leadership): void {
    if (this.#epoch !== null && epoch > this.#epoch) this.count += 1
    this.#epoch = epoch
  }
}

export function metadataMetrics(of: MeasuredMetadata): Collector {
  return (put) => {
    const { epoch, leaderId } = of.source.leadership
    const committed = of.loader.committedImage.metadataOffset
    const published = of.loader.publishedImage.metadataOffset
    put('lograft_metadata_committed_offset', committed)
    put('lograft_metadata_published_offset', published)
    put('lograft_metadata_lag_records', committed - published)
    put('lograft_quorum_epoch', epoch)
    put('lograft_quorum_leader', leaderId ?? -1)
    put('lograft_quorum_epoch_changes_total', of.epochs.count)
    if (of.controller === null) return
    putController(put, of.controller)
    putCluster(put, of.controller)
  }
}

function putController(put: Put, { controller, quorum }: ControllerRole): void {
  put('lograft_active_controller', Number(controller.isActive))
  put('lograft_controller_queue', controller.queued)
  put('lograft_controller_uncommitted_entries', controller.inFlight)
  put('lograft_quorum_commit_duration_seconds', quorum.commits)
  put('lograft_quorum_log_end_offset', quorum.nextOffset)
  const { driver } = quorum
  if (driver === null) return
  put('lograft_quorum_voters', driver.raft.configuration.voters.length)
  put('lograft_quorum_requests_waiting', driver.waiting)
  put('lograft_fsync_duration_seconds', driver.fsyncs, 'metadata')
}

function putCluster(put: Put, { controller: { committedImage } }: ControllerRole): void {
  const { brokers, topics } = committedImage
  const states = { active: 0, fenced: 0, 'shutting-down': 0 }
  for (const broker of brokers.values()) states[stateOf(broker)] += 1
  for (const [state, count] of Object.entries(states)) put('lograft_cluster_brokers', count, state)
  const counts = { topics: 0, partitions: 0, offline: 0, unpreferred: 0, reassigning: 0 }
  for (const { partitions } of topics.byId.values()) {
    counts.topics += 1
    counts.partitions += partitions.length
    for (const { leader, replicas, addingReplicas, removingReplicas } of partitions) {
      if (leader === NO_LEADER) counts.offline += 1
      else if (leader !== replicas[0]) counts.unpreferred += 1
      if (addingReplicas.length + removingReplicas.length > 0) counts.reassigning += 1
    }
  }
  put('lograft_cluster_topics', counts.topics)
  put('lograft_cluster_partitions', counts.partitions)
  put('lograft_cluster_offline_partitions', counts.offline)
  put('lograft_cluster_unpreferred_leaders', counts.unpreferred)
  put('lograft_cluster_reassigning_partitions', counts.reassigning)
}

function stateOf(broker: BrokerRegistration) {
  if (isActive(broker)) return 'active'
  return broker.fenced ? 'fenced' : 'shutting-down'
}
