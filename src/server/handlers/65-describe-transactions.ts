/** DescribeTransactions (KIP-664). There are no transactions, so none by any id. */
import { describeTransactions } from '../../wire/apis/65-describe-transactions.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

export const handleDescribeTransactions = handler(describeTransactions, ({ transactionalIds }) => ({
  transactionStates: transactionalIds.map((transactionalId) => ({
    errorCode: errors.TRANSACTIONAL_ID_NOT_FOUND,
    transactionalId,
    transactionState: '',
    ...{ transactionTimeoutMs: 0, transactionStartTimeMs: 0, producerId: 0, producerEpoch: 0 },
    topics: [],
  })),
}))
