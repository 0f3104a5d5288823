/**
 * ListTransactions (KIP-664). There are no transactions: none is listed, whatever is asked for, and
 * states that do not exist are named.
 */
import { listTransactions } from '../../wire/apis/66-list-transactions.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

/** The states of Kafka's transactions. */
const STATES: readonly string[] = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
  'PrepareEpochFence',
]

export const handleListTransactions = handler(listTransactions, ({ stateFilters }) => ({
  errorCode: errors.NONE,
  unknownStateFilters: stateFilters.filter((state) => !STATES.includes(state)),
  transactionStates: [],
}))
