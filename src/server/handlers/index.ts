/**
 * Every API that this broker serves, in the order of its keys. ApiVersions is made from this list,
 * and so is docs/PROTOCOL.md.
 */
import type { Handler } from '../handler.ts'
import { handleProduce } from './00-produce.ts'
import { handleFetch } from './01-fetch.ts'
import { handleListOffsets } from './02-list-offsets.ts'
import { handleMetadata } from './03-metadata.ts'
import { handleOffsetCommit } from './08-offset-commit.ts'
import { handleOffsetFetch } from './09-offset-fetch.ts'
import { handleFindCoordinator } from './10-find-coordinator.ts'
import { handleJoinGroup } from './11-join-group.ts'
import { handleHeartbeat } from './12-heartbeat.ts'
import { handleLeaveGroup } from './13-leave-group.ts'
import { handleSyncGroup } from './14-sync-group.ts'
import { handleDescribeGroups } from './15-describe-groups.ts'
import { handleListGroups } from './16-list-groups.ts'
import { handleApiVersions } from './18-api-versions.ts'
import { handleCreateTopics } from './19-create-topics.ts'
import { handleDeleteTopics } from './20-delete-topics.ts'
import { handleDeleteRecords } from './21-delete-records.ts'
import { handleInitProducerId } from './22-init-producer-id.ts'
import { handleOffsetForLeaderEpoch } from './23-offset-for-leader-epoch.ts'
import { handleDescribeConfigs } from './32-describe-configs.ts'
import { handleAlterConfigs } from './33-alter-configs.ts'
import { handleAlterReplicaLogDirs } from './34-alter-replica-log-dirs.ts'
import { handleDescribeLogDirs } from './35-describe-log-dirs.ts'
import { handleCreatePartitions } from './37-create-partitions.ts'
import { handleDeleteGroups } from './42-delete-groups.ts'
import { handleElectLeaders } from './43-elect-leaders.ts'
import { handleIncrementalAlterConfigs } from './44-incremental-alter-configs.ts'
import { handleAlterPartitionReassignments } from './45-alter-partition-reassignments.ts'
import { handleListPartitionReassignments } from './46-list-partition-reassignments.ts'
import { handleOffsetDelete } from './47-offset-delete.ts'
import { handleDescribeClientQuotas } from './48-describe-client-quotas.ts'
import { handleAlterClientQuotas } from './49-alter-client-quotas.ts'
import { handleDescribeUserScramCredentials } from './50-describe-user-scram-credentials.ts'
import { handleDescribeQuorum } from './55-describe-quorum.ts'
import { handleUpdateFeatures } from './57-update-features.ts'
import { handleDescribeCluster } from './60-describe-cluster.ts'
import { handleDescribeProducers } from './61-describe-producers.ts'
import { handleUnregisterBroker } from './64-unregister-broker.ts'
import { handleDescribeTransactions } from './65-describe-transactions.ts'
import { handleListTransactions } from './66-list-transactions.ts'
import { handleListConfigResources } from './74-list-config-resources.ts'
import { handleDescribeTopicPartitions } from './75-describe-topic-partitions.ts'
import { handleAddRaftVoter } from './80-add-raft-voter.ts'
import { handleRemoveRaftVoter } from './81-remove-raft-voter.ts'

export const handlers: readonly Handler[] = [
  handleProduce,
  handleFetch,
  handleListOffsets,
  handleMetadata,
  handleOffsetCommit,
  handleOffsetFetch,
  handleFindCoordinator,
  handleJoinGroup,
  handleHeartbeat,
  handleLeaveGroup,
  handleSyncGroup,
  handleDescribeGroups,
  handleListGroups,
  handleApiVersions,
  handleCreateTopics,
  handleDeleteTopics,
  handleDeleteRecords,
  handleInitProducerId,
  handleOffsetForLeaderEpoch,
  handleDescribeConfigs,
  handleAlterConfigs,
  handleAlterReplicaLogDirs,
  handleDescribeLogDirs,
  handleCreatePartitions,
  handleDeleteGroups,
  handleElectLeaders,
  handleIncrementalAlterConfigs,
  handleAlterPartitionReassignments,
  handleListPartitionReassignments,
  handleOffsetDelete,
  handleDescribeClientQuotas,
  handleAlterClientQuotas,
  handleDescribeUserScramCredentials,
  handleDescribeQuorum,
  handleUpdateFeatures,
  handleDescribeCluster,
  handleDescribeProducers,
  handleUnregisterBroker,
  handleDescribeTransactions,
  handleListTransactions,
  handleListConfigResources,
  handleDescribeTopicPartitions,
  handleAddRaftVoter,
  handleRemoveRaftVoter,
]
