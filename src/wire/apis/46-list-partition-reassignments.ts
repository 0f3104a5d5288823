/** ListPartitionReassignments: what is under way (KIP-455). */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, nullable, string, struct } from '../schema.ts'

export const listPartitionReassignments = defineApi({
  key: 46,
  name: 'ListPartitionReassignments',
  versions: [0, 0],
  flexibleFrom: 0,
  request: {
    timeoutMs: int32,
    /** Null: all that there are. */
    topics: nullable(array(struct({ name: string, partitionIndexes: array(int32) }))),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    errorMessage: nullable(string),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            /** All of them: those to stay, those being added, those to be removed. */
            replicas: array(int32),
            addingReplicas: array(int32),
            removingReplicas: array(int32),
          }),
        ),
      }),
    ),
  },
})
