/**
 * Produce: record batches in, their offsets out. With acks 0 there is no response at all.
 * v2 log append time · v3 transactional id, batches of magic 2 only (KIP-98) ·
 * v5 log start offset · v7 zstd (KIP-110) · v8 errors by record (KIP-467) · v9 flexible (KIP-482) ·
 * v10 where the leader is (KIP-951). v0–2 carry message sets of older magic; they have a layout
 * here and no meaning.
 */
import { defineApi } from '../api.ts'
import {
  array,
  defaulted,
  int16,
  int32,
  int64,
  nullable,
  records,
  since,
  string,
  struct,
  tagged,
} from '../schema.ts'

export const produce = defineApi({
  key: 0,
  name: 'Produce',
  versions: [0, 11],
  flexibleFrom: 9,
  request: {
    transactionalId: since(3, nullable(string), null),
    /** −1: all in-sync replicas · 0: no answer · 1: the leader alone. */
    acks: int16,
    timeoutMs: int32,
    topicData: array(
      struct({
        name: string,
        partitionData: array(struct({ index: int32, records })),
      }),
    ),
  },
  response: {
    responses: array(
      struct({
        name: string,
        partitionResponses: array(
          struct({
            index: int32,
            errorCode: int16,
            /** Of the first record; −1 with an error. */
            baseOffset: int64,
            /** −1 unless the topic's timestamps are the broker's. */
            logAppendTimeMs: since(2, int64, -1),
            logStartOffset: since(5, int64, -1),
            recordErrors: since(
              8,
              array(struct({ batchIndex: int32, batchIndexErrorMessage: nullable(string) })),
              [],
            ),
            errorMessage: since(8, nullable(string), null),
            currentLeader: tagged(
              0,
              10,
              struct({ leaderId: defaulted(int32, -1), leaderEpoch: defaulted(int32, -1) }),
              { leaderId: -1, leaderEpoch: -1 },
            ),
          }),
        ),
      }),
    ),
    throttleTimeMs: since(1, int32, 0),
    nodeEndpoints: tagged(
      0,
      10,
      array(struct({ nodeId: int32, host: string, port: int32, rack: nullable(string) })),
      [],
    ),
  },
})
