/**
 * AlterReplicaLogDirs: replicas that shall be kept in another directory of the asked broker. v2
 * flexible.
 */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, string, struct } from '../schema.ts'

export const alterReplicaLogDirs = defineApi({
  key: 34,
  name: 'AlterReplicaLogDirs',
  versions: [1, 2],
  flexibleFrom: 2,
  request: {
    dirs: array(
      struct({ path: string, topics: array(struct({ name: string, partitions: array(int32) })) }),
    ),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    results: array(
      struct({
        topicName: string,
        partitions: array(struct({ partitionIndex: int32, errorCode: int16 })),
      }),
    ),
  },
})
