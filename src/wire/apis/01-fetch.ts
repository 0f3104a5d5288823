/**
 * Fetch: record batches out, to consumers and to followers alike.
 * v4 isolation level and aborted transactions (KIP-98) · v5 log start offset ·
 * v7 sessions (KIP-227) · v9 leader epoch fencing (KIP-320) · v11 racks (KIP-392) ·
 * v12 flexible, diverging epochs (KIP-595) · v13 topic ids instead of names (KIP-516) ·
 * v15 the replica id moves into a tag, so that the body begins with `maxWaitMs` (KIP-903) ·
 * v16 where the leader is (KIP-951).
 */
import { defineApi } from '../api.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import {
  array,
  between,
  chunks,
  defaulted,
  int16,
  int32,
  int64,
  int8,
  nullable,
  saturatingInt64,
  since,
  string,
  struct,
  tagged,
  until,
  uuid,
} from '../schema.ts'

export const fetch = defineApi({
  key: 1,
  name: 'Fetch',
  versions: [4, 16],
  flexibleFrom: 12,
  request: {
    clusterId: tagged(0, 12, nullable(string), null),
    /** −1: a consumer. From v15 on it is in `replicaState`. */
    replicaId: until(14, int32, -1),
    replicaState: tagged(
      1,
      15,
      struct({ replicaId: defaulted(int32, -1), replicaEpoch: defaulted(int64, -1) }),
      { replicaId: -1, replicaEpoch: -1 },
    ),
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: defaulted(int32, 0x7fff_ffff),
    /** 0: up to the high watermark · 1: up to the last stable offset. */
    isolationLevel: defaulted(int8, 0),
    sessionId: since(7, int32, 0),
    sessionEpoch: since(7, int32, -1),
    topics: array(
      struct({
        topic: until(12, string, ''),
        topicId: since(13, uuid, ZERO_UUID),
        partitions: array(
          struct({
            partition: int32,
            /** −1: not checked. */
            currentLeaderEpoch: since(9, int32, -1),
            // A consumer may name any offset; one beyond every log is out of range, not malformed.
            fetchOffset: saturatingInt64,
            lastFetchedEpoch: since(12, int32, -1),
            /** Of a follower's log; −1 from consumers. */
            logStartOffset: since(5, int64, -1),
            partitionMaxBytes: int32,
            /**
             * Up to where a follower's log is fsynced; −1 from everybody else. Ours alone: Kafka's
             * own tags count up from 0.
             */
            flushedOffset: tagged(10_000, 12, int64, -1),
            /** The high watermark that a follower knows; −1 from others. Ours alone, too. */
            highWatermark: tagged(10_001, 12, int64, -1),
          }),
        ),
      }),
    ),
    forgottenTopicsData: since(
      7,
      array(
        struct({
          topic: between(7, 12, string, ''),
          topicId: since(13, uuid, ZERO_UUID),
          partitions: array(int32),
        }),
      ),
      [],
    ),
    rackId: since(11, string, ''),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: since(7, int16, 0),
    /** 0: no session. */
    sessionId: since(7, int32, 0),
    responses: array(
      struct({
        topic: until(12, string, ''),
        topicId: since(13, uuid, ZERO_UUID),
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            highWatermark: int64,
            lastStableOffset: defaulted(int64, -1),
            logStartOffset: since(5, int64, -1),
            divergingEpoch: tagged(
              0,
              12,
              struct({ epoch: defaulted(int32, -1), endOffset: defaulted(int64, -1) }),
              { epoch: -1, endOffset: -1 },
            ),
            currentLeader: tagged(
              1,
              12,
              struct({ leaderId: defaulted(int32, -1), leaderEpoch: defaulted(int32, -1) }),
              { leaderId: -1, leaderEpoch: -1 },
            ),
            snapshotId: tagged(
              2,
              12,
              struct({ endOffset: defaulted(int64, -1), epoch: defaulted(int32, -1) }),
              { endOffset: -1, epoch: -1 },
            ),
            /** Null unless the isolation level is 1. */
            abortedTransactions: defaulted(
              nullable(array(struct({ producerId: int64, firstOffset: int64 }))),
              null,
            ),
            preferredReadReplica: since(11, int32, -1),
            /** Nothing to send is an empty list, which travels as a length of 0 and not as null. */
            records: defaulted(chunks, []),
          }),
        ),
      }),
    ),
    nodeEndpoints: tagged(
      0,
      16,
      array(struct({ nodeId: int32, host: string, port: int32, rack: nullable(string) })),
      [],
    ),
  },
})
