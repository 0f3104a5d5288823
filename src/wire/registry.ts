/**
 * All API keys the codec knows. What is served, and in which versions, is decided by the handlers
 * that exist; this only says what can be read and written.
 */
import type { Api } from './api.ts'
import { produce } from './apis/00-produce.ts'
import { fetch } from './apis/01-fetch.ts'
import { listOffsets } from './apis/02-list-offsets.ts'
import { metadata } from './apis/03-metadata.ts'
import { offsetCommit } from './apis/08-offset-commit.ts'
import { offsetFetch } from './apis/09-offset-fetch.ts'
import { findCoordinator } from './apis/10-find-coordinator.ts'
import { joinGroup } from './apis/11-join-group.ts'
import { heartbeat } from './apis/12-heartbeat.ts'
import { leaveGroup } from './apis/13-leave-group.ts'
import { syncGroup } from './apis/14-sync-group.ts'
import { describeGroups } from './apis/15-describe-groups.ts'
import { listGroups } from './apis/16-list-groups.ts'
import { apiVersions } from './apis/18-api-versions.ts'
import { createTopics } from './apis/19-create-topics.ts'
import { deleteTopics } from './apis/20-delete-topics.ts'
import { deleteRecords } from './apis/21-delete-records.ts'
import { initProducerId } from './apis/22-init-producer-id.ts'
import { offsetForLeaderEpoch } from './apis/23-offset-for-leader-epoch.ts'
import { describeConfigs } from './apis/32-describe-configs.ts'
import { alterConfigs } from './apis/33-alter-configs.ts'
import { alterReplicaLogDirs } from './apis/34-alter-replica-log-dirs.ts'
import { describeLogDirs } from './apis/35-describe-log-dirs.ts'
import { createPartitions } from './apis/37-create-partitions.ts'
import { deleteGroups } from './apis/42-delete-groups.ts'
import { electLeaders } from './apis/43-elect-leaders.ts'
import { incrementalAlterConfigs } from './apis/44-incremental-alter-configs.ts'
import { alterPartitionReassignments } from './apis/45-alter-partition-reassignments.ts'
import { listPartitionReassignments } from './apis/46-list-partition-reassignments.ts'
import { offsetDelete } from './apis/47-offset-delete.ts'
import { describeClientQuotas } from './apis/48-describe-client-quotas.ts'
import { alterClientQuotas } from './apis/49-alter-client-quotas.ts'
import { describeUserScramCredentials } from './apis/50-describe-user-scram-credentials.ts'
import { describeQuorum } from './apis/55-describe-quorum.ts'
import { updateFeatures } from './apis/57-update-features.ts'
import { describeCluster } from './apis/60-describe-cluster.ts'
import { describeProducers } from './apis/61-describe-producers.ts'
import { unregisterBroker } from './apis/64-unregister-broker.ts'
import { describeTransactions } from './apis/65-describe-transactions.ts'
import { listTransactions } from './apis/66-list-transactions.ts'
import { listConfigResources } from './apis/74-list-config-resources.ts'
import { describeTopicPartitions } from './apis/75-describe-topic-partitions.ts'
import { addRaftVoter } from './apis/80-add-raft-voter.ts'
import { removeRaftVoter } from './apis/81-remove-raft-voter.ts'

const APIS: readonly Api[] = [
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  describeGroups,
  listGroups,
  apiVersions,
  createTopics,
  deleteTopics,
  deleteRecords,
  initProducerId,
  offsetForLeaderEpoch,
  describeConfigs,
  alterConfigs,
  alterReplicaLogDirs,
  describeLogDirs,
  createPartitions,
  deleteGroups,
  electLeaders,
  incrementalAlterConfigs,
  alterPartitionReassignments,
  listPartitionReassignments,
  offsetDelete,
  describeClientQuotas,
  alterClientQuotas,
  describeUserScramCredentials,
  describeQuorum,
  updateFeatures,
  describeCluster,
  describeProducers,
  unregisterBroker,
  describeTransactions,
  listTransactions,
  listConfigResources,
  describeTopicPartitions,
  addRaftVoter,
  removeRaftVoter,
]

/** Every API by its key, in ascending order of keys. */
export const apisByKey: ReadonlyMap<number, Api> = new Map(APIS.map((api) => [api.key, api]))
