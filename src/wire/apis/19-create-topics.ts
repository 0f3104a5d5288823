/**
 * CreateTopics. v2 throttle ·
 * v4 −1 for partitions and replicas means the broker's default (KIP-464) ·
 * v5 flexible, the configuration comes back (KIP-525) · v7 topic ids (KIP-516).
 */
import { defineApi } from '../api.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import {
  array,
  bool,
  defaulted,
  int16,
  int32,
  int8,
  nullable,
  since,
  string,
  struct,
  tagged,
  uuid,
} from '../schema.ts'

export const createTopics = defineApi({
  key: 19,
  name: 'CreateTopics',
  versions: [2, 7],
  flexibleFrom: 5,
  request: {
    topics: array(
      struct({
        name: string,
        /** −1: the default, or what `assignments` says. */
        numPartitions: int32,
        replicationFactor: int16,
        assignments: defaulted(
          array(struct({ partitionIndex: int32, brokerIds: array(int32) })),
          [],
        ),
        configs: defaulted(array(struct({ name: string, value: nullable(string) })), []),
      }),
    ),
    timeoutMs: defaulted(int32, 60_000),
    validateOnly: defaulted(bool, false),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    topics: array(
      struct({
        name: string,
        topicId: since(7, uuid, ZERO_UUID),
        errorCode: int16,
        errorMessage: defaulted(nullable(string), null),
        /** Why `configs` is null, if it is. */
        topicConfigErrorCode: tagged(0, 5, int16, 0),
        numPartitions: since(5, int32, -1),
        replicationFactor: since(5, int16, -1),
        configs: since(
          5,
          nullable(
            array(
              struct({
                name: string,
                value: nullable(string),
                readOnly: bool,
                configSource: defaulted(int8, -1),
                isSensitive: bool,
              }),
            ),
          ),
          [],
        ),
      }),
    ),
  },
})
