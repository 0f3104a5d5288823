/**
 * The answer that says of everything in a request that it failed, for every API that is served, in
 * all its versions. Where an answer has an error of its own, the rest of it is empty; where it has
 * one for each of the things asked for, they are named. Pure.
 */
import { ZERO_UUID } from '../../bytes/uuid.ts'
import type { Api, RequestOf, ResponseOf } from '../../wire/api.ts'
import { produce } from '../../wire/apis/00-produce.ts'
import { fetch } from '../../wire/apis/01-fetch.ts'
import { listOffsets } from '../../wire/apis/02-list-offsets.ts'
import type { metadata } from '../../wire/apis/03-metadata.ts'
import { offsetCommit } from '../../wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../wire/apis/09-offset-fetch.ts'
import { findCoordinator } from '../../wire/apis/10-find-coordinator.ts'
import { describeGroups } from '../../wire/apis/15-describe-groups.ts'
import { createTopics } from '../../wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../wire/apis/20-delete-topics.ts'
import { deleteRecords } from '../../wire/apis/21-delete-records.ts'
import { offsetForLeaderEpoch } from '../../wire/apis/23-offset-for-leader-epoch.ts'
import { describeConfigs } from '../../wire/apis/32-describe-configs.ts'
import { alterConfigs } from '../../wire/apis/33-alter-configs.ts'
import { alterReplicaLogDirs } from '../../wire/apis/34-alter-replica-log-dirs.ts'
import { describeLogDirs } from '../../wire/apis/35-describe-log-dirs.ts'
import { createPartitions } from '../../wire/apis/37-create-partitions.ts'
import { deleteGroups } from '../../wire/apis/42-delete-groups.ts'
import { electLeaders } from '../../wire/apis/43-elect-leaders.ts'
import { incrementalAlterConfigs } from '../../wire/apis/44-incremental-alter-configs.ts'
import { alterClientQuotas } from '../../wire/apis/49-alter-client-quotas.ts'
import { describeProducers } from '../../wire/apis/61-describe-producers.ts'
import { describeTransactions } from '../../wire/apis/65-describe-transactions.ts'
import { describeTopicPartitions } from '../../wire/apis/75-describe-topic-partitions.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { blankOf } from './blank.ts'

/** Makes the answer to a request. */
export type Refuse = (request: unknown, errorCode: ErrorCode, version: number) => unknown

const BY_ITEM = new Map<number, Refuse>()

function refusing<A extends Api>(
  api: A,
  refuse: (request: RequestOf<A>, errorCode: ErrorCode) => ResponseOf<A>,
): void {
  // Requests are decoded, responses encoded, by this same `api`.
  BY_ITEM.set(api.key, refuse as Refuse)
}

/** What the answers that have an error message say. */
const WHY = 'failed on purpose, by a fault switch'

/** How requests of an API are refused. */
export function refusalOf(api: Api): Refuse {
  const byItem = BY_ITEM.get(api.key)
  if (byItem) return byItem
  return (_, errorCode, version) => ({ ...blankOf(api.responseFields, version), errorCode })
}

// ---- records ------------------------------------------------------------------------------------

refusing(produce, ({ topicData }, errorCode) => ({
  responses: topicData.map(({ name, partitionData }) => ({
    name,
    partitionResponses: partitionData.map(({ index }) => ({
      ...{ index, errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 },
    })),
  })),
}))

refusing(fetch, ({ topics }, errorCode) => ({
  // A session has no place for partitions that are not named: all of it fails.
  errorCode,
  responses: topics.map(({ topic, topicId, partitions }) => ({
    ...{ topic, topicId },
    partitions: partitions.map(({ partition: partitionIndex }) => ({
      ...{ partitionIndex, errorCode, highWatermark: -1 },
    })),
  })),
}))

refusing(listOffsets, ({ topics }, errorCode) => ({
  topics: topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
  })),
}))

refusing(deleteRecords, ({ topics }, errorCode) => ({
  topics: topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({
      ...{ partitionIndex, errorCode, lowWatermark: -1 },
    })),
  })),
}))

refusing(offsetForLeaderEpoch, ({ topics }, errorCode) => ({
  topics: topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition }) => ({ partition, errorCode })),
  })),
}))

refusing(describeProducers, ({ topics }, errorCode) => ({
  topics: topics.map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((partitionIndex) => ({
      ...{ partitionIndex, errorCode, errorMessage: WHY, activeProducers: [] },
    })),
  })),
}))

// ---- groups -------------------------------------------------------------------------------------

refusing(offsetCommit, ({ topics }, errorCode) => ({
  topics: topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
  })),
}))

