/**
 * DescribeQuorum (KIP-595): who agrees on the metadata log, and how far each has it. v1 when each
 * was heard of (KIP-836) · v2 directory ids, addresses, error messages (KIP-853).
 */
import { defineApi } from '../api.ts'
import {
  array,
  int16,
  int32,
  int64,
  nullable,
  since,
  string,
  struct,
  uint16,
  uuid,
} from '../schema.ts'

const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA'

const replica = struct({
  replicaId: int32,
  replicaDirectoryId: since(2, uuid, ZERO),
  /** −1: unknown. */
  logEndOffset: int64,
  /** Milliseconds since 1970 on the leader's clock; −1: unknown. */
  lastFetchTimestamp: since(1, int64, -1),
  lastCaughtUpTimestamp: since(1, int64, -1),
})

export const describeQuorum = defineApi({
  key: 55,
  name: 'DescribeQuorum',
  versions: [0, 2],
  flexibleFrom: 0,
  request: {
    topics: array(
      struct({ topicName: string, partitions: array(struct({ partitionIndex: int32 })) }),
    ),
  },
  response: {
    errorCode: int16,
    errorMessage: since(2, nullable(string), ''),
    topics: array(
      struct({
        topicName: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            errorMessage: since(2, nullable(string), ''),
            leaderId: int32,
            leaderEpoch: int32,
            highWatermark: int64,
            currentVoters: array(replica),
            observers: array(replica),
          }),
        ),
      }),
    ),
    /** Where the voters are found. */
    nodes: since(
      2,
      array(
        struct({
          nodeId: int32,
          listeners: array(struct({ name: string, host: string, port: uint16 })),
        }),
      ),
      [],
    ),
  },
})
