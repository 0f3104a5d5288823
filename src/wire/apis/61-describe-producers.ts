/** DescribeProducers (KIP-664): whose idempotent batches a partition's leader remembers. */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, int64, nullable, string, struct } from '../schema.ts'

export const describeProducers = defineApi({
  key: 61,
  name: 'DescribeProducers',
  versions: [0, 0],
  flexibleFrom: 0,
  request: {
    topics: array(struct({ name: string, partitionIndexes: array(int32) })),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            errorMessage: nullable(string),
            activeProducers: array(
              struct({
                producerId: int64,
                producerEpoch: int32,
                lastSequence: defaulted(int32, -1),
                lastTimestamp: defaulted(int64, -1),
                coordinatorEpoch: int32,
                /** −1: no transaction is open. */
                currentTxnStartOffset: defaulted(int64, -1),
              }),
            ),
          }),
        ),
      }),
    ),
  },
})
