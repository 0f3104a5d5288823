/**
 * DescribeQuorum (KIP-595, KIP-836, KIP-853): as the leader says and a majority confirms, asked of
 * it from wherever the request came. Observers are learners; brokers that do not vote watch without
 * being counted, and are not among them.
 */
import type { Clock } from '../../base/clock.ts'
import type { QuorumDescription, ReplicaDescription } from '../../quorum/admin.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { describeQuorum } from '../../wire/apis/55-describe-quorum.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { refusalOf } from '../refusals.ts'

type Asked = RequestOf<typeof describeQuorum>['topics']
type Topic = ResponseOf<typeof describeQuorum>['topics'][number]
type Replica = Topic['partitions'][number]['currentVoters'][number]

/** Kafka's name of the metadata log, which has one partition. */
const METADATA_TOPIC = '__cluster_metadata'
/** What clients are told that the listener of a controller is called; it has no name here. */
const LISTENER = 'CONTROLLER'
const UNKNOWN = -1

export const handleDescribeQuorum = handler(
  describeQuorum,
  async ({ topics }, { quorum, clock }) => {
    if (!isMetadataLog(topics)) return { errorCode: errors.NONE, topics: topics.map(unknownTopic) }
    try {
      const description = await quorum.describe()
      return {
        errorCode: errors.NONE,
        topics: [metadataTopic(description, clock)],
        nodes: nodesOf(description),
      }
    } catch (thrown) {
      return { ...refusalOf(thrown), topics: [] }
    }
  },
)

function isMetadataLog(topics: Asked): boolean {
  const [topic, ...others] = topics
  if (topic?.topicName !== METADATA_TOPIC || others.length > 0) return false
  return topic.partitions.length === 1 && topic.partitions[0]?.partitionIndex === 0
}

function unknownTopic({ topicName, partitions }: Asked[number]): Topic {
  return {
    topicName,
    partitions: partitions.map(({ partitionIndex }) => ({
      partitionIndex,
      errorCode: errors.UNKNOWN_TOPIC_OR_PARTITION,
      ...{ leaderId: 0, leaderEpoch: 0, highWatermark: 0, currentVoters: [], observers: [] },
    })),
  }
}

function metadataTopic(
  { leaderId, epoch: leaderEpoch, highWatermark, replicas }: QuorumDescription,
  clock: Clock,
): Topic {
  const describe = (replica: ReplicaDescription) => describeReplica(replica, clock.wallMs())
  return {
    topicName: METADATA_TOPIC,
    partitions: [
      {
        partitionIndex: 0,
        errorCode: errors.NONE,
        ...{ leaderId, leaderEpoch, highWatermark },
        currentVoters: replicas.filter(isVoter).map(describe),
        observers: replicas.filter((replica) => !isVoter(replica)).map(describe),
      },
    ],
  }
}

function isVoter({ role }: ReplicaDescription): boolean {
  return role !== 'learner'
}

function describeReplica(replica: ReplicaDescription, nowMs: number): Replica {
  const { nodeId: replicaId, directoryId: replicaDirectoryId, logEndOffset } = replica
  const identity = { replicaId, replicaDirectoryId }
  if (logEndOffset === null) return { ...identity, logEndOffset: UNKNOWN }
  const lastFetchTimestamp = nowMs - replica.silentMs
  const lastCaughtUpTimestamp = nowMs - replica.behindMs
  return { ...identity, logEndOffset, lastFetchTimestamp, lastCaughtUpTimestamp }
}

function nodesOf({ replicas }: QuorumDescription) {
  return replicas.flatMap(({ nodeId, address }) =>
    address === null ? [] : [{ nodeId, listeners: [{ name: LISTENER, ...address }] }],
  )
}
