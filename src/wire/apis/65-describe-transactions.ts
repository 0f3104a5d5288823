/** DescribeTransactions (KIP-664): transactions by their ids, asked of their coordinator. */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, int64, string, struct } from '../schema.ts'

export const describeTransactions = defineApi({
  key: 65,
  name: 'DescribeTransactions',
  versions: [0, 0],
  flexibleFrom: 0,
  request: { transactionalIds: array(string) },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    transactionStates: array(
      struct({
        errorCode: int16,
        transactionalId: string,
        transactionState: string,
        transactionTimeoutMs: int32,
        transactionStartTimeMs: int64,
        producerId: int64,
        producerEpoch: int16,
        topics: array(struct({ topic: string, partitions: array(int32) })),
      }),
    ),
  },
})
