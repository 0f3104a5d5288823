/** AlterPartitionReassignments: other replicas for partitions (KIP-455). */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, nullable, string, struct } from '../schema.ts'

export const alterPartitionReassignments = defineApi({
  key: 45,
  name: 'AlterPartitionReassignments',
  versions: [0, 0],
  flexibleFrom: 0,
  request: {
    timeoutMs: int32,
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
