/**
 * Metadata: brokers, topics, and who leads what. In a request of v0 an empty list of topics means
 * all of them; from v1 on null means all and empty means none. librdkafka asks for all, from v9 on,
 * with a count of four bytes where one belongs: a zero, which means all, and three more that push
 * the rest of the request behind its end.
 * v1 racks, controller · v2 cluster id · v3 throttle · v4 auto-creation may be refused (KIP-204) ·
 * v5 offline replicas · v7 leader epochs (KIP-320) · v8 authorized operations (KIP-430) ·
 * v9 flexible · v10 topic ids (KIP-516) · v11 no more authorized operations of the cluster ·
 * v12 topics by id.
 */
import { defineApi } from '../api.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import {
  array,
  between,
  bool,
  int16,
  int32,
  nullable,
  nullableSince,
  since,
  string,
  struct,
  uuid,
} from '../schema.ts'

/** Authorized operations that were not asked for: the lowest int32. */
const OPERATIONS_NOT_REQUESTED = -0x8000_0000

export const metadata = defineApi({
  key: 3,
  name: 'Metadata',
  versions: [0, 12],
  flexibleFrom: 9,
  bytesBehindRequestMax: 3,
  request: {
    topics: nullableSince(
      1,
      array(struct({ topicId: since(10, uuid, ZERO_UUID), name: nullableSince(10, string) })),
    ),
    allowAutoTopicCreation: since(4, bool, true),
    includeClusterAuthorizedOperations: between(8, 10, bool, false),
    includeTopicAuthorizedOperations: since(8, bool, false),
  },
  response: {
    throttleTimeMs: since(3, int32, 0),
    brokers: array(
      struct({
        nodeId: int32,
        host: string,
        port: int32,
        rack: since(1, nullable(string), null),
      }),
    ),
    clusterId: since(2, nullable(string), null),
    /** Any live broker: it forwards what only the controller may do. −1: none. */
    controllerId: since(1, int32, -1),
    topics: array(
      struct({
        errorCode: int16,
        name: nullableSince(12, string),
        topicId: since(10, uuid, ZERO_UUID),
        isInternal: since(1, bool, false),
        partitions: array(
          struct({
            errorCode: int16,
            partitionIndex: int32,
            leaderId: int32,
            leaderEpoch: since(7, int32, -1),
            replicaNodes: array(int32),
            isrNodes: array(int32),
            offlineReplicas: since(5, array(int32), []),
          }),
        ),
        topicAuthorizedOperations: since(8, int32, OPERATIONS_NOT_REQUESTED),
      }),
    ),
    clusterAuthorizedOperations: between(8, 10, int32, OPERATIONS_NOT_REQUESTED),
  },
})
