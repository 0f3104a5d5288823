/** Every API this broker serves, in the order of its keys. ApiVersions is made from this list. */
import type { Handler } from '../handler.ts'
import { handleProduce } from './00-produce.ts'
import { handleFetch } from './01-fetch.ts'
import { handleListOffsets } from './02-list-offsets.ts'
import { handleMetadata } from './03-metadata.ts'
import { handleFindCoordinator } from './10-find-coordinator.ts'
import { handleApiVersions } from './18-api-versions.ts'
import { handleCreateTopics } from './19-create-topics.ts'
import { handleDeleteTopics } from './20-delete-topics.ts'
import { handleDeleteRecords } from './21-delete-records.ts'
import { handleInitProducerId } from './22-init-producer-id.ts'
import { handleOffsetForLeaderEpoch } from './23-offset-for-leader-epoch.ts'
import { handleDescribeConfigs } from './32-describe-configs.ts'
import { handleAlterConfigs } from './33-alter-configs.ts'
import { handleDescribeLogDirs } from './35-describe-log-dirs.ts'
import { handleCreatePartitions } from './37-create-partitions.ts'
import { handleElectLeaders } from './43-elect-leaders.ts'
import { handleIncrementalAlterConfigs } from './44-incremental-alter-configs.ts'
import { handleAlterPartitionReassignments } from './45-alter-partition-reassignments.ts'
import { handleListPartitionReassignments } from './46-list-partition-reassignments.ts'
import { handleDescribeCluster } from './60-describe-cluster.ts'
import { handleDescribeTopicPartitions } from './75-describe-topic-partitions.ts'

export const handlers: readonly Handler[] = [
  handleProduce,
  handleFetch,
  handleListOffsets,
  handleMetadata,
  handleFindCoordinator,
  handleApiVersions,
  handleCreateTopics,
  handleDeleteTopics,
  handleDeleteRecords,
  handleInitProducerId,
  handleOffsetForLeaderEpoch,
  handleDescribeConfigs,
  handleAlterConfigs,
  handleDescribeLogDirs,
  handleCreatePartitions,
  handleElectLeaders,
  handleIncrementalAlterConfigs,
  handleAlterPartitionReassignments,
  handleListPartitionReassignments,
  handleDescribeCluster,
  handleDescribeTopicPartitions,
]
