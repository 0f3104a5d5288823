/**
 * AlterPartitionReassignments: other replicas for partitions (KIP-455). v1 their number may
 * have to stay (KIP-860).
 */
import { defineApi } from '../api.ts'
import { array, bool, defaulted, int16, int32, nullable, since, string, struct } from '../schema.ts'

export const alterPartitionReassignments = defineApi({
  key: 45,
  name: 'AlterPartitionReassignments',
  versions: [0, 1],
  flexibleFrom: 0,
  request: {
    timeoutMs: defaulted(int32, 60_000),
    allowReplicationFactorChange: since(1, bool, true),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            /** In the order of preference; null: what is under way is taken back. */
            replicas: nullable(array(int32)),
          }),
        ),
      }),
    ),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    /** As in the request. */
    allowReplicationFactorChange: since(1, bool, true),
    errorCode: int16,
    errorMessage: nullable(string),
    responses: array(
      struct({
        name: string,
        partitions: array(
          struct({ partitionIndex: int32, errorCode: int16, errorMessage: nullable(string) }),
        ),
      }),
    ),
  },
})