refusing(offsetFetch, ({ topics, groups }, errorCode) => {
  const refused = (asked: typeof topics) =>
    (asked ?? []).map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({
        ...{ partitionIndex, errorCode, committedOffset: -1, metadata: null },
      })),
    }))
  return {
    ...{ errorCode, topics: refused(topics) },
    groups: groups.map(({ groupId, ...group }) => ({
      ...{ groupId, errorCode, topics: refused(group.topics) },
    })),
  }
})

const NOBODY = { nodeId: -1, host: '', port: -1 }

refusing(findCoordinator, ({ coordinatorKeys }, errorCode) => ({
  ...{ errorCode, errorMessage: WHY },
  coordinators: coordinatorKeys.map((key) => ({ key, ...NOBODY, errorCode, errorMessage: WHY })),
}))

refusing(describeGroups, ({ groups }, errorCode) => ({
  groups: groups.map((groupId) => ({
    ...{ groupId, errorCode, groupState: '', protocolType: '', protocolData: '', members: [] },
  })),
}))

refusing(deleteGroups, ({ groupsNames }, errorCode) => ({
  results: groupsNames.map((groupId) => ({ groupId, errorCode })),
}))

refusing(describeTransactions, ({ transactionalIds }, errorCode) => ({
  transactionStates: transactionalIds.map((transactionalId) => ({
    ...{ transactionalId, errorCode, transactionState: '', transactionTimeoutMs: 0 },
    ...{ transactionStartTimeMs: -1, producerId: -1, producerEpoch: -1, topics: [] },
  })),
}))

// ---- topics, configs, brokers -------------------------------------------------------------------

/** Its brokers are those of the answer that is given otherwise: a client without any is lost. */
export function refusedMetadata(
  answer: ResponseOf<typeof metadata>,
  errorCode: ErrorCode,
): ResponseOf<typeof metadata> {
  const topics = answer.topics.map((topic) => ({ ...topic, errorCode, partitions: [] }))
  return { ...answer, topics }
}

refusing(createTopics, ({ topics }, errorCode) => ({
  topics: topics.map(({ name }) => ({ name, errorCode, errorMessage: WHY })),
}))

refusing(deleteTopics, ({ topics, topicNames }, errorCode) => ({
  responses: [...topics, ...topicNames.map((name) => ({ name, topicId: ZERO_UUID }))].map(
    ({ name, topicId }) => ({ name, topicId, errorCode, errorMessage: WHY }),
  ),
}))

refusing(createPartitions, ({ topics }, errorCode) => ({
  results: topics.map(({ name }) => ({ name, errorCode, errorMessage: WHY })),
}))

refusing(describeTopicPartitions, ({ topics }, errorCode) => ({
  topics: topics.map(({ name }) => ({
    ...{ name, errorCode, topicId: ZERO_UUID, isInternal: false, partitions: [] },
  })),
  nextCursor: null,
}))

refusing(describeConfigs, ({ resources }, errorCode) => ({
  results: resources.map(({ resourceType, resourceName }) => ({
    ...{ resourceType, resourceName, errorCode, errorMessage: WHY, configs: [] },
  })),
}))

refusing(alterConfigs, ({ resources }, errorCode) => ({
  responses: resources.map(({ resourceType, resourceName }) => ({
    ...{ resourceType, resourceName, errorCode, errorMessage: WHY },
  })),
}))

refusing(incrementalAlterConfigs, ({ resources }, errorCode) => ({
  responses: resources.map(({ resourceType, resourceName }) => ({
    ...{ resourceType, resourceName, errorCode, errorMessage: WHY },
  })),
}))

refusing(electLeaders, ({ topicPartitions }, errorCode) => ({
  errorCode,
  replicaElectionResults: (topicPartitions ?? []).map(({ topic, partitions }) => ({
    topic,
    partitionResult: partitions.map((partitionId) => ({
      ...{ partitionId, errorCode, errorMessage: WHY },
    })),
  })),
}))

refusing(alterReplicaLogDirs, ({ dirs }, errorCode) => ({
  results: dirs.flatMap(({ topics }) =>
    topics.map(({ name: topicName, partitions }) => ({
      topicName,
      partitions: partitions.map((partitionIndex) => ({ partitionIndex, errorCode })),
    })),
  ),
}))

refusing(describeLogDirs, (_, errorCode) => ({
  errorCode,
  results: [{ errorCode, logDir: '', topics: [] }],
}))

refusing(alterClientQuotas, ({ entries }, errorCode) => ({
  entries: entries.map(({ entity }) => ({ entity, errorCode, errorMessage: WHY })),
}))
