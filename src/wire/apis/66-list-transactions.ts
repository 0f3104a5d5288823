/**
 * ListTransactions (KIP-664): the transactions that the asked broker coordinates. v1 by how long
 * they run (KIP-994) · v2 by a pattern of their ids (KIP-1152).
 */
import { defineApi } from '../api.ts'
import {
  array,
  defaulted,
  int16,
  int32,
  int64,
  nullable,
  since,
  string,
  struct,
} from '../schema.ts'

export const listTransactions = defineApi({
  key: 66,
  name: 'ListTransactions',
  versions: [0, 2],
  flexibleFrom: 0,
  request: {
    stateFilters: array(string),
    producerIdFilters: array(int64),
    /** Milliseconds; −1: all. */
    durationFilter: since(1, int64, -1),
    transactionalIdPattern: since(2, nullable(string), null),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    unknownStateFilters: array(string),
    transactionStates: array(
      struct({ transactionalId: string, producerId: int64, transactionState: string }),
    ),
  },
})
