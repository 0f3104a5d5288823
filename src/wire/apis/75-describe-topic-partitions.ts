/**
 * DescribeTopicPartitions: what Metadata says of topics, a page at a time, with the eligible leader
 * replicas (KIP-966).
 */
import { defineApi } from '../api.ts'
import { array, bool, defaulted, int16, int32, nullable, string, struct, uuid } from '../schema.ts'

/** A place in the order of topic names and, within a topic, of partitions. */
const cursor = nullable(struct({ topicName: string, partitionIndex: int32 }))

export const describeTopicPartitions = defineApi({
  key: 75,
  name: 'DescribeTopicPartitions',
  versions: [0, 0],
  flexibleFrom: 0,
  request: {
    /** Empty: all. */
    topics: array(struct({ name: string })),
    responsePartitionLimit: defaulted(int32, 2000),
    /** The first partition wanted; null: from the beginning. */
    cursor,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    topics: array(
      struct({
        errorCode: int16,
        name: nullable(string),
        topicId: uuid,
        isInternal: bool,
        partitions: array(
          struct({
            errorCode: int16,
            partitionIndex: int32,
            leaderId: int32,
            leaderEpoch: defaulted(int32, -1),
            replicaNodes: array(int32),
            isrNodes: array(int32),
            eligibleLeaderReplicas: defaulted(nullable(array(int32)), null),
            lastKnownElr: defaulted(nullable(array(int32)), null),
            offlineReplicas: array(int32),
          }),
        ),
        topicAuthorizedOperations: defaulted(int32, -2147483648),
      }),
    ),
    /** Where the next page begins; null: this was the last. */
    nextCursor: cursor,
  },
})
